// Block Kit as DOM nodes.

import { el, freshId, icon, unseen } from "./dom.js";
import { drawElement } from "./elements.js";
import { markdown } from "./markdown.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { imageBlock, imageElement } from "./pictures.js";
import { richText } from "./rich_text.js";
import { table } from "./tables.js";

const NAME_LENGTH = 120;

const DRAWN = {
  section,
  actions,
  context,
  input,
  context_actions: actions,
  header: (block) => el("div", { class: "head", role: "heading", "aria-level": 3 }, textObject(block.text)),
  divider: () => el("hr"),
  image: imageBlock,
  rich_text: (block) => el("div", { class: "prose" }, richText(block)),
  markdown: (block) => el("div", { class: "prose" }, markdown(block.text)),
  table,
  alert,
};

/**
 * Draw blocks. The surface is {id, kind, form, act}: `act(action)` tells the app what a person did
 * and rejects when that fails; `form` collects what they typed and chose.
 */
export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const draw = DRAWN[block.type];
    const node = draw ? draw(block, surface) : unknown(block);
    return el("div", { class: `block block-${block.type}`, data: { blockId: block.block_id } }, node);
  });
}

function unknown(block) {
  return el("p", { class: "unsupported" }, `The playground does not draw a ${block.type} block.`);
}

function section(block, surface) {
  const text = block.text && el("div", { class: "prose" }, textObject(block.text));
  const fields =
    block.fields &&
    el(
      "div",
      { class: "fields" },
      block.fields.map((field) => el("div", { class: "prose" }, textObject(field))),
    );
  if (!block.accessory) return el("div", {}, text, fields);
  // An accessory without words of its own is named by the text that it stands beside.
  const words = block.accessory.type === "overflow" ? "" : wordsOf(block.text).slice(0, NAME_LENGTH);
  const accessory = drawElement(block.accessory, { surface, blockId: block.block_id, words });
  const kind = block.accessory.type;
  return el(
    "div",
    { class: `beside beside-${kind}` },
    el("div", {}, text, fields),
    el("div", { class: "accessory" }, accessory),
  );
}

function actions(block, surface) {
  const place = { surface, blockId: block.block_id };
  return el(
    "div",
    { class: "actions" },
    block.elements.map((element) => drawElement(element, place)),
  );
}

function context(block) {
  const parts = block.elements.map((element) =>
    element.type === "image" ? imageElement(element) : el("div", { class: "prose" }, textObject(element)),
  );
  return el("div", { class: "context" }, parts);
}

const ALERTS = {
  info: ["info", "Note"],
  warning: ["warning", "Warning"],
  error: ["warning", "Error"],
  success: ["check", "Done"],
};

function alert(block) {
  const [sign, word] = ALERTS[block.level] ?? ALERTS.info;
  const level = block.level ?? "default";
  const text = el("div", { class: "prose" }, textObject(block.text));
  return el("div", { class: "alert", role: "note", data: { level } }, icon(sign), unseen(`${word}: `), text);
}

// Elements that are a group of controls cannot be pointed at by a <label for>.
const GROUPED = /^(checkboxes|radio_buttons|multi_)/;

function input(block, surface) {
  const ids = {
    label: freshId("label"),
    hint: freshId("hint"),
    error: freshId("error"),
    control: freshId("field"),
  };
  const grouped = GROUPED.test(block.element.type);
  const words = [block.label.text, block.optional && el("span", { class: "quiet" }, " (optional)")];
  const label = grouped
    ? el("p", { class: "label", id: ids.label }, words)
    : el("label", { class: "label", id: ids.label, for: ids.control }, words);
  const described = [block.hint && ids.hint, ids.error].filter(Boolean).join(" ");
  const place = {
    surface,
    blockId: block.block_id,
    labelId: ids.label,
    control: ids.control,
    describedBy: described,
  };
  const field = drawElement(block.element, {
    ...place,
    optional: block.optional === true,
    dispatches: block.dispatch_action === true,
  });
  const error = el("p", { class: "error", id: ids.error, hidden: true });
  const hint = block.hint && el("p", { class: "hint", id: ids.hint }, block.hint.text);
  const whole = el("div", { class: "field" }, label, field, error, hint);
  surface.form.slot(block.block_id, (sentence) => showError(whole, error, sentence));
  return whole;
}

function showError(whole, error, sentence) {
  const controls = [...whole.querySelectorAll("input, select, textarea")];
  error.replaceChildren(...(sentence ? [icon("warning"), sentence] : []));
  error.hidden = !sentence;
  for (const control of controls) {
    if (sentence) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  return whole.querySelector("summary") ?? controls[0] ?? null;
}
