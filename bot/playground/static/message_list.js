// A list of messages that is changed, not rebuilt: what one types, holds open or listens to stays.

import { el, focusMark, restoreFocus } from "./dom.js";

const NEAR_PX = 80;

/** A list inside `log` (role log). Rows are {key, signature, draw}; equal signatures look equal. */
export class MessageList {
  constructor(log, list) {
    this.log = log;
    this.list = list;
    this.drawn = new Map();
    this.place = null;
    this.follows = true;
    let last = 0;
    // Only going up is a wish to stay; content that grows also takes the end away for a moment.
    log.addEventListener("scroll", () => {
      if (this.nearBottom()) this.follows = true;
      else if (log.scrollTop < last) this.follows = false;
      last = log.scrollTop;
    });
    // A drawer that opens or a picture that arrives must not push the newest message out of sight.
    const sizes = new ResizeObserver(() => {
      if (this.follows) this.toBottom();
    });
    sizes.observe(log);
    sizes.observe(list);
  }

  /** Show these rows, in this order. Going to another `place` starts from the bottom. */
  show(place, rows) {
    const arrived = place !== this.place;
    if (arrived) this.follows = true;
    if (arrived) this.clear(place);
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, { node }] of this.drawn) {
      if (!wanted.has(key)) this.drop(key, node);
    }
    let before = null;
    for (const row of rows) before = this.put(row, before);
    if (this.follows) this.toBottom();
    // What was there on arrival is not news; what comes later is read out.
    if (arrived) setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
  }

  /** Bring a message into view and to the eye. */
  aim(ts) {
    const found = this.list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!found) return false;
    found.scrollIntoView({ block: "center" });
    found.focus();
    return true;
  }

  toBottom() {
    this.follows = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  nearBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_PX;
  }

  clear(place) {
    this.log.setAttribute("aria-live", "off");
    this.list.replaceChildren();
    this.drawn.clear();
    this.place = place;
  }

  drop(key, node) {
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    this.drawn.delete(key);
    if (hadFocus) this.log.focus();
  }

  put({ key, signature, draw }, before) {
    const known = this.drawn.get(key);
    let node = known?.node;
    if (!known) {
      node = el("li", {}, draw());
      this.drawn.set(key, { node, signature });
    } else if (known.signature !== signature) {
      this.redraw(node, draw);
      known.signature = signature;
    }
    const next = before ? before.nextSibling : this.list.firstChild;
    if (next !== node) this.list.insertBefore(node, next);
    return node;
  }

  redraw(node, draw) {
    const mark = focusMark(node);
    node.replaceChildren(draw());
    if (mark && !restoreFocus(node, mark)) node.querySelector("article")?.focus();
  }
}
