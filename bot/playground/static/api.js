// The control routes of the playground, the only thing this page ever talks to.

/** A route said no: `error` is its name for it, `message` a sentence for the person. */
export class Refused extends Error {
  constructor(error, sentence, status, body) {
    super(sentence);
    this.error = error;
    this.status = status;
    this.body = body;
  }
}

async function answerOf(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Refused("unreadable", "The playground gave an answer that is not JSON.", response.status, {});
  }
  if (!response.ok || body.ok === false) {
    throw new Refused(
      body.error ?? "refused",
      body.detail || body.error || "Refused.",
      response.status,
      body,
    );
  }
  return body;
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(`/_control/${path}`, options);
  } catch {
    throw new Refused("unreachable", "The playground does not answer. Is it still running?", 0, {});
  }
  return answerOf(response);
}

function get(path, query = {}, signal = undefined) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return send(`${path}?${new URLSearchParams(given)}`, { signal, cache: "no-store" });
}

function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return send(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export const readState = () => get("state");
export const readMessages = (channel, user) => get("messages", { channel, user });
export const readViews = (user) => get("views", { user });
export const readLog = (after) => get("log", { after });
export const awaitRecord = (after, seconds) => get("wait", { after, timeout_s: seconds });

export const postMessage = (message) => post("message", message);
export const editMessage = (message) => post("edit-message", message);
export const deleteMessage = (message) => post("delete-message", message);
export const runCommand = (command) => post("command", command);
export const runShortcut = (shortcut) => post("shortcut", shortcut);
export const interact = (action) => post("interact", action);
export const openHome = (user, tab) => post("open-home", { user, tab });
export const submitView = (submission) => post("submit", submission);
export const closeView = (user, viewId, all) => post("close", { user, view_id: viewId, all });
