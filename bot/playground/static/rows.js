// From the messages of a conversation to the rows of a list: days, messages, threads.

import { el } from "./dom.js";
import { isEdited } from "./editing.js";
import { drawMessage, threadLine } from "./message.js";
import { dayName, momentOf } from "./times.js";
import { session, zone } from "./session.js";

const SAME_BREATH_S = 300;

/** Whether a message belongs to a thread without being its first. */
export function isReply(message) {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** The messages of one thread: its first one and the replies. */
export function threadOf(messages, root) {
  return messages.filter((message) => message.ts === root || message.thread_ts === root);
}

/** The rows of the thread pane. */
export function threadRows(messages, root, place) {
  return rowsOf(threadOf(messages, root), { ...place, inThread: true });
}

/**
 * The rows of a conversation. Replies stand below their first message when `inline`, else behind a
 * line that opens the thread; `openRoot` is the thread that the pane shows.
 */
export function conversationRows(messages, { inline, openRoot, ...place }) {
  const rows = [];
  let [last, dayBefore] = [null, null];
  for (const message of messages.filter(
    (one) => !isReply(one) || !messages.some((root) => root.ts === one.thread_ts),
  )) {
    rows.push(...dayRow(message, dayBefore), messageRow(message, last, place));
    last = dayBefore = message;
    const replies = messages.filter((one) => isReply(one) && one.thread_ts === message.ts);
    if (!replies.length) continue;
    const beside = openRoot === message.ts;
    if (inline && !beside)
      rows.push(
        ...replies.map((reply, at) => messageRow(reply, replies[at - 1] ?? null, { ...place, reply: true })),
      );
    rows.push(lineRow(message, replies, beside, inline, place));
    last = null;
  }
  return rows;
}

function rowsOf(messages, place) {
  return messages.flatMap((message, at) => [
    ...dayRow(message, messages[at - 1]),
    messageRow(message, messages[at - 1], place),
  ]);
}

function dayRow(message, before) {
  const day = dayName(momentOf(message.ts), zone());
  if (before && dayName(momentOf(before.ts), zone()) === day) return [];
  const key = `day ${message.ts}`;
  return [{ key, signature: day, draw: () => el("p", { class: "day" }, el("span", {}, day)) }];
}

function messageRow(message, before, place) {
  const follows = Boolean(before) && sameBreath(message, before);
  const edited = isEdited(place.channel, message);
  return {
    key: message.ts,
    signature: JSON.stringify([message, follows, place.reply, edited, session.app.author]),
    draw: () => drawMessage(message, { ...place, follows }),
  };
}

function sameBreath(message, before) {
  const author = (one) => one.user ?? one.bot_id;
  if (author(message) !== author(before) || message.ephemeral_to !== before.ephemeral_to) return false;
  return Number(message.ts) - Number(before.ts) < SAME_BREATH_S;
}

function lineRow(root, replies, open, inline, { openThread }) {
  const hidden = replies.filter((one) => one.ephemeral_to !== undefined).length;
  const facts = { shown: replies.length - hidden, hidden, last: replies.at(-1).ts, open };
  const choose = () => openThread(open ? null : root.ts);
  if (inline && !open) {
    const attributes = { type: "button", class: "thread-line", on: { click: choose } };
    return {
      key: `line ${root.ts}`,
      signature: "inline",
      draw: () => el("button", attributes, "Reply to this thread"),
    };
  }
  return { key: `line ${root.ts}`, signature: JSON.stringify(facts), draw: () => threadLine(facts, choose) };
}
