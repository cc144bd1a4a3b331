// Slack's mrkdwn as DOM nodes. Whatever is not understood stays the text that it was.

import { session, channelName, zone } from "./session.js";
import { personName } from "./persona.js";
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { slackDate } from "./times.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^\s*([•◦▪‣-]|\d{1,3}[.)])\s+/;

/** The text with Slack's three escapes undone. */
export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** The nodes of a mrkdwn text: paragraphs, lists, quotes and code. */
export function mrkdwn(text) {
  const nodes = [];
  for (const [index, piece] of String(text ?? "")
    .split("```")
    .entries()) {
    if (index % 2 === 1) nodes.push(el("pre", {}, unescaped(piece).replace(/^\n|\n$/g, "")));
    else if (piece.trim()) nodes.push(...paragraphs(piece.replace(/^\n|\n$/g, "")));
  }
  return nodes;
}

function paragraphs(text) {
  const nodes = [];
  let run = { kind: null, lines: [] };
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    if (kind !== run.kind) {
      nodes.push(...drawn(run));
      run = { kind, lines: [] };
    }
    run.lines.push(line);
  }
  return [...nodes, ...drawn(run)];
}

function kindOf(line) {
  if (QUOTE.test(line)) return "quote";
  if (ITEM.test(line)) return "list";
  return line.trim() ? "text" : "gap";
}

function drawn({ kind, lines }) {
  if (kind === "list") return [list(lines)];
  if (kind === "quote") return [el("blockquote", {}, broken(lines.map((line) => line.replace(QUOTE, ""))))];
  if (kind === "text") return [el("p", {}, broken(lines))];
  return [];
}

// The sign that was typed is kept as the marker: Slack shows such lines as they are.
function list(lines) {
  const items = lines.map((line) => {
    const sign = ITEM.exec(line)[1];
    return el(
      "li",
      {},
      el("span", { class: "marker" }, `${sign} `),
      el("span", {}, inline(line.replace(ITEM, ""))),
    );
  });
  return el("ul", { class: "typed-list" }, items);
}

function broken(lines) {
  return lines.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
}

/** The nodes of one line. */
export function inline(line) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...plainNodes(unescaped(plain)));
    plain = "";
  };
  for (let at = 0; at < line.length;) {
    const found = special(line, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += line[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function special(line, at) {
  const sign = line[at];
  if (sign === "<") return token(line, at);
  if (sign === "`") return code(line, at);
  return Object.hasOwn(MARKS, sign) ? styled(line, at) : null;
}

function code(line, at) {
  const end = line.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: el("code", {}, unescaped(line.slice(at + 1, end))), end: end + 1 };
}

function styled(line, at) {
  const sign = line[at];
  if (at > 0 && /[\p{L}\p{N}]/u.test(line[at - 1])) return null;
  if (/[\s*_~]/.test(line[at + 1] ?? " ") && line[at + 1] === sign) return null;
  if (/\s/.test(line[at + 1] ?? " ")) return null;
  for (let end = line.indexOf(sign, at + 2); end > 0; end = line.indexOf(sign, end + 1)) {
    if (/\s/.test(line[end - 1]) || /[\p{L}\p{N}]/u.test(line[end + 1] ?? "")) continue;
    return { node: el(MARKS[sign], {}, inline(line.slice(at + 1, end))), end: end + 1 };
  }
  return null;
}

function token(line, at) {
  const end = line.indexOf(">", at);
  if (end < 0) return null;
  const [target, ...rest] = line.slice(at + 1, end).split("|");
  const label = rest.join("|");
  const node = referred(target, label);
  return node && { node, end: end + 1 };
}

function referred(target, label) {
  if (/^@[UW]/.test(target)) return mention(target.slice(1));
  if (/^#C|^#G/.test(target))
    return el("span", { class: "mention" }, label ? `#${unescaped(label)}` : channelName(target.slice(1)));
  if (/^!(here|channel|everyone)$/.test(target))
    return el("span", { class: "mention me" }, `@${target.slice(1)}`);
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, unescaped(label || "@group"));
  return /^[a-z][a-z0-9+.-]*:/i.test(target) ? link(unescaped(target), unescaped(label)) : null;
}

function dated(target, label) {
  const [, seconds, pattern = "", url] = target.split("^");
  const text = slackDate(seconds, pattern, zone()) ?? unescaped(label);
  return url ? link(unescaped(url), text) : el("span", {}, text);
}

/** The name of a person as it stands in a text. */
export function mention(id) {
  return el("span", { class: id === session.me ? "mention me" : "mention" }, `@${personName(id)}`);
}

/** A link that leaves the page in a window of its own; anything but web and mail stays text. */
export function link(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return el("span", {}, label || url);
  const shown = label || url.replace(/^mailto:/i, "");
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}

/** Plain text with the known emoji short names as signs that have a name. */
export function plainNodes(text) {
  return withEmoji(text).map((part) =>
    typeof part === "string"
      ? document.createTextNode(part)
      : el("span", { role: "img", "aria-label": part.name }, part.sign),
  );
}

/** A text object of Block Kit. */
export function textObject(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [
    el(
      "p",
      { class: "plain" },
      object.emoji === false ? String(object.text) : plainNodes(String(object.text)),
    ),
  ];
}

/** The words of a text object, for names of controls. */
export function wordsOf(object) {
  if (!object) return "";
  const text = String(object.text ?? "");
  if (object.type !== "mrkdwn") return text;
  const holder = el("div", {}, mrkdwn(text));
  return holder.textContent;
}
