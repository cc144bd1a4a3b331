// The pane beside a conversation that shows one thread.

import { whenCalm } from "./calm.js";
import { iconButton } from "./dom.js";
import { makeComposer } from "./composer.js";
import { contentOf } from "./conversations.js";
import { say } from "./deeds.js";
import { dismissed, dismiss } from "./dismissing.js";
import { MessageList } from "./message_list.js";
import { go } from "./places.js";
import { threadRows } from "./rows.js";
import { channelName, on, session } from "./session.js";

const $ = (id) => document.getElementById(id);
const list = new MessageList($("thread-log"), $("thread-list"));
let shown = null;

const composer = makeComposer({
  name: "Reply",
  sendName: "Post reply",
  deliver: async (text) => {
    await say(session.channel, text, session.thread);
    list.toBottom();
  },
});

function draw() {
  const open = session.thread !== null && !(session.tab === "home");
  $("thread").hidden = !open;
  document.body.classList.toggle("with-thread", open);
  if (!open) {
    shown = null;
    return;
  }
  const place = `${session.me} ${session.channel} ${session.thread}`;
  const messages = contentOf(session.channel).messages.filter((message) => !dismissed(message));
  $("thread-place").textContent = channelName(session.channel);
  composer.moveTo(place, "Reply");
  list.show(
    place,
    threadRows(messages, session.thread, { channel: session.channel, openThread: () => {}, dismiss }),
  );
  // Whoever is writing goes on writing where they are.
  const writing = document.activeElement?.matches("textarea");
  if (shown !== place && !writing && matchMedia("(hover: hover)").matches) composer.focus();
  shown = place;
}

/** Begin to show the thread that the page's place names. */
export function startThreads() {
  $("thread-composer").append(composer.node);
  $("thread-bar").append(iconButton("Leave thread", "close", leave));
  $("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) leave();
  });
  on("place", draw);
  on("messages", ({ user, channel }) => {
    if (user === session.me && channel === session.channel) whenCalm("thread", draw);
  });
}

function leave() {
  const root = session.thread;
  go({ thread: null });
  document.querySelector(`#messages-list article[data-ts="${CSS.escape(root ?? "")}"]`)?.focus();
}
