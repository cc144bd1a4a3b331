// People as they are drawn: names, initials, avatars.

import { session } from "./session.js";
import { el, icon } from "./dom.js";

const TONES = 6;

/** A user's full name; the id itself for somebody unknown. */
export function personName(id) {
  return session.users.get(id)?.real_name || session.users.get(id)?.name || id || "Somebody";
}

/** Whether an app wrote a message: this one or another. */
export function isFromApp(message) {
  return Boolean(message.bot_id) || message.user === session.app.bot;
}

/** The name above a message. */
export function authorName(message) {
  if (message.username) return message.username;
  const ours = message.user === session.app.bot || (message.bot_id && message.bot_id === session.app.botId);
  return ours ? session.app.author : personName(message.user ?? message.bot_id);
}

/** A square with initials; decoration, the name stands beside it. */
export function avatar(id, name, isApp = false) {
  const tone = isApp ? "app" : String(toneOf(id ?? name));
  return el(
    "span",
    { class: "avatar", "aria-hidden": "true", data: { tone } },
    isApp ? icon("bolt") : initials(name),
  );
}

function initials(name) {
  const words = name.split(",")[0].trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase();
}

function toneOf(text) {
  let sum = 0;
  for (const sign of text) sum = (sum * 31 + sign.codePointAt(0)) % 9973;
  return sum % TONES;
}
