// Pictures and files. Only what the playground itself serves is loaded; nothing else is asked for.

import { el, icon } from "./dom.js";
import { textObject } from "./mrkdwn.js";

/** The path of an address that this playground serves, null for any other. */
function ownPath(address) {
  try {
    const url = new URL(address, location.href);
    const local = ["localhost", "127.0.0.1", "[::1]", location.hostname].includes(url.hostname);
    return local && url.port === location.port ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}

/** An image of an image block, an accessory or a context. */
export function imageElement({ image_url: address, slack_file: file, alt_text: words }) {
  const path = ownPath(address ?? file?.url ?? "");
  if (path) return el("img", { src: path, alt: words, loading: "lazy" });
  const shown = words || "no description";
  return el(
    "span",
    { class: "absent", role: "img", "aria-label": shown },
    icon("picture"),
    el("span", {}, shown),
  );
}

/** An image block with its title. */
export function imageBlock(block) {
  const title = block.title && el("figcaption", {}, textObject(block.title));
  const elsewhere = block.image_url && !ownPath(block.image_url);
  const note =
    elsewhere && el("figcaption", { class: "quiet" }, "Not loaded: the playground stays on this machine.");
  return el("figure", {}, title, imageElement(block), note);
}

/** The preview of an uploaded file. */
export function filePreview(file) {
  const path = ownPath(file.url_private ?? "");
  const name = file.title || file.name || file.id;
  const facts = [file.filetype?.toUpperCase(), sizeWords(file.size)].filter(Boolean).join(", ");
  const line = el(
    "span",
    { class: "file-line" },
    icon("file"),
    el("span", { class: "file-name" }, name),
    el("span", { class: "quiet" }, facts),
  );
  const label = path
    ? el("a", { href: path, target: "_blank", rel: "noopener", "aria-label": `Open ${name}` }, line)
    : line;
  const isPicture = path && /^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(file.mimetype ?? "");
  const picture = isPicture && el("img", { src: path, alt: file.alt_txt || name, loading: "lazy" });
  return el("figure", { class: "file" }, label, picture);
}

function sizeWords(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
