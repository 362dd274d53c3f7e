/** Markdown of answers as safe nodes: a few elements, and links of known kinds only. */

import { micromark } from "micromark";

const KEPT = new Set(["P", "STRONG", "EM", "UL", "OL", "LI", "CODE", "BR", "A"]);
const SOURCE = /^Kaynak(lar)?:/;

/** Tell whether a link may be followed; plain http only to sites of the documents. */
export function allowed(href: string, hosts: readonly string[]): boolean {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return false;
  }
  if (url.protocol === "http:") return hosts.includes(url.host);
  return ["https:", "mailto:", "tel:"].includes(url.protocol);
}

export function rendered(text: string, hosts: readonly string[]): DocumentFragment {
  // micromark knows no tel: links; which ones may be followed is decided in `safe`, for all.
  const html = micromark(text, { allowDangerousProtocol: true });
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const target = document.createDocumentFragment();
  copy(parsed.body, target, hosts);
  for (const element of target.querySelectorAll("p")) {
    if (SOURCE.test(element.textContent ?? "")) element.className = "source";
  }
  return target;
}

function copy(from: Node, to: Node, hosts: readonly string[]): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) {
      to.appendChild(document.createTextNode(node.data));
    } else if (node instanceof Element) {
      const kept = KEPT.has(node.tagName) ? safe(node, hosts) : null;
      if (kept) to.appendChild(kept);
      copy(node, kept ?? to, hosts);
    }
  }
}

function safe(node: Element, hosts: readonly string[]): Element | null {
  if (node.tagName !== "A") return document.createElement(node.tagName);
  const href = node.getAttribute("href") ?? "";
  if (!allowed(href, hosts)) return null;
  const link = document.createElement("a");
  link.href = href;
  link.rel = "noopener noreferrer";
  if (/^http/.test(href)) link.target = "_blank";
  return link;
}
