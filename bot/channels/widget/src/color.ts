/** A site's own colour, with the text colour that can be read on it (WCAG 2 contrast). */

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
/** Where white and black are equally far: sqrt(1.05 × 0.05) − 0.05. */
const MIDDLE = 0.179;

/** Return the colour of text on a colour, null for what is no #rrggbb. */
export function textOn(color: string): string | null {
  const parts = HEX.exec(color)?.slice(1);
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MIDDLE ? "#000" : "#fff";
}
