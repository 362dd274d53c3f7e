/** `<script src=".../widget.js" data-…></script>`: puts the assistant on a page. */

import { Widget } from "./widget";

const NAME = "etwinning-yardim";
const script = document.currentScript;

function begin(): void {
  if (customElements.get(NAME)) return; // the script stands twice on the page
  customElements.define(NAME, Widget);
  const data = script instanceof HTMLScriptElement ? script.dataset : {};
  const source = script instanceof HTMLScriptElement ? script.src : "";
  const widget = document.createElement(NAME) as Widget;
  document.body.append(widget);
  widget.begin({
    base: data["adres"] ?? new URL(".", source).href.replace(/\/$/, ""),
    device: data["bellek"] === "cihaz",
    left: data["konum"] === "sol",
    color: data["renk"] ?? "",
  });
}

if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
