// What the page knows: who acts, where they are, and what the playground told about the workspace.

const watchers = new Map();

/** Call `listener` whenever `topic` is told. */
export function on(topic, listener) {
  if (!watchers.has(topic)) watchers.set(topic, []);
  watchers.get(topic).push(listener);
}

/** Tell everybody who watches `topic`. */
export function tell(topic, detail) {
  for (const listener of watchers.get(topic) ?? []) listener(detail);
}

/** The one state of the page. `tab` counts in direct messages only; `thread` is a root's ts. */
export const session = {
  me: null,
  channel: null,
  tab: "messages",
  thread: null,
  // The message that a permalink points at, until it has been shown.
  aim: null,
  workspace: { name: "Playground" },
  users: new Map(),
  channels: new Map(),
  app: {
    name: "App",
    author: "app",
    bot: null,
    commands: [],
    shortcuts: [],
    homeTab: true,
    messagesTab: true,
  },
  installed: true,
  connected: true,
};

let adopted = "";

/** Take over the answer of the state route; tells "workspace" when something differs. */
export function adopt(state) {
  const signature = JSON.stringify(state);
  if (signature === adopted) return;
  adopted = signature;
  const app = state.app ?? {};
  session.workspace = state.workspace ?? session.workspace;
  session.users = byId(state.users);
  session.channels = byId(state.channels);
  const bot = app.bot_user_id ?? [...session.users.values()].find((user) => user.is_bot)?.id ?? null;
  session.app = {
    name: app.name ?? "App",
    author: app.bot_name ?? session.users.get(bot)?.real_name ?? app.name ?? "app",
    bot,
    botId: app.bot_id ?? null,
    commands: app.commands ?? [],
    shortcuts: app.shortcuts ?? [],
    homeTab: app.home_tab !== false,
    messagesTab: app.messages_tab !== false,
  };
  session.installed = app.installed !== false;
  session.connected = app.delivery === "http" || app.connections > 0;
  tell("workspace");
}

function byId(given) {
  const list = Array.isArray(given) ? given : Object.values(given ?? {});
  return new Map(list.map((entry) => [entry.id, entry]));
}

/** The people one can act as, in the order of the workspace. */
export function people() {
  return [...session.users.values()].filter((user) => !user.is_bot && user.id !== session.app.bot);
}

/** The user acted as. */
export function actor() {
  return session.users.get(session.me) ?? { id: session.me, real_name: "Nobody" };
}

/** A user's direct messages with the bot. */
export function dmOf(user) {
  return [...session.channels.values()].find((channel) => channel.is_im && channel.user === user) ?? null;
}

/** The channels that a user is in, direct messages left out. */
export function roomsOf(user) {
  return [...session.channels.values()].filter(
    (channel) => !channel.is_im && (!channel.members || channel.members.includes(user)),
  );
}

/** Whether the current place is the acting user's direct messages with the bot. */
export function inDm() {
  return session.channels.get(session.channel)?.is_im === true;
}

/** The acting user's time zone. */
export function zone() {
  return actor().tz || undefined;
}

/** How a conversation is called: "#general", or the app's name for direct messages. */
export function channelName(id) {
  const channel = session.channels.get(id);
  if (!channel) return id;
  return channel.is_im ? session.app.name : `#${channel.name}`;
}
