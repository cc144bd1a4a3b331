// What a person does, sent to the playground for whoever acts, and what is looked at again after it.

import * as api from "./api.js";
import { changedHere } from "./conversations.js";
import { session, tell } from "./session.js";

// Also after a failure something may have changed: the app may have answered too late.
async function done(channel, call) {
  try {
    return await call;
  } finally {
    await changedHere(channel);
    tell("views");
  }
}

/** Write a message; a text that begins with "/" is a command. */
export function say(channel, text, threadTs = undefined) {
  const user = session.me;
  const command = /^\/(\S+)\s*([\s\S]*)$/.exec(text);
  if (!command) return done(channel, api.postMessage({ channel, user, text, thread_ts: threadTs }));
  const name = `/${command[1]}`;
  if (threadTs) throw new api.Refused("in_thread", `${name} is not supported in threads.`, 400, {});
  if (!session.app.commands.some((known) => known.command === name)) {
    throw new api.Refused("unknown_command", `${name} is not a valid command.`, 404, {});
  }
  return done(channel, api.runCommand({ channel, user, command: name, text: command[2] }));
}

/**
 * Use an element of a message ({channel, messageTs}) or of a view ({viewId}). What was typed
 * beside it goes first, so that the app finds it in the state that comes with the action.
 */
export function useElement({ channel = session.channel, messageTs, viewId, action, form }) {
  const where = { user: session.me, ...(viewId ? { view_id: viewId } : { channel, messageTs }) };
  const inOrder = async () => {
    for (const beside of form.untold()) {
      if (beside.action_id === action.action_id && beside.block_id === action.block_id) continue;
      await api.interact({ ...where, action: beside });
    }
    return api.interact({ ...where, action });
  };
  return done(channel, inOrder());
}

/** Choose a shortcut, of a message where one is given. */
export function shortcut(callbackId, channel = undefined, messageTs = undefined) {
  return done(
    session.channel,
    api.runShortcut({ user: session.me, callback_id: callbackId, channel, messageTs }),
  );
}

/** Change one's own message. */
export function change(channel, ts, text) {
  return done(channel, api.editMessage({ channel, ts, user: session.me, text }));
}

/** Delete one's own message. */
export function remove(channel, ts) {
  return done(channel, api.deleteMessage({ channel, ts, user: session.me }));
}
