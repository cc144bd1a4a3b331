// Building elements without ever parsing HTML: every string becomes a text node or an attribute.

const SVG = "http://www.w3.org/2000/svg";

// Drawn on a 20 by 20 grid, one stroke each.
const ICONS = {
  hash: "M7.5 3 6 17M14 3l-1.500 14M3.500 7.500h13.500M3 12.500h13.500",
  lock: "M5.500 9h9v7.500h-9zM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9",
  reply: "M8 5 3.500 9.500 8 14M4 9.500h7.500c3 0 5 1.500 5 5",
  more: "M4.500 10h.01M10 10h.01M15.500 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4.500 6.500 10l5.500 5.500",
  down: "M5.500 8 10 12.500 14.500 8",
  send: "M3.500 10 16.500 4l-4 12.500-3-5zM9.500 11.500 16.500 4",
  eye: "M2.500 10s2.800-5 7.500-5 7.500 5 7.500 5-2.800 5-7.500 5-7.500-5-7.500-5zM10 7.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400",
  bolt: "M11 2.500 4.500 11.500H9.500L8.500 17.500 15.500 8.500H10.500z",
  pulse: "M2.500 10.500h3.500l2-5.500 4 10 2-4.500h3.500",
  file: "M5.500 2.500h6l3 3v12h-9zM11.500 2.500v3h3",
  picture: "M3 4h14v12H3zM3 13.500l4-4 3.500 3.500 2.500-2.500 4 3.500M7 7.200h.01",
  up: "M7 17.500H4V9h3zM7 9l3-6.500c1.500 0 2 1 2 2V7.500h3.500c1 0 1.700.9 1.500 1.900l-1 6.500c-.2 1-.9 1.600-1.800 1.600H7",
  thumbDown:
    "M13 2.500h3V11h-3zM13 11l-3 6.500c-1.500 0-2-1-2-2V12.500H4.500c-1 0-1.700-.9-1.500-1.900l1-6.500c.2-1 .9-1.600 1.800-1.600H13",
  trash: "M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.7 11h7.600l.7-11",
  info: "M10 2.800a7.200 7.200 0 1 0 0 14.400 7.200 7.200 0 0 0 0-14.400M10 9v4.500M10 6.400h.01",
  warning: "M10 3 2.500 16.500h15zM10 8.500v3.500M10 14.200h.01",
  check: "M4 10.500 8 14.500 16 6",
};

/** Make an icon for the eye only; the words beside it or the control's label carry the meaning. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name] ?? ICONS.info);
  svg.append(path);
  return svg;
}

/**
 * Make an element. `on` holds listeners, `data` the dataset; true and false set or leave out an
 * attribute; null and undefined are skipped. Children are nodes, strings, or nothing.
 */
export function el(tag, { on = {}, data = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, value] of Object.entries(data)) {
    if (value !== null && value !== undefined) node.dataset[name] = value;
  }
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  fill(node, ...children);
  return node;
}

/** Append children, flattening lists and leaving out null, undefined and false. */
export function fill(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

/** Replace everything in a node. */
export function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, ...children);
}

/** Text that only a screen reader meets. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

/** A button that shows an icon and is named by words. */
export function iconButton(label, iconName, onClick, attributes = {}) {
  const { class: more = "", ...rest } = attributes;
  const named = { type: "button", class: `icon-button ${more}`.trim(), "aria-label": label, title: label };
  return el("button", { ...named, ...rest, on: { click: onClick } }, icon(iconName));
}

let lastId = 0;

/** A fresh element id, for labels and descriptions. */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** Where the focus is inside `root`, in words that survive drawing it anew. */
export function focusMark(root) {
  const at = document.activeElement;
  if (!at || !root.contains(at)) return null;
  return { key: at.closest("[data-key]")?.dataset.key ?? null, start: at.selectionStart ?? null };
}

/** Put the focus back to what `focusMark` described; tells whether that was possible. */
export function restoreFocus(root, mark) {
  if (!mark?.key) return false;
  // Blocks that the app gave no id get another one each time; the action's id stays.
  const action = CSS.escape(mark.key.slice(mark.key.indexOf("/")));
  const holder = root.querySelector(`[data-key="${CSS.escape(mark.key)}"], [data-key$="${action}"]`);
  const target = holder?.matches(FOCUSABLE) ? holder : holder?.querySelector(FOCUSABLE);
  if (!target) return false;
  target.focus();
  if (mark.start !== null && target.setSelectionRange && target.type !== "number") {
    target.setSelectionRange(mark.start, mark.start);
  }
  return true;
}

/** What the Tab key may stop at. */
export const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), " +
  'textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';
