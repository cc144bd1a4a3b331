// Modals: one dialog that shows the topmost view of the stack.

import { el, fill, focusMark, icon, iconButton, refill, restoreFocus, FOCUSABLE } from "./dom.js";
import { whenCalm } from "./calm.js";
import { closeView, submitView } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { changedHere } from "./conversations.js";
import { useElement } from "./deeds.js";
import { makeDialog, showModally } from "./dialogs.js";
import { Form } from "./form.js";
import { on, session } from "./session.js";
import { focusComposer } from "./talk.js";
import { currentAction, modalStack, refreshViews } from "./views.js";

const TROUBLE = "We had some trouble connecting. Try again?";

// What was typed in a view waits here while another lies over it.
const forms = new Map();
const { dialog, title, bar } = makeDialog(
  "modal",
  () => close(modalStack().length > 1),
  () => close(false),
);
const back = iconButton("Back", "back", () => close(false), { class: "back" });
const body = el("div", { class: "modal-body" });
const trouble = el("p", { class: "trouble", role: "alert", hidden: true });
const footer = el("footer", {});
const sheet = el("form", { novalidate: true, on: { submit } }, body, trouble, footer);
bar.prepend(back);
// A browser closes a dialog by itself when Escape is pressed twice in a row.
dialog.addEventListener("close", () => {
  if (shown.id === null) return;
  shown = { id: null, signature: null };
  refreshViews();
});
fill(dialog, sheet);

let shown = { id: null, signature: null };
let opener = null;

function draw() {
  const stack = modalStack();
  const view = stack.at(-1);
  if (!view) return hide();
  for (const id of forms.keys()) if (!stack.some((open) => open.id === id)) forms.delete(id);
  const signature = JSON.stringify([view.id, view.hash, view.blocks, stack.length]);
  if (signature === shown.signature) return undefined;
  const sameView = shown.id === view.id;
  const mark = sameView ? focusMark(body) : null;
  shown = { id: view.id, signature };
  fillIn(view, stack.length);
  if (!dialog.open) opener = document.activeElement;
  showModally(dialog);
  if (!restoreFocus(body, mark)) focusFirst(view);
  return undefined;
}

function fillIn(view, depth) {
  const form = forms.get(view.id)?.again() ?? new Form(view.state?.values ?? {});
  forms.set(view.id, form);
  const act = (action) => useElement({ viewId: view.id, action: currentAction(view.id, action), form });
  title.textContent = view.title?.text ?? "";
  back.hidden = depth < 2;
  complain("");
  refill(body, drawBlocks(view.blocks, { id: view.id, kind: "modal", form, act }));
  body.scrollTop = 0;
  const words = view.close?.text ?? (view.submit ? "Cancel" : "Close");
  const cancel = el("button", { type: "button", on: { click: () => close(false) } }, words);
  refill(footer, cancel, view.submit && el("button", { type: "submit", class: "primary" }, view.submit.text));
}

function focusFirst(view) {
  const wanted = view.blocks
    .map((block) => block.element ?? block.accessory ?? {})
    .find((element) => element.focus_on_load);
  const field = wanted && body.querySelector(`[data-key$="/${CSS.escape(wanted.action_id)}"]`);
  const first = [...body.querySelectorAll("input, textarea, select, summary")][0];
  const fallback = footer.querySelector(".primary") ?? footer.querySelector(FOCUSABLE);
  (field ?? first ?? fallback)?.focus();
}

function hide() {
  shown = { id: null, signature: null };
  forms.clear();
  if (!dialog.open) return;
  dialog.close();
  // The control that led here may have been drawn anew meanwhile.
  if (opener?.isConnected && opener !== document.body) opener.focus();
  else focusComposer();
  opener = null;
}

async function submit(event) {
  event.preventDefault();
  const view = modalStack().at(-1);
  if (!view || sheet.getAttribute("aria-busy")) return;
  const form = forms.get(view.id);
  busy(true);
  try {
    const answer = await submitView({ user: session.me, view_id: view.id, values: form.values() });
    explain(form, answer.errors ?? {});
  } catch (problem) {
    if (problem.body?.errors) explain(form, problem.body.errors);
    else complain(problem.status >= 500 ? TROUBLE : problem.message);
  } finally {
    busy(false);
    await settle();
  }
}

function explain(form, errors) {
  complain(form.showErrors(errors).join(" "));
}

function complain(sentence) {
  refill(trouble, sentence && icon("warning"), sentence);
  trouble.hidden = !sentence;
}

function busy(on) {
  if (on) sheet.setAttribute("aria-busy", "true");
  else sheet.removeAttribute("aria-busy");
}

async function close(whole) {
  const view = modalStack().at(-1);
  if (!view || sheet.getAttribute("aria-busy")) return;
  busy(true);
  await closeView(session.me, view.id, whole || undefined).catch((problem) => complain(problem.message));
  busy(false);
  await settle();
}

function settle() {
  return Promise.all([refreshViews(), changedHere(session.channel)]);
}

/** Begin to show modals. */
export function startModals() {
  on("views-shown", () => whenCalm("modal", draw));
}
