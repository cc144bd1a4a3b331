// Menus to choose from: one entry (the browser's own select), or several (a list of ticks).

import { el, refill } from "./dom.js";
import { perform } from "./acting.js";
import { STATE_FIELDS } from "./form.js";
import { channelName, people, session } from "./session.js";

const plainEntry = (id, label) => ({ value: id, label, chosen: id });

function optionEntry(option) {
  const detail = option.description ? ` (${option.description.text})` : "";
  return {
    value: option.value,
    label: option.text.text + detail,
    chosen: { text: option.text, value: option.value },
  };
}

// The groups of entries that an element offers: [{label, entries}].
function groupsOf(element) {
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "users_select")
    return [{ entries: people().map((user) => plainEntry(user.id, user.real_name)) }];
  if (kind === "channels_select" || kind === "conversations_select") {
    const rooms = [...session.channels.values()].filter((room) =>
      kind === "channels_select" ? !room.is_im : !room.is_im || room.user === session.me,
    );
    return [{ entries: rooms.map((room) => plainEntry(room.id, channelName(room.id))) }];
  }
  if (element.option_groups) {
    return element.option_groups.map((group) => ({
      label: group.label.text,
      entries: group.options.map(optionEntry),
    }));
  }
  return [{ entries: (element.options ?? []).map(optionEntry) }];
}

const valueOf = (chosen) => (chosen && typeof chosen === "object" ? chosen.value : chosen);

function startOf(element) {
  const field = STATE_FIELDS[element.type];
  const start = element[field.replace("selected_", "initial_")];
  if (start === undefined && element.default_to_current_conversation) {
    return field.endsWith("s") ? [session.channel] : session.channel;
  }
  return start;
}

/** A menu for one entry. */
export function singleSelect(element, context) {
  const field = STATE_FIELDS[element.type];
  const groups = groupsOf(element);
  const entries = groups.flatMap((group) => group.entries);
  const held = valueOf(context.form.before(context.blockId, element, startOf(element)));
  const placeholder = element.placeholder?.text ?? "Choose an option";
  // An optional field can be emptied again; any other only starts empty.
  const empty = el(
    "option",
    { value: "", disabled: !context.optional, hidden: !context.optional },
    placeholder,
  );
  const list = el(
    "select",
    { ...context.naming(placeholder), data: { key: context.key } },
    empty,
    groups.map(grouped),
  );
  list.value = entries.some((entry) => entry.value === held) ? held : "";
  const chosen = () => entries.find((entry) => entry.value === list.value)?.chosen ?? null;
  context.form.register(context.blockId, element, chosen, !context.dispatches);
  let settled = list.value;
  list.addEventListener("change", async () => {
    if (context.dispatches && !(await perform(list, context, element, { [field]: chosen() })))
      list.value = settled;
    settled = list.value;
  });
  if (element.type === "external_select") return unsupported("external_select");
  return el("span", { class: "select" }, list);
}

function grouped({ label, entries }) {
  const options = entries.map((entry) => el("option", { value: entry.value }, entry.label));
  return label === undefined ? options : el("optgroup", { label }, options);
}

/** A menu for several entries: a line that says what is chosen, and a list to tick. */
export function multiSelect(element, context) {
  if (element.type === "multi_external_select") return unsupported("multi_external_select");
  const field = STATE_FIELDS[element.type];
  const groups = groupsOf(element);
  const held = (context.form.before(context.blockId, element, startOf(element)) ?? []).map(valueOf);
  const boxes = new Map();
  const line = el("span", {});
  const chosen = () => [...boxes].filter(([, box]) => box.checked).map(([entry]) => entry);
  const show = () => {
    const names = chosen().map((entry) => entry.label);
    line.textContent = names.length ? names.join(", ") : (element.placeholder?.text ?? "Choose options");
    const full = element.max_selected_items !== undefined && names.length >= element.max_selected_items;
    for (const box of boxes.values()) box.disabled = full && !box.checked;
  };
  const changed = async (box) => {
    show();
    if (!context.dispatches) return;
    const choice = { [field]: chosen().map((entry) => entry.chosen) };
    if (await perform(fold, context, element, choice)) return;
    box.checked = !box.checked;
    show();
  };
  const tick = (entry) => {
    const key = `${context.key}/${entry.value}`;
    const box = el("input", { type: "checkbox", data: { key }, on: { change: () => changed(box) } });
    box.checked = held.includes(entry.value);
    boxes.set(entry, box);
    return el("label", { class: "tick" }, box, el("span", {}, entry.label));
  };
  const rows = groups.map((group) => [
    group.label && el("p", { class: "group" }, group.label),
    group.entries.map(tick),
  ]);
  const fold = el("details", {
    class: "several",
    role: "group",
    ...context.naming(element.placeholder?.text ?? "Choose options"),
  });
  refill(
    fold,
    el("summary", { data: { key: context.key } }, line),
    el("div", { class: "several-list" }, rows),
  );
  context.form.register(
    context.blockId,
    element,
    () => chosen().map((entry) => entry.chosen),
    !context.dispatches,
  );
  show();
  return fold;
}

function unsupported(kind) {
  return el(
    "p",
    { class: "unsupported" },
    `This ${kind} asks the app for its options; the playground does not carry that.`,
  );
}
