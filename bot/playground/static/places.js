// Going somewhere: the acting user, the conversation, the tab and the thread, kept in the address.

import { session, people, dmOf, on, roomsOf, tell } from "./session.js";

/** Read the address (after the workspace is known) and go there. */
export function arrive() {
  const query = asked();
  const wanted = people().find((user) => [user.id, user.name].includes(query.get("as")));
  session.me = (wanted ?? people()[0])?.id ?? null;
  session.channel = allowed(query.get("channel"));
  session.tab = query.get("tab") === "home" ? "home" : "messages";
  session.thread = query.get("thread");
  document.body.dataset.pane = query.has("channel") || query.has("tab") ? "talk" : "list";
  tell("place");
}

// A permalink names its channel in the path.
function asked() {
  const query = new URLSearchParams(location.search);
  const [, channel, digits] = /^\/archives\/(\w+)\/p(\d+)/.exec(location.pathname) ?? [];
  if (channel) {
    query.set("channel", channel);
    session.aim = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    const owner = session.channels.get(channel)?.user;
    if (owner) query.set("as", owner);
  }
  return query;
}

function allowed(channel) {
  const room = roomsOf(session.me).find(({ id, name }) => [id, name].includes(channel));
  return room?.id ?? dmOf(session.me)?.id ?? "dm";
}

/** The address of a conversation, for links that also work in a new window. */
export function addressOf(channel, me = session.me) {
  const place = session.channels.get(channel)?.is_im ? "dm" : channel;
  return `/?${new URLSearchParams({ as: me, channel: place })}`;
}

/** Go to another place; keys that are not given stay, save the thread, which closes. */
export function go({ me = session.me, channel = session.channel, tab = "messages", thread = null }) {
  const changed = { me: me !== session.me };
  session.me = me;
  session.channel = changed.me ? allowed(inSameKind(channel)) : allowed(channel);
  session.tab = tab;
  session.thread = thread;
  document.body.dataset.pane = "talk";
  remember();
  tell("place");
}

// Whoever switches person inside a direct message means the other person's direct message.
function inSameKind(channel) {
  return session.channels.get(channel)?.is_im ? "dm" : channel;
}

function remember() {
  const query = new URLSearchParams(addressOf(session.channel).slice(2));
  if (session.tab === "home") query.set("tab", "home");
  if (session.thread) query.set("thread", session.thread);
  const address = `/?${query}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

window.addEventListener("popstate", arrive);
// Whoever is taken out of a channel does not stay in it.
on("workspace", () => {
  if (session.me && allowed(session.channel) !== session.channel) go({});
});
