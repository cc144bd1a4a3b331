// Using an element: ask where the app wants a confirmation, tell the app, show it when that fails.

import { el, icon } from "./dom.js";
import { askConfirm } from "./dialogs.js";

/**
 * Send what a person did with an element. `choice` is the part of the action that says what was
 * chosen. Resolves to false when they thought better of it or the app did not answer.
 */
export async function perform(control, { surface, blockId }, element, choice) {
  if (element.confirm && !(await askConfirm(element.confirm))) return false;
  clearTrouble(control);
  control.setAttribute("aria-busy", "true");
  try {
    await surface.act({ block_id: blockId, action_id: element.action_id, type: element.type, ...choice });
    return true;
  } catch (problem) {
    showTrouble(control, sentenceFor(problem));
    return false;
  } finally {
    control.removeAttribute("aria-busy");
  }
}

/** What to say when the app or the playground did not take something. */
export function sentenceFor(problem) {
  if (problem.error === "operation_timeout") return "The app did not answer within three seconds.";
  if (problem.error === "dispatch_failed") return "The app could not be reached. Is the bot running?";
  return problem.message;
}

function clearTrouble(control) {
  control
    .closest(".block")
    ?.parentNode.querySelectorAll(":scope > .trouble")
    .forEach((node) => node.remove());
}

function showTrouble(control, sentence) {
  const note = el("p", { class: "trouble", role: "alert" }, icon("warning"), sentence);
  (control.closest(".block") ?? control).after(note);
}
