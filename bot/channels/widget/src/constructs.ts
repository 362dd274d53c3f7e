/**
 * The Markdown that answers use: paragraphs, lists, emphasis, links, code words.
 * The build puts it in the place of micromark's own list, so that the rest (HTML above
 * all) is neither parsed nor sent to anybody.
 */

import {
  attention,
  autolink,
  characterEscape,
  characterReference,
  codeText,
  hardBreakEscape,
  labelEnd,
  labelStartLink,
  lineEnding,
  list,
} from "micromark-core-commonmark";
import { resolver as resolveText } from "../node_modules/micromark/lib/initialize/text.js";

const code = (sign: string): number => sign.charCodeAt(0);
/** micromark's names for line endings: CR, LF, CRLF. */
const LINE_ENDINGS = { [-5]: lineEnding, [-4]: lineEnding, [-3]: lineEnding };

export const document = Object.fromEntries([..."*+-0123456789"].map((sign) => [code(sign), list]));
export const contentInitial = {};
export const flowInitial = {};
export const flow = {};
export const string = {
  [code("&")]: characterReference,
  [code("\\")]: characterEscape,
};
export const text = {
  ...LINE_ENDINGS,
  [code("&")]: characterReference,
  [code("*")]: attention,
  [code("<")]: autolink,
  [code("[")]: labelStartLink,
  [code("\\")]: [hardBreakEscape, characterEscape],
  [code("]")]: labelEnd,
  [code("_")]: attention,
  [code("`")]: codeText,
};
export const insideSpan = { null: [attention, resolveText] };
export const attentionMarkers = { null: [code("*"), code("_")] };
export const disable = { null: [] };
