// The desk's keyboard, and what makes its pages handier. Everything works without it.
"use strict";

const OFF = "desk-single-keys-off";
const help = document.getElementById("kisayollar");
const single = document.getElementById("tek-tus");

function writing(element) {
  return element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function step(by) {
  const links = [...document.querySelectorAll("#liste .question")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement.closest(".row")?.querySelector(".question"));
  const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
}

function focus(selector) {
  const element = document.querySelector(selector);
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => focus("#q"),
  a: () => focus("#yanit textarea"),
  n: () => focus("#note-text"),
  c: () => focus("#id_closing"),
  q: () => document.querySelector("[data-key=q]")?.click(),
  u: () => document.querySelector("[data-key=u]")?.click(),
  "?": () => help?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey && event.target.matches("#yanit textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === "Escape" && writing(event.target)) {
    event.target.blur();
  } else if (
    !event.ctrlKey && !event.altKey && !event.metaKey && !writing(event.target) &&
    !help?.open && KEYS[event.key] && (event.key === "?" || single?.checked)
  ) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

if (single) {
  single.checked = localStorage.getItem(OFF) === null;
  single.addEventListener("change", () => {
    if (single.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-insert]");
  const reply = document.querySelector("#yanit textarea");
  if (!link || !reply) return;
  event.preventDefault();
  reply.value = [reply.value.trim(), link.dataset.insert].filter(Boolean).join("\n\n");
  focus("#yanit textarea");
});

// A reply that is being written outlives a session that ends and a tab that is reloaded.
const reply = document.querySelector("#yanit textarea");
if (reply) {
  const place = "draft " + location.pathname.split("/")[2];
  const sent = reply.form.elements.reply_id;
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (kept && document.querySelector(`[data-reply="${kept.id}"]`)) sessionStorage.removeItem(place);
  else if (kept && !reply.value) reply.value = kept.text;
  reply.addEventListener("input", () => {
    sessionStorage.setItem(place, JSON.stringify({ id: sent.value, text: reply.value }));
  });
  reply.form.addEventListener("submit", () => {
    sessionStorage.setItem(place, JSON.stringify({ id: sent.value, text: reply.value }));
  });
}

// A double click sends once: the second answer would say that nothing is left to change.
const DOUBLE_MS = 1000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (event.timeStamp - Number(form.dataset.sentAt ?? -DOUBLE_MS) < DOUBLE_MS) event.preventDefault();
  else form.dataset.sentAt = event.timeStamp;
});

// A conversation is read from its end.
function toTheEnd() {
  const lines = document.querySelector(".lines");
  if (lines) lines.scrollTop = lines.scrollHeight;
}
toTheEnd();
document.addEventListener("htmx:afterSettle", toTheEnd);
