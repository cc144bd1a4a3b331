// The rich_text block: sections, lists, quotes and preformatted text, with their styled leaves.

import { el } from "./dom.js";
import { emojiSign } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";
import { channelName, zone } from "./session.js";
import { slackDate } from "./times.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

const LEAVES = {
  text: (leaf) => document.createTextNode(leaf.text),
  link: (leaf) => link(leaf.url, leaf.text),
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => el("span", { class: "mention" }, channelName(leaf.channel_id)),
  usergroup: () => el("span", { class: "mention" }, "@group"),
  team: () => el("span", { class: "mention" }, "@team"),
  broadcast: (leaf) => el("span", { class: "mention me" }, `@${leaf.range}`),
  emoji: (leaf) => emoji(leaf),
  color: (leaf) => el("code", {}, leaf.value),
  date: (leaf) => el("span", {}, slackDate(leaf.timestamp, leaf.format, zone()) ?? leaf.fallback ?? ""),
};

function emoji(leaf) {
  const sign = emojiSign(leaf.name);
  if (!sign) return document.createTextNode(`:${leaf.name}:`);
  return el("span", { role: "img", "aria-label": leaf.name.replaceAll("_", " ") }, sign);
}

function leafNode(leaf) {
  let node = LEAVES[leaf.type]?.(leaf) ?? document.createTextNode(String(leaf.text ?? ""));
  for (const [style, tag] of Object.entries(STYLES)) {
    if (leaf.style?.[style]) node = el(tag, {}, node);
  }
  return node;
}

const leaves = (part) => (part.elements ?? []).map(leafNode);

const PARTS = {
  rich_text_section: (part) => el("p", { class: "plain" }, leaves(part)),
  rich_text_quote: (part) => el("blockquote", { class: "plain" }, leaves(part)),
  rich_text_preformatted: (part) => el("pre", {}, leaves(part)),
  rich_text_list: richList,
};

function richList(part) {
  const items = part.elements.map((section) => el("li", {}, leaves(section)));
  const indent = String(Math.min(part.indent ?? 0, 8));
  if (part.style === "ordered") return el("ol", { start: (part.offset ?? 0) + 1, data: { indent } }, items);
  return el("ul", { data: { indent } }, items);
}

/** The nodes of a rich_text block. */
export function richText(block) {
  return (block.elements ?? []).map((part) => PARTS[part.type]?.(part) ?? el("p", {}, leaves(part)));
}

/** The words of a rich_text value, for a text field that starts with it. */
export function richWords(value) {
  return richText(value ?? {})
    .map((node) => node.textContent)
    .join("\n");
}
