// The conversation in the middle: its heading, its tabs, its messages and the box below them.

import { el, icon, refill } from "./dom.js";
import { whenCalm } from "./calm.js";
import { sentenceFor } from "./acting.js";
import { makeComposer } from "./composer.js";
import { contentOf, markRead, refresh } from "./conversations.js";
import { say, shortcut } from "./deeds.js";
import { dismissed, dismiss } from "./dismissing.js";
import { beginEditing } from "./editing.js";
import { menuAt } from "./menu.js";
import { MessageList } from "./message_list.js";
import { go } from "./places.js";
import { conversationRows, isReply } from "./rows.js";
import { actor, channelName, inDm, on, session, tell } from "./session.js";

const $ = (id) => document.getElementById(id);
const list = new MessageList($("log"), $("messages-list"));
// Where there is room, the answer to what was just written opens beside it.
const roomy = matchMedia("(min-width: 1000px)");
let justSaid = null;

const composer = makeComposer({
  name: "Message",
  sendName: "Send",
  deliver: async (text) => {
    const answer = await say(session.channel, text);
    justSaid = answer.ts ?? null;
    list.toBottom();
    showMessages();
  },
  onEmptyUp: editLast,
});
$("composer").append(composer.node);

function editLast() {
  const own = contentOf(session.channel).messages.filter((one) => one.user === session.me && !isReply(one));
  if (own.length) beginEditing(session.channel, own.at(-1));
}

/** Put the cursor into the message box, save on a touch screen, where a keyboard would jump up. */
export function focusComposer() {
  if (matchMedia("(hover: hover)").matches) composer.focus();
}

function heading() {
  const channel = session.channels.get(session.channel);
  const name = channelName(session.channel);
  $("place-name").textContent = name;
  $("place-about").textContent = inDm()
    ? "App: what you write here is seen by you and the app only"
    : about(channel);
  $("back").hidden = false;
  composer.moveTo(`${session.me} ${session.channel}`, `Message ${name}`);
}

function about(channel) {
  if (!channel) return "";
  const hasBot = channel.members.includes(session.app.bot);
  const count = channel.members.length - (hasBot ? 1 : 0);
  const people = `${count} ${count === 1 ? "person" : "people"}`;
  return hasBot ? `${people} and ${session.app.author}` : `${people}; ${session.app.author} is not in this channel`;
}

function tabs() {
  const showHome = inDm() && session.tab === "home";
  $("tabs").hidden = !inDm() || !session.app.homeTab;
  for (const name of ["home", "messages"]) {
    const chosen = (name === "home") === showHome;
    $(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${name}`).tabIndex = chosen ? 0 : -1;
  }
  // A channel has no tabs, so its messages are no tab's panel.
  if ($("tabs").hidden) $("messages").removeAttribute("role");
  else $("messages").setAttribute("role", "tabpanel");
  $("home").hidden = !showHome;
  $("messages").hidden = showHome;
}

function watchTabs() {
  for (const name of ["home", "messages"]) {
    $(`tab-${name}`).addEventListener("click", () => go({ tab: name }));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = name === "home" ? "messages" : "home";
      go({ tab: other });
      $(`tab-${other}`).focus();
    });
  }
}

function showMessages() {
  const { messages, prompts, status, fresh } = contentOf(session.channel);
  const visible = messages.filter((message) => !dismissed(message));
  const place = { channel: session.channel, openThread: (root) => go({ thread: root }), dismiss };
  list.show(
    `${session.me} ${session.channel}`,
    conversationRows(visible, { ...place, inline: inDm(), openRoot: session.thread }),
  );
  $("empty").hidden = !fresh || visible.length > 0;
  $("empty").textContent = inDm()
    ? `This is the beginning of your messages with ${session.app.name}.`
    : `Nobody has written in ${channelName(session.channel)} yet.`;
  showStatus(status);
  showPrompts(inDm() ? prompts : null);
  if (session.aim && list.aim(session.aim)) session.aim = null;
  openAnswer(messages);
  noteRead();
}

function openAnswer(messages) {
  if (!justSaid || inDm() || session.thread || !roomy.matches) return;
  if (!messages.some((one) => one.thread_ts === justSaid && one.ts !== justSaid)) return;
  const root = justSaid;
  justSaid = null;
  go({ thread: root });
}

function showStatus(status) {
  $("status").textContent = status ? `${session.app.author} ${status}` : "";
}

function showPrompts(prompts) {
  const offered = prompts?.prompts ?? [];
  const buttons = offered.map((prompt) =>
    el(
      "button",
      { type: "button", class: "prompt", on: { click: () => attempt(say(session.channel, prompt.message)) } },
      prompt.title,
    ),
  );
  $("prompts").hidden = !offered.length;
  const signature = JSON.stringify([prompts, session.me]);
  if ($("prompts").dataset.shown === signature) return;
  $("prompts").dataset.shown = signature;
  refill($("prompts"), prompts?.title && el("p", { class: "quiet" }, prompts.title), buttons);
}

async function attempt(deed) {
  try {
    await deed;
  } catch (problem) {
    tell("notice", sentenceFor(problem));
  }
}

function noteRead() {
  const seen = document.visibilityState === "visible" && !(inDm() && session.tab === "home");
  if ((seen && document.body.dataset.pane === "talk") || (seen && roomy.matches)) markRead(session.channel);
}

function globalShortcuts() {
  const offered = session.app.shortcuts.filter(({ type }) => type === "global");
  if (!offered.length || composer.tools.childElementCount) return;
  const open = el("button", { type: "button", class: "quiet-button" }, icon("bolt"), "Shortcuts");
  menuAt(open, () =>
    offered.map(({ name, callback_id: id }) => ({
      label: name,
      detail: session.app.name,
      choose: () => attempt(shortcut(id)),
    })),
  );
  composer.tools.append(open);
}

/** Begin to show wherever the page goes. */
export function startTalk() {
  watchTabs();
  on("place", () => {
    heading();
    tabs();
    showMessages();
    refresh(session.channel);
    document.title = `${channelName(session.channel)} as ${actor().real_name}`;
  });
  on("workspace", () => {
    globalShortcuts();
    if (session.me) heading();
  });
  on("messages", ({ user, channel }) => {
    if (user === session.me && channel === session.channel) whenCalm("talk", showMessages);
  });
  document.addEventListener("visibilitychange", noteRead);
}
