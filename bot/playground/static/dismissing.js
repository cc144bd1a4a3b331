// Notes that only one person sees can be put away; they stay away until the page is loaded anew.

import { session, tell } from "./session.js";

const away = new Set();

/** Whether a message was put away. */
export function dismissed(message) {
  return away.has(`${session.me} ${message.ts}`);
}

/** Put a message away. */
export function dismiss(message) {
  away.add(`${session.me} ${message.ts}`);
  tell("messages", { user: session.me, channel: session.channel });
}
