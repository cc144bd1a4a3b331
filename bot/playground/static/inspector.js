// The inspector: everything that passed between the bot and the playground, newest last.

import { el, iconButton, refill } from "./dom.js";
import { personName } from "./persona.js";
import { on, zone } from "./session.js";
import { preciseTime } from "./times.js";

const MOST = 600;
const NEAR_PX = 60;
const $ = (id) => document.getElementById(id);

const records = [];
const list = el("ol", { class: "records" });
const kinds = ["event", "command", "interactive", "ack", "api", "connect"];
const kind = el(
  "select",
  { "aria-label": "Kind of record" },
  el("option", { value: "" }, "All kinds"),
  kinds.map((name) => el("option", { value: name }, name)),
);
const words = el("input", { type: "search", "aria-label": "Filter records", placeholder: "Filter" });
const count = el("span", { class: "quiet", role: "status" });

const DIRECTIONS = { to_bot: ["→", "to the bot"], from_bot: ["←", "from the bot"] };

function fits(record) {
  const text = words.value.trim().toLowerCase();
  if (kind.value && record.kind !== kind.value) return false;
  return !text || JSON.stringify(record).toLowerCase().includes(text);
}

function row(record) {
  const [arrow, direction] = DIRECTIONS[record.dir] ?? ["", record.dir];
  const failed =
    record.status >= 400 ||
    record.body?.response?.ok === false ||
    Boolean(record.body?.reason && record.kind === "ack");
  const facts = [
    record.status,
    record.ms === null || record.ms === undefined ? null : `${record.ms} ms`,
  ].filter((fact) => fact !== null && fact !== undefined);
  const head = el(
    "summary",
    { class: failed ? "failed" : null },
    el("time", { datetime: record.at }, preciseTime(record.at, zone())),
    el(
      "span",
      { class: "direction", title: direction, data: { dir: record.dir } },
      el("span", { "aria-hidden": "true" }, arrow),
      el("span", { class: "unseen" }, ` ${direction} `),
    ),
    el("span", { class: "kind" }, record.kind),
    el("span", { class: "name" }, record.name),
    el("span", { class: "who" }, record.user ? personName(record.user) : ""),
    el("span", { class: "facts" }, failed && el("span", { class: "unseen" }, "failed "), facts.join(" · ")),
  );
  const details = el("details", { data: { seq: record.seq } }, head);
  // A body can be long: it is written out only for whoever looks.
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1)
      details.append(el("pre", { tabindex: "0" }, JSON.stringify(record.body, null, 2)));
  });
  return el("li", {}, details);
}

function add(fresh) {
  records.push(...fresh);
  records.splice(0, Math.max(0, records.length - MOST));
  if ($("inspector").hidden) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  list.append(...fresh.filter(fits).map(row));
  while (list.childElementCount > MOST) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
  say();
}

function redraw() {
  refill(list, records.filter(fits).map(row));
  list.scrollTop = list.scrollHeight;
  say();
}

function say() {
  const shown = list.childElementCount;
  count.textContent = shown === records.length ? `${shown} records` : `${shown} of ${records.length} records`;
}

function toggle(open) {
  $("inspector").hidden = !open;
  $("inspect").setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-inspector", open);
  if (open) {
    redraw();
    words.focus();
  } else $("inspect").focus();
}

function clear() {
  records.length = 0;
  redraw();
}

/** Begin to collect; the drawer opens from the button in the heading. */
export function startInspector() {
  const bar = $("inspector-bar");
  const wipe = el("button", { type: "button", on: { click: clear } }, "Clear list");
  bar.append(
    kind,
    words,
    count,
    wipe,
    iconButton("Hide inspector", "close", () => toggle(false)),
  );
  $("inspector").append(list);
  $("inspect").addEventListener("click", () => toggle($("inspector").hidden));
  $("inspector").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) toggle(false);
  });
  kind.addEventListener("change", redraw);
  words.addEventListener("input", redraw);
  on("records", ({ records: fresh }) => add(fresh));
}
