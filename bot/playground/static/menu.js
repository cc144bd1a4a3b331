// A small menu at a button: arrow keys move, Enter chooses, Escape or a click elsewhere closes.

import { el, freshId } from "./dom.js";

let open = null;

/**
 * Make a button open a menu. `entries` gives the entries at the time of opening:
 * {label, detail?, danger?, href?, choose}.
 */
export function menuAt(button, entries) {
  const name = button.getAttribute("aria-label") ?? button.textContent;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (open?.button === button) close(true);
    else show(button, name, entries());
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || open) return;
    event.preventDefault();
    show(button, name, entries());
  });
  return button;
}

function show(button, name, entries) {
  close(false);
  const menu = el("div", {
    role: "menu",
    class: "menu",
    id: freshId("menu"),
    "aria-label": name,
    popover: "manual",
  });
  menu.append(...entries.map((entry) => item(entry)));
  // Inside a dialog everything outside is inert, so the menu must be a part of the dialog.
  (button.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute("aria-expanded", "true");
  open = { button, menu };
  menu.addEventListener("keydown", move);
  menu.firstElementChild?.focus();
}

function item({ label, detail, danger, href, choose }) {
  const chosen = () => {
    close(true);
    choose();
  };
  const words = [el("span", {}, label), detail && el("span", { class: "detail" }, detail)];
  const shape = { role: "menuitem", tabindex: "-1", class: danger ? "danger" : null, on: { click: chosen } };
  if (href) return el("a", { ...shape, href, target: "_blank", rel: "noopener noreferrer" }, words);
  return el("button", { ...shape, type: "button" }, words);
}

function place(menu, at) {
  const left = Math.min(at.left, innerWidth - menu.offsetWidth - 8);
  const below = at.bottom + 4;
  const fits = below + menu.offsetHeight <= innerHeight - 8;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${fits ? below : Math.max(8, at.top - menu.offsetHeight - 4)}px`;
}

function move(event) {
  const items = [...open.menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to % items.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
}

function close(refocus) {
  if (!open) return;
  const { button, menu } = open;
  open = null;
  button.setAttribute("aria-expanded", "false");
  menu.remove();
  if (refocus) button.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.button.contains(event.target)) close(false);
});
window.addEventListener("resize", () => close(false));
