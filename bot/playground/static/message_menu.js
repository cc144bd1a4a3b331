// The menu of a message: the app's message shortcuts, and what its author may do.

import { sentenceFor } from "./acting.js";
import { askConfirm } from "./dialogs.js";
import { remove, shortcut } from "./deeds.js";
import { beginEditing } from "./editing.js";
import { session, tell } from "./session.js";

const REALLY = {
  title: { text: "Delete this message?" },
  text: { type: "plain_text", text: "It is gone for everybody, and the app is told." },
  confirm: { text: "Delete" },
  deny: { text: "Keep" },
  style: "danger",
};

/** The entries of a message's menu. */
export function menuEntries(channel, message) {
  const shortcuts = session.app.shortcuts
    .filter(({ type }) => type === "message")
    .map(({ name, callback_id: id }) => ({
      label: name,
      detail: session.app.name,
      choose: () => attempt(shortcut(id, channel, message.ts)),
    }));
  if (message.user !== session.me || message.bot_id) return shortcuts;
  return [
    ...shortcuts,
    { label: "Edit message", choose: () => beginEditing(channel, message) },
    { label: "Delete message", danger: true, choose: () => deleteAfterAsking(channel, message) },
  ];
}

async function deleteAfterAsking(channel, message) {
  if (await askConfirm(REALLY)) attempt(remove(channel, message.ts));
}

async function attempt(deed) {
  try {
    await deed;
  } catch (problem) {
    tell("notice", sentenceFor(problem));
  }
}
