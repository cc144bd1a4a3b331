// The acting user's modals and Home tab, as the playground holds them.

import { openHome, readViews } from "./api.js";
import { inDm, on, session, tell } from "./session.js";

let stack = [];
let home = null;
let owner = null;
let running = null;
let again = false;

/** The open modals, topmost last. */
export const modalStack = () => stack;

/** The Home tab's view, null before the app published one. */
export const homeView = () => home;

/**
 * The action as the view takes it now: when the app has published it anew since it was drawn,
 * blocks without an id of the app's own have another one, and the element is named without it.
 */
export function currentAction(viewId, action) {
  const view = [...stack, home].find((open) => open?.id === viewId);
  if (!view || view.blocks.some((block) => block.block_id === action.block_id)) return action;
  const { block_id: _, ...rest } = action;
  return rest;
}

async function read() {
  const user = session.me;
  const answer = await readViews(user);
  if (user !== session.me) return;
  [stack, home, owner] = [answer.views ?? [], answer.home ?? null, user];
  tell("views-shown");
}

/** Read the views anew; wishes made meanwhile are joined. */
export function refreshViews() {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await read().catch(() => {});
    }
    running = null;
  })();
  return running;
}

/** Begin to follow. Coming to a tab of the app is told to the app, as Slack does. */
export function startViews() {
  let at = "";
  on("place", () => {
    if (owner !== session.me) {
      [stack, home] = [[], null];
      tell("views-shown");
    }
    refreshViews();
    const now = `${session.me} ${session.channel} ${session.tab}`;
    if (inDm() && now !== at) openHome(session.me, session.tab).catch(() => {});
    at = now;
  });
  for (const topic of ["records", "views", "glance"]) on(topic, refreshViews);
}
