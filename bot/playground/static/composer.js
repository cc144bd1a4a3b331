// The box one writes in: Enter sends, Shift and Enter makes a new line, drafts wait where they were begun.

import { el, icon } from "./dom.js";
import { sentenceFor } from "./acting.js";
import { suggestIn } from "./suggest.js";

const drafts = new Map();

/**
 * Make a box. `deliver(text)` sends and rejects when that fails; `onEmptyUp` is called for the
 * up arrow in an empty box. Use `moveTo(place, placeholder)` when the box serves another place.
 */
export function makeComposer({ name, sendName, deliver, onEmptyUp = () => {} }) {
  const area = el("textarea", { "aria-label": name, rows: 1, autocomplete: "off", enterkeyhint: "send" });
  const send = el(
    "button",
    { type: "submit", class: "primary send", "aria-label": sendName, title: sendName },
    icon("send"),
    el("span", {}, sendName),
  );
  const trouble = el("p", { class: "trouble", role: "alert", hidden: true });
  const tools = el("div", { class: "composer-tools" });
  const form = el(
    "form",
    { class: "composer", novalidate: true },
    area,
    el("div", { class: "composer-bar" }, tools, send),
    trouble,
  );
  let place = null;

  const say = (sentence) => {
    trouble.replaceChildren(...(sentence ? [icon("warning"), sentence] : []));
    trouble.hidden = !sentence;
  };
  const settle = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
    send.disabled = area.value.trim() === "";
  };
  const submit = async () => {
    const text = area.value.trim();
    if (!text || form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const from = place;
    try {
      await deliver(text);
      drafts.delete(from);
      if (place === from && area.value.trim() === text) area.value = "";
      say("");
    } catch (problem) {
      say(sentenceFor(problem));
    } finally {
      form.removeAttribute("aria-busy");
      settle();
    }
  };

  const suggestions = suggestIn(area, form);
  area.addEventListener("input", () => {
    drafts.set(place, area.value);
    say("");
    settle();
  });
  area.addEventListener("keydown", (event) => {
    if (suggestions.takes(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && area.value === "") {
      event.preventDefault();
      onEmptyUp();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  settle();

  return {
    node: form,
    tools,
    focus: () => area.focus(),
    moveTo(next, placeholder) {
      area.placeholder = placeholder;
      if (next === place) return;
      place = next;
      area.value = drafts.get(place) ?? "";
      say("");
      suggestions.close();
      settle();
    },
  };
}
