// The app's Home tab.

import { whenCalm } from "./calm.js";
import { el, focusMark, refill, restoreFocus } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { useElement } from "./deeds.js";
import { Form } from "./form.js";
import { on, session } from "./session.js";
import { currentAction, homeView } from "./views.js";

let form = null;
let shown = "";

function draw() {
  const view = homeView();
  const signature = JSON.stringify([session.me, view?.id, view?.hash, view?.blocks]);
  if (signature === shown) return;
  shown = signature;
  const panel = document.getElementById("home");
  const mark = focusMark(panel);
  form = form && form.owner === view?.id ? form.again() : new Form(view?.state?.values ?? {});
  form.owner = view?.id;
  refill(panel, view ? blocksOf(view) : nothing());
  if (mark && !restoreFocus(panel, mark)) panel.focus();
}

function blocksOf(view) {
  const current = form;
  const act = (action) =>
    useElement({ viewId: view.id, action: currentAction(view.id, action), form: current });
  const surface = { id: view.id, kind: "home", form: current, act };
  return el("div", { class: "sheet" }, drawBlocks(view.blocks, surface));
}

function nothing() {
  return el("p", { class: "quiet empty" }, `${session.app.name} has not published its Home tab yet.`);
}

/** Begin to show the Home tab. */
export function startHome() {
  for (const topic of ["views-shown", "workspace"]) on(topic, () => whenCalm("home", draw));
}
