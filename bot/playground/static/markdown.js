// The markdown block: the common part of Markdown (headings, lists, quotes, code, links, emphasis).

import { el } from "./dom.js";
import { link } from "./mrkdwn.js";

const INLINE =
  /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(\*\*|__)(?=\S)(.+?)\4|([*_])(?=\S)(.+?)\6|~~(?=\S)(.+?)~~|<(https?:[^>\s]+)>/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(text.slice(from, found.index), spanOf(found));
    from = found.index + found[0].length;
  }
  return [...nodes, text.slice(from)];
}

function spanOf([, code, label, url, , bold, , italic, struck, address]) {
  if (code !== undefined) return el("code", {}, code);
  if (url !== undefined) return link(url, label);
  if (bold !== undefined) return el("strong", {}, inline(bold));
  if (italic !== undefined) return el("em", {}, inline(italic));
  if (struck !== undefined) return el("s", {}, inline(struck));
  return link(address, "");
}

const KINDS = [
  ["heading", /^(#{1,6})\s+/],
  ["bullets", /^\s*[-*+]\s+/],
  ["numbers", /^\s*\d+[.)]\s+/],
  ["quote", /^>\s?/],
];

function kindOf(line) {
  return KINDS.find(([, pattern]) => pattern.test(line))?.[0] ?? (line.trim() ? "text" : "gap");
}

function bare(kind, line) {
  return line.replace(KINDS.find(([name]) => name === kind)[1], "");
}

function drawn(kind, lines) {
  const items = () => lines.map((line) => el("li", {}, inline(bare(kind, line))));
  switch (kind) {
    case "heading":
      return lines.map((line) =>
        el("p", { class: "heading", role: "heading", "aria-level": 4 }, inline(bare(kind, line))),
      );
    case "bullets":
      return [el("ul", {}, items())];
    case "numbers":
      return [el("ol", { start: parseInt(lines[0], 10) }, items())];
    case "quote":
      return [el("blockquote", {}, inline(lines.map((line) => bare(kind, line)).join("\n")))];
    case "text":
      return [el("p", { class: "plain" }, inline(lines.join("\n")))];
    default:
      return [];
  }
}

/** The nodes of a Markdown text. */
export function markdown(text) {
  const nodes = [];
  for (const [index, piece] of String(text ?? "")
    .split(/^```.*$/m)
    .entries()) {
    if (index % 2 === 1) nodes.push(el("pre", {}, piece.replace(/^\n|\n$/g, "")));
    else nodes.push(...runs(piece));
  }
  return nodes;
}

function runs(text) {
  const nodes = [];
  let kind = null;
  let lines = [];
  for (const line of [...text.split("\n"), ""]) {
    const next = kindOf(line);
    if (next !== kind) {
      nodes.push(...drawn(kind, lines));
      [kind, lines] = [next, []];
    }
    lines.push(line);
  }
  return [...nodes, ...drawn(kind, lines)];
}
