// One message: who, when, what, and what can be done with it.

import { el, icon, iconButton, unseen } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { Form } from "./form.js";
import { menuAt } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { authorName, avatar, isFromApp } from "./persona.js";
import { filePreview } from "./pictures.js";
import { clockTime, fullTime, momentOf } from "./times.js";
import { session, zone } from "./session.js";
import { useElement } from "./deeds.js";
import { editorFor, isEdited } from "./editing.js";
import { menuEntries } from "./message_menu.js";

// What was typed in a message outlives its being drawn anew.
const forms = new Map();

/**
 * Draw a message. `place` is {channel, follows, inThread, reply, openThread, dismiss}: `follows`
 * when the same author wrote the message before, `inThread` in the thread pane, `reply` for a
 * reply that stands below its parent.
 */
export function drawMessage(message, place) {
  const name = authorName(message);
  const moment = momentOf(message.ts);
  const label = `${name}, ${clockTime(moment, zone())}`;
  const privately = message.ephemeral_to !== undefined;
  const classes = ["message", privately && "private", place.follows && "follows", place.reply && "reply"];
  return el(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      "aria-label": label,
      tabindex: "-1",
      data: { ts: message.ts },
    },
    avatar(message.user ?? message.bot_id, name, isFromApp(message)),
    el(
      "div",
      { class: "said" },
      privately && el("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      byline(name, message, moment),
      isEdited(place.channel, message) ? editorFor(place.channel, message) : content(message, place.channel),
    ),
    toolbar(message, place),
  );
}

function byline(name, message, moment) {
  const badge = isFromApp(message) && el("span", { class: "badge" }, "App");
  const time = el(
    "time",
    { datetime: moment.toISOString(), title: fullTime(moment, zone()) },
    clockTime(moment, zone()),
  );
  return el("p", { class: "byline" }, el("strong", {}, name), badge, time);
}

function content(message, channel) {
  const edited = message.edited && !isFromApp(message) && el("span", { class: "quiet" }, "(edited)");
  const files = (message.files ?? []).map(filePreview);
  if (!message.blocks?.length) {
    return el(
      "div",
      { class: "content" },
      el("div", { class: "prose" }, mrkdwn(message.text)),
      edited,
      files,
    );
  }
  return el(
    "div",
    { class: "content" },
    drawBlocks(message.blocks, surfaceOf(message, channel)),
    edited,
    files,
  );
}

function surfaceOf(message, channel) {
  const key = `${session.me} ${channel} ${message.ts}`;
  const form = forms.get(key)?.again() ?? new Form();
  forms.set(key, form);
  const act = (action) => useElement({ channel, messageTs: message.ts, action, form });
  return { id: message.ts, kind: "message", form, act };
}

function toolbar(message, place) {
  if (message.ephemeral_to !== undefined) {
    return el(
      "div",
      { class: "toolbar" },
      iconButton("Dismiss message", "close", () => place.dismiss(message)),
    );
  }
  const thread =
    !place.inThread &&
    iconButton("Reply in thread", "reply", () => place.openThread(message.thread_ts ?? message.ts));
  const entries = () => menuEntries(place.channel, message);
  const more = entries().length > 0 && menuAt(iconButton("More actions", "more", null), entries);
  return el("div", { class: "toolbar" }, thread, more);
}

/** The line below a message that leads into its thread. */
export function threadLine({ shown, hidden, last, open }, onOpen) {
  const words = [];
  if (shown) words.push(shown === 1 ? "1 reply" : `${shown} replies`);
  if (hidden) words.push(hidden === 1 ? "1 note only visible to you" : `${hidden} notes only visible to you`);
  const when = last && el("span", { class: "quiet" }, ` last ${clockTime(momentOf(last), zone())}`);
  const attributes = {
    type: "button",
    class: "thread-line",
    "aria-expanded": String(open),
    on: { click: onOpen },
  };
  return el("button", attributes, icon("reply"), words.join(", "), when, open && unseen(", open beside"));
}
