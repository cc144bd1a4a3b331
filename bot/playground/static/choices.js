// Checkboxes and radio buttons.

import { el, freshId } from "./dom.js";
import { perform } from "./acting.js";
import { STATE_FIELDS } from "./form.js";
import { textObject } from "./mrkdwn.js";

function drawChoices(element, context, type, isHeld, onChange) {
  const name = freshId("choice");
  const rows = element.options.map((option) => {
    const key = `${context.key}/${option.value}`;
    const control = el("input", {
      type,
      name,
      value: option.value,
      data: { key },
      on: { change: () => onChange(control) },
    });
    const detail = option.description && el("span", { class: "detail" }, textObject(option.description));
    control.checked = isHeld(option);
    return el("label", { class: "tick" }, control, el("span", {}, textObject(option.text), detail));
  });
  const role = type === "radio" ? "radiogroup" : "group";
  return el("div", { class: "ticks", role, ...context.naming("Options") }, rows);
}

function checkedIn(group, element) {
  const values = [...group.querySelectorAll("input:checked")].map((control) => control.value);
  return element.options.filter((option) => values.includes(option.value));
}

/** Any number of ticks. */
export function checkboxes(element, context) {
  const held = context.form.before(context.blockId, element, element.initial_options) ?? [];
  const values = held.map((option) => option.value);
  const group = drawChoices(
    element,
    context,
    "checkbox",
    (option) => values.includes(option.value),
    async (control) => {
      if (!context.dispatches) return;
      const choice = { [STATE_FIELDS[element.type]]: checkedIn(group, element) };
      if (!(await perform(group, context, element, choice))) control.checked = !control.checked;
    },
  );
  context.form.register(context.blockId, element, () => checkedIn(group, element), !context.dispatches);
  return group;
}

/** One of several. */
export function radioButtons(element, context) {
  const held = context.form.before(context.blockId, element, element.initial_option);
  let settled = held?.value ?? null;
  const group = drawChoices(
    element,
    context,
    "radio",
    (option) => option.value === settled,
    async (control) => {
      if (
        context.dispatches &&
        !(await perform(group, context, element, { selected_option: checkedIn(group, element)[0] }))
      ) {
        for (const other of group.querySelectorAll("input")) other.checked = other.value === settled;
        return;
      }
      settled = control.value;
    },
  );
  context.form.register(
    context.blockId,
    element,
    () => checkedIn(group, element)[0] ?? null,
    !context.dispatches,
  );
  return group;
}
