// Changing one's own message where it stands.

import { el } from "./dom.js";
import { sentenceFor } from "./acting.js";
import { change } from "./deeds.js";
import { unescaped } from "./mrkdwn.js";
import { session, tell } from "./session.js";

let edited = null;

/** Whether a message is being changed right now. */
export function isEdited(channel, message) {
  return edited?.channel === channel && edited.ts === message.ts;
}

/** Begin to change a message. */
export function beginEditing(channel, message) {
  edited = { channel, ts: message.ts, text: asTyped(message.text) };
  tell("messages", { user: session.me, channel });
  document.querySelector(".editor textarea")?.focus();
}

function endEditing() {
  const { channel, ts } = edited;
  edited = null;
  tell("messages", { user: session.me, channel });
  document.querySelector(`article[data-ts="${CSS.escape(ts)}"]`)?.focus();
}

// The text as its author typed it: mentions by name, links bare, escapes undone.
function asTyped(text) {
  const plain = String(text)
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id) =>
      session.users.has(id) ? `@${session.users.get(id).name}` : whole,
    )
    .replace(/<!(\w+)>/g, "@$1")
    .replace(/<(?:mailto:)?([^|>]+)(?:\|[^>]*)?>/g, "$1");
  return unescaped(plain);
}

/** The box in which a message is changed. */
export function editorFor(channel, message) {
  const area = el("textarea", { "aria-label": "Edited text", rows: 2 });
  const trouble = el("p", { class: "trouble", role: "alert" });
  const save = async () => {
    try {
      const text = area.value.trim();
      if (text !== asTyped(message.text).trim()) await change(channel, message.ts, text);
      endEditing();
    } catch (problem) {
      trouble.textContent = sentenceFor(problem);
    }
  };
  area.value = edited.text;
  area.addEventListener("input", () => {
    edited.text = area.value;
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") endEditing();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  const cancel = el("button", { type: "button", on: { click: endEditing } }, "Cancel");
  const keep = el("button", { type: "button", class: "primary", on: { click: save } }, "Save");
  return el("div", { class: "editor" }, area, el("div", { class: "actions" }, cancel, keep), trouble);
}
