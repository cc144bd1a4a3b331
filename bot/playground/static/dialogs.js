// Dialogs: the browser's own <dialog> keeps the rest of the page out; this adds what it leaves open.

import { el, fill, freshId, iconButton, FOCUSABLE } from "./dom.js";
import { textObject } from "./mrkdwn.js";

/** Show a dialog over the page with the Tab key going round inside it. */
export function showModally(dialog) {
  if (dialog.open) return;
  dialog.showModal();
}

/** Make a dialog with a title and a heading bar, and what the cross and the Escape key do. */
export function makeDialog(className, onDismiss, onEscape = onDismiss) {
  const titleId = freshId("title");
  const title = el("h2", { id: titleId });
  const bar = el("header", {}, title, iconButton("Dismiss", "close", onDismiss, { class: "dismiss" }));
  const dialog = el("dialog", { class: className, "aria-labelledby": titleId, "aria-modal": "true" }, bar);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onEscape();
  });
  dialog.addEventListener("keydown", goRound);
  document.body.append(dialog);
  return { dialog, title, bar };
}

// Without this the Tab key would leave the dialog for the browser's own bars.
function goRound(event) {
  if (event.key !== "Tab" || event.defaultPrevented) return;
  const stops = [...event.currentTarget.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const at = document.activeElement;
  if (event.shiftKey ? at === first || at === event.currentTarget : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

/** Ask with the words of a confirm object; resolves to true when the person goes ahead. */
export function askConfirm(confirm) {
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const { dialog, title } = makeDialog("ask", () => answer(false));
    const style = confirm.style === "danger" ? "danger" : "primary";
    const deny = el("button", { type: "button", on: { click: () => answer(false) } }, confirm.deny.text);
    const yes = el(
      "button",
      { type: "button", class: style, on: { click: () => answer(true) } },
      confirm.confirm.text,
    );
    dialog.addEventListener("close", () => answer(false));
    title.textContent = confirm.title.text;
    fill(
      dialog,
      el("div", { class: "ask-text prose" }, textObject(confirm.text)),
      el("footer", {}, deny, yes),
    );
    showModally(dialog);
    (style === "danger" ? deny : yes).focus();
  });
}
