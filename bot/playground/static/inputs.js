// Fields that are typed into: texts, numbers, addresses, days and times.

import { el } from "./dom.js";
import { perform } from "./acting.js";
import { richWords } from "./rich_text.js";

const PAUSE_MS = 400;

/** A text of one line or several, a number, an e-mail or a web address. */
export function typedInput(element, context) {
  const start = context.form.before(context.blockId, element, element.initial_value) ?? "";
  const shape = {
    ...context.naming(element.placeholder?.text ?? "Text"),
    placeholder: element.placeholder?.text,
    data: { key: context.key },
    autocomplete: "off",
  };
  const control = element.multiline
    ? el("textarea", { ...shape, rows: 4 })
    : el("input", { ...shape, type: "text", inputmode: KEYBOARDS[element.type] });
  control.value = start;
  // Only while typing is Slack's client strict about length; what the app put in stays.
  if (element.max_length) control.maxLength = element.max_length;
  context.form.register(
    context.blockId,
    element,
    () => (control.value.trim() === "" ? null : control.value),
    !context.dispatches,
  );
  if (context.dispatches) listen(control, element, context);
  return element.max_length
    ? el("div", { class: "counted" }, control, counter(control, element.max_length))
    : control;
}

const KEYBOARDS = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };

function counter(control, most) {
  const left = el("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    left.textContent = String(most - control.value.length);
    left.hidden = control.value.length < most * 0.8;
  };
  control.addEventListener("input", count);
  count();
  return left;
}

function listen(control, element, context) {
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tellApp = () => perform(control, context, element, { value: control.value });
  let pause;
  if (moments.includes("on_character_entered")) {
    control.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(tellApp, PAUSE_MS);
    });
  }
  if (moments.includes("on_enter_pressed")) {
    control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      tellApp();
    });
  }
}

/** A text that Slack would let one format; here it is plain. */
export function richInput(element, context) {
  const held = context.form.before(context.blockId, element, element.initial_value);
  const control = el("textarea", {
    ...context.naming(element.placeholder?.text ?? "Text"),
    rows: 4,
    placeholder: element.placeholder?.text,
    data: { key: context.key },
  });
  control.value = held ? richWords(held) : "";
  const asBlock = (text) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
  });
  context.form.register(
    context.blockId,
    element,
    () => (control.value.trim() ? asBlock(control.value) : null),
    !context.dispatches,
  );
  return control;
}

/** A day, a time, or both: the browser's own pickers. */
export function momentInput(element, context) {
  const { type, name, initial, field, read, write } = MOMENTS[element.type];
  const control = el("input", {
    type,
    ...context.naming(element.placeholder?.text ?? name),
    data: { key: context.key },
  });
  control.value = write(context.form.before(context.blockId, element, element[initial]));
  context.form.register(context.blockId, element, () => read(control.value), !context.dispatches);
  let settled = control.value;
  control.addEventListener("change", async () => {
    // While a year is being typed the browser tells of the years 0002, 0020 and 0202 as well.
    if (!context.dispatches || (/^0/.test(control.value) && type !== "time") || control.value === settled)
      return;
    if (!(await perform(control, context, element, { [field]: read(control.value) })))
      control.value = settled;
    settled = control.value;
  });
  return control;
}

const same = { read: (text) => text || null, write: (value) => value ?? "" };
const MOMENTS = {
  datepicker: { type: "date", name: "Date", initial: "initial_date", field: "selected_date", ...same },
  timepicker: { type: "time", name: "Time", initial: "initial_time", field: "selected_time", ...same },
  datetimepicker: {
    type: "datetime-local",
    name: "Date and time",
    initial: "initial_date_time",
    field: "selected_date_time",
    read: (text) => (text ? Math.floor(new Date(text).getTime() / 1000) : null),
    write: localMoment,
  },
};

function localMoment(seconds) {
  if (!seconds) return "";
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Slack lets one pick files here; the playground does not. */
export function fileInput() {
  return el("p", { class: "unsupported" }, "Picking files is not a part of the playground.");
}
