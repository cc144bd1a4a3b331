// The column of conversations: whom one acts as, where one can go, and where something waits.

import { el, icon, refill, unseen } from "./dom.js";
import { whenCalm } from "./calm.js";
import { refreshAll, unreadCount } from "./conversations.js";
import { avatar } from "./persona.js";
import { addressOf, go } from "./places.js";
import { actor, channelName, dmOf, inDm, on, people, roomsOf, session } from "./session.js";
import { focusComposer } from "./talk.js";

const $ = (id) => document.getElementById(id);

let drawnPeople = "";

// An open menu would close if its entries were written anew.
function drawPeople() {
  const signature = JSON.stringify([people(), session.me, session.workspace.name]);
  if (signature === drawnPeople) return;
  drawnPeople = signature;
  const select = $("act-as");
  const options = people().map((user) =>
    el("option", { value: user.id }, user.real_name + (user.deleted ? " (deactivated)" : "")),
  );
  refill(select, options);
  select.value = session.me;
  const { real_name: name, profile, is_restricted: guest } = actor();
  refill(
    $("persona"),
    avatar(session.me, name ?? "?"),
    el("span", {}, profile?.title || (guest ? "Guest" : "Member")),
  );
  $("workspace-name").textContent = session.workspace.name;
}

function drawPlaces() {
  refill(
    $("rooms"),
    roomsOf(session.me).map((room) => placeRow(room.id, room.is_private ? "lock" : "hash", room.name)),
  );
  const dm = dmOf(session.me);
  refill($("apps"), dm && placeRow(dm.id, "bolt", session.app.name));
}

function placeRow(channel, sign, words) {
  const waiting = unreadCount(session.me, channel);
  const current = channel === session.channel;
  const dot = waiting > 0 && el("span", { class: "dot", "aria-hidden": "true" });
  const name = channelName(channel) + (waiting ? `, ${waiting} unread` : "");
  const attributes = {
    href: addressOf(channel),
    class: waiting ? "unread" : null,
    "aria-current": current ? "page" : null,
    "aria-label": name,
    data: { key: channel },
    on: { click: (event) => follow(event, { channel }) },
  };
  return el("li", {}, el("a", attributes, icon(sign), el("span", {}, words), dot));
}

function follow(event, place) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(place);
  focusComposer();
}

// Whoever is not acted as may have got a message from the app meanwhile.
function drawElsewhere() {
  const waiting = people()
    .filter((user) => user.id !== session.me && dmOf(user.id))
    .map((user) => ({ user, count: unreadCount(user.id, dmOf(user.id).id) }))
    .filter(({ count }) => count > 0);
  const rows = waiting.map(({ user, count }) => {
    const channel = dmOf(user.id).id;
    const attributes = {
      href: addressOf(channel, user.id),
      data: { key: user.id },
      on: { click: (event) => follow(event, { me: user.id, channel }) },
    };
    return el(
      "li",
      {},
      el(
        "a",
        attributes,
        avatar(user.id, user.real_name),
        el("span", {}, user.real_name, unseen(`, ${count} unread`)),
        el("span", { class: "dot", "aria-hidden": "true" }),
      ),
    );
  });
  $("elsewhere").hidden = rows.length === 0;
  refill($("elsewhere-list"), rows);
}

// On a phone the column is out of sight, and the button that leads to it carries the dot.
function drawBack() {
  const waiting = document.querySelectorAll("#sidebar .dot").length > 0;
  refill(
    $("back"),
    icon("back"),
    "Conversations",
    waiting && [unseen(", something unread"), el("span", { class: "dot", "aria-hidden": "true" })],
  );
}

function drawConnection() {
  const words = !session.installed
    ? "The app was removed"
    : session.connected
      ? "The bot is connected"
      : "The bot is not connected";
  // Said anew only when it changed: a screen reader reads it out each time.
  if ($("connection").textContent === words) return;
  refill(
    $("connection"),
    el("span", {
      class: session.connected && session.installed ? "light on" : "light",
      "aria-hidden": "true",
    }),
    words,
  );
}

let drawn = "";

// Drawn only when something differs, so that the focus stays where it is.
function drawDots() {
  const counts = people().flatMap((user) =>
    [...roomsOf(user.id).map((room) => room.id), dmOf(user.id)?.id].map((channel) =>
      unreadCount(user.id, channel),
    ),
  );
  const signature = JSON.stringify([
    session.me,
    session.channel,
    counts,
    [...session.channels.keys()],
    roomsOf(session.me).length,
  ]);
  if (signature === drawn) return;
  drawn = signature;
  const key = document.activeElement?.closest("#sidebar [data-key]")?.dataset.key;
  drawPlaces();
  drawElsewhere();
  drawBack();
  if (key) document.querySelector(`#sidebar [data-key="${CSS.escape(key)}"]`)?.focus();
}

function drawAll() {
  if (!session.me) return;
  drawPeople();
  drawDots();
  drawConnection();
}

/** Begin to show the column. */
export function startSidebar() {
  $("act-as").addEventListener("change", (event) =>
    go({ me: event.target.value, channel: session.channel, tab: inDm() ? session.tab : "messages" }),
  );
  $("back").addEventListener("click", () => {
    document.body.dataset.pane = "list";
    document.querySelector('#sidebar [aria-current="page"]')?.focus();
  });
  on("place", () => {
    drawAll();
    refreshAll();
  });
  on("workspace", () => whenCalm("people", drawAll));
  for (const topic of ["messages", "unread"]) on(topic, () => whenCalm("dots", drawDots));
}
