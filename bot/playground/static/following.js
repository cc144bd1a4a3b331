// Follows the playground's log, so that the page shows what happens when it happens.

import { awaitRecord, readLog, readState } from "./api.js";
import { adopt, on, tell } from "./session.js";

const WAIT_S = 100;
const AGAIN_MS = 1_000;
const GLANCE_MS = 4_000;
// Records after which users, channels or the connection may have changed.
const STATE_CHANGES =
  /^(hello|closed|refused|disconnect|member_|user_change|app_uninstalled|channel_|group_)/;

const KEPT = 600;

let seen = 0;
let begun = false;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Follow for as long as the page lives; tells "records", "glance" and "reachable". */
export async function follow() {
  setInterval(glance, GLANCE_MS);
  document.addEventListener("visibilitychange", glance);
  for (;;) {
    try {
      await step();
      tell("reachable", true);
    } catch (problem) {
      if (problem.status === 408) continue;
      // It may have been started anew, and then counts from the beginning.
      begun = false;
      tell("reachable", false);
      await pause(AGAIN_MS);
    }
  }
}

async function step() {
  const first = !begun;
  if (begun) await awaitRecord(seen, WAIT_S);
  else seen = Math.max(0, (await readLog(Number.MAX_SAFE_INTEGER)).seq - KEPT);
  const { log, seq } = await readLog(seen);
  seen = seq;
  begun = true;
  if (log.length) tell("records", { records: log, first });
}

// What leaves no trace in the log (a person writing where the bot is not) is noticed by looking.
function glance() {
  if (document.visibilityState === "visible") tell("glance");
}

let reading = null;

/** Read the workspace anew; several wishes at once make one call. */
export function refreshState() {
  reading ??= readState()
    .then(adopt, () => {})
    .finally(() => {
      reading = null;
    });
  return reading;
}

on("glance", refreshState);
on("records", ({ records, first }) => {
  if (!first && records.some((record) => STATE_CHANGES.test(record.name ?? ""))) refreshState();
});
