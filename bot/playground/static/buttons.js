// Elements that are pressed: buttons, overflow menus, feedback buttons, icon buttons.

import { el, icon, iconButton } from "./dom.js";
import { perform } from "./acting.js";
import { menuAt } from "./menu.js";
import { plainNodes } from "./mrkdwn.js";
import { session } from "./session.js";

// Votes are shown as pressed for as long as the page lives; Slack keeps them in the same way.
const votes = new Map();

const keyOf = (context, element) => `${context.blockId}/${element.action_id}`;

/** A button, or a link that looks like one and tells the app as well. */
export function button(element, context) {
  const shape = {
    class: element.style ?? null,
    "aria-label": element.accessibility_label ?? null,
    data: { key: keyOf(context, element), actionId: element.action_id },
    on: { click: (event) => press(event.currentTarget) },
  };
  const press = (control) =>
    perform(control, context, element, element.value === undefined ? {} : { value: element.value });
  const words = plainNodes(element.text.text);
  if (/^(https?|mailto):/i.test(element.url ?? "")) {
    return el(
      "a",
      {
        ...shape,
        class: `button ${element.style ?? ""}`,
        href: element.url,
        target: "_blank",
        rel: "noopener noreferrer",
      },
      words,
    );
  }
  return el("button", { type: "button", ...shape }, words);
}

/** Three dots with a menu of options. */
export function overflow(element, context) {
  const more = iconButton("More options", "more", null, { class: "bordered" });
  more.dataset.key = keyOf(context, element);
  return menuAt(more, () =>
    element.options.map((option) => ({
      label: option.text.text,
      detail: option.description?.text,
      href: /^https?:/i.test(option.url ?? "") ? option.url : null,
      choose: () => perform(more, context, element, { selected_option: option }),
    })),
  );
}

/** Two buttons for a vote; the one that was pressed stays pressed and can be changed. */
export function feedbackButtons(element, context) {
  const key = `${session.me}/${context.surface.id}/${keyOf(context, element)}`;
  const sides = [
    [element.positive_button, "up"],
    [element.negative_button, "thumbDown"],
  ];
  const buttons = sides.map(([side, sign]) =>
    el(
      "button",
      {
        type: "button",
        class: "vote",
        "aria-label": side.accessibility_label ?? null,
        "aria-pressed": String(votes.get(key) === side.value),
        data: { key: `${keyOf(context, element)}/${side.value}` },
        on: { click: (event) => vote(event.currentTarget, side) },
      },
      icon(sign),
      side.text.text,
    ),
  );
  const vote = async (control, side) => {
    if (!(await perform(control, context, element, { value: side.value }))) return;
    votes.set(key, side.value);
    buttons.forEach((one, index) => one.setAttribute("aria-pressed", String(sides[index][0] === side)));
  };
  return el("span", { class: "votes", role: "group", "aria-label": "Feedback" }, buttons);
}

/** A button that Slack draws as a sign. */
export function signButton(element, context) {
  const seenBy = element.visible_to_user_ids;
  if (seenBy && !seenBy.includes(session.me)) return null;
  const choice = element.value === undefined ? {} : { value: element.value };
  const name = element.accessibility_label ?? element.text.text;
  const made = iconButton(name, element.icon, (event) =>
    perform(event.currentTarget, context, element, choice),
  );
  made.dataset.key = keyOf(context, element);
  return made;
}
