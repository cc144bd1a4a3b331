// What one may go on with while typing: commands after "/", people after "@".

import { el, freshId, refill } from "./dom.js";
import { people, session } from "./session.js";

const MOST = 6;

function commandsFor(text) {
  if (!/^\/\S*$/.test(text)) return null;
  return session.app.commands
    .filter(({ command }) => command.startsWith(text))
    .map(({ command, description, usage_hint: hint }) => ({
      label: `${command} ${hint ?? ""}`.trim(),
      detail: description,
      insert: command,
      from: 0,
    }));
}

function peopleFor(text) {
  const found = /(?:^|\s)@([\w.-]*)$/.exec(text);
  if (!found) return null;
  const begun = found[1].toLowerCase();
  const bot = { name: session.app.author, real_name: `${session.app.name} (app)` };
  return [bot, ...people()]
    .filter(({ name, real_name: real }) =>
      [name, ...real.split(" ")].some((word) => word.toLowerCase().startsWith(begun)),
    )
    .map(({ name, real_name: real }) => ({
      label: real,
      detail: `@${name}`,
      insert: `@${name}`,
      from: text.length - begun.length - 1,
    }));
}

/** Offer suggestions in a text box. `takes(event)` tells whether a key was meant for the list. */
export function suggestIn(area, holder) {
  const list = el("ul", {
    role: "listbox",
    class: "suggestions",
    id: freshId("suggest"),
    "aria-label": "Suggestions",
    hidden: true,
  });
  let entries = [];
  let active = 0;
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  holder.prepend(list);

  const close = () => {
    entries = [];
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === active)));
    area.setAttribute("aria-activedescendant", list.children[active].id);
  };
  const choose = (entry) => {
    const rest = area.value.slice(area.selectionEnd);
    const start = `${area.value.slice(0, entry.from)}${entry.insert} `;
    area.value = start + rest;
    area.setSelectionRange(start.length, start.length);
    area.dispatchEvent(new Event("input"));
    area.focus();
  };
  const row = (entry) =>
    el(
      "li",
      {
        role: "option",
        id: freshId("option"),
        on: { pointerdown: (event) => event.preventDefault(), click: () => choose(entry) },
      },
      el("span", {}, entry.label),
      el("span", { class: "detail" }, entry.detail),
    );
  const look = () => {
    const before = area.value.slice(0, area.selectionEnd);
    const found = commandsFor(area.value) ?? peopleFor(before) ?? [];
    // A word that is written out in full needs no suggestion, and Enter shall send it.
    const complete = found.some(
      (entry) => before.slice(entry.from).toLowerCase() === entry.insert.toLowerCase(),
    );
    if (!found.length || complete) return close();
    entries = found.slice(0, MOST);
    active = 0;
    refill(list, entries.map(row));
    list.hidden = false;
    mark();
  };
  area.addEventListener("input", look);
  area.addEventListener("blur", close);

  const takes = (event) => {
    if (!entries.length) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      active = (active + (event.key === "ArrowDown" ? 1 : entries.length - 1)) % entries.length;
      mark();
    } else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(entries[active]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  return { takes, close };
}
