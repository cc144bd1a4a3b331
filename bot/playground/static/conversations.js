// The messages of the acting user's conversations, and what nobody has read yet.

import { readMessages } from "./api.js";
import { dmOf, on, people, roomsOf, session, tell } from "./session.js";

// Neighbouring windows of the same browser hear of what leaves no trace in the log.
const neighbours = new BroadcastChannel("playground");
const READ_KEY = "playground-read";

let owner = null;
const held = new Map();
const waiting = new Map();
const readMarks = loadMarks();
const newest = new Map();

/** What the acting user sees in a conversation: {messages, prompts, status}. */
export function contentOf(channel) {
  return held.get(channel) ?? { messages: [], prompts: null, status: null, fresh: false };
}

/** How many messages of others in a conversation a user has not seen. */
export function unreadCount(user, channel) {
  const since = readMarks[`${user} ${channel}`] ?? 0;
  const mine = newest.get(`${user} ${channel}`) ?? [];
  return mine.filter((ts) => ts > since).length;
}

/** Read one conversation anew; tells "messages" when it came. Wishes made meanwhile are joined. */
export function refresh(channel, user = session.me) {
  const key = `${user} ${channel}`;
  const running = waiting.get(key);
  if (running) {
    running.again = true;
    return running.done;
  }
  const entry = { again: false };
  entry.done = readUntilCalm(entry, channel, user).finally(() => waiting.delete(key));
  waiting.set(key, entry);
  return entry.done;
}

async function readUntilCalm(entry, channel, user) {
  do {
    entry.again = false;
    try {
      take(user, channel, await readMessages(channel, user));
    } catch (problem) {
      if (problem.status === 0) return;
      if (user === session.me) held.delete(channel);
    }
  } while (entry.again);
}

function take(user, channel, answer) {
  const others = answer.messages.filter((message) => message.user !== user);
  newest.set(
    `${user} ${channel}`,
    others.map((message) => Number(message.ts)),
  );
  if (user === session.me) {
    if (owner !== user) held.clear();
    owner = user;
    const { messages, suggested_prompts: prompts = null, status = null } = answer;
    held.set(channel, { messages, prompts, status, fresh: true });
  }
  tell("messages", { user, channel });
}

/** Note that the acting user has seen a conversation up to its newest message. */
export function markRead(channel) {
  const key = `${session.me} ${channel}`;
  const last = Math.max(0, ...(newest.get(key) ?? []));
  if (last <= (readMarks[key] ?? 0)) return;
  readMarks[key] = last;
  try {
    localStorage.setItem(READ_KEY, JSON.stringify(readMarks));
  } catch {
    // Without storage the marks live as long as the page.
  }
  tell("unread");
}

function loadMarks() {
  try {
    return JSON.parse(localStorage.getItem(READ_KEY) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** Read everything that the dots depend on: the acting user's places, the others' direct messages. */
export function refreshAll() {
  const mine = [...roomsOf(session.me).map((room) => room.id), dmOf(session.me)?.id];
  const theirs = people().filter((user) => user.id !== session.me);
  return Promise.all([
    ...mine.filter(Boolean).map((channel) => refresh(channel)),
    ...theirs.map((user) => dmOf(user.id) && refresh(dmOf(user.id).id, user.id)),
  ]);
}

/** Tell neighbouring windows that a conversation has changed, and read it here. */
export function changedHere(channel) {
  neighbours.postMessage(channel);
  return refresh(channel);
}

neighbours.addEventListener("message", () => refreshAll());
window.addEventListener("storage", ({ key }) => {
  if (key !== READ_KEY) return;
  Object.assign(readMarks, loadMarks());
  tell("unread");
});

on("records", ({ records }) => {
  const text = JSON.stringify(records);
  refresh(session.channel);
  for (const room of roomsOf(session.me)) if (text.includes(room.id)) refresh(room.id);
  for (const user of people()) {
    const dm = dmOf(user.id);
    if (dm && text.includes(dm.id)) refresh(dm.id, user.id);
  }
});
on("glance", refreshAll);
