// What a person typed and chose on one surface, in the shapes of Slack's `state.values`.

/** The field that holds a value, by element type. */
export const STATE_FIELDS = {
  plain_text_input: "value",
  number_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  rich_text_input: "rich_text_value",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  checkboxes: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  file_input: "files",
};

/**
 * The fields of one surface. `prior` is what they held when the surface was drawn before, `told`
 * what the playground knows of those whose changes tell nobody.
 */
export class Form {
  constructor(prior = {}, told = new Map()) {
    this.prior = prior;
    this.readers = new Map();
    this.slots = new Map();
    this.told = told;
  }

  /** The form of the same surface drawn anew. */
  again() {
    return new Form(this.values(), this.told);
  }

  /** What a field held before; `start` (the element's own initial value) when nothing is known. */
  before(blockId, element, start) {
    const held = this.prior[blockId]?.[element.action_id];
    const field = STATE_FIELDS[element.type];
    return held && held.type === element.type && field in held ? held[field] : start;
  }

  /** Have `read` called whenever the field's value is wanted. `quietly`: its changes tell nobody. */
  register(blockId, element, read, quietly = false) {
    const key = `${blockId}\n${element.action_id}`;
    this.readers.set(key, { blockId, element, read, quietly });
    if (quietly && !this.told.has(key)) this.told.set(key, JSON.stringify(read()));
  }

  /** The actions that bring the playground up to date on fields that changed without telling. */
  untold() {
    const actions = [];
    for (const [key, { blockId, element, read, quietly }] of this.readers) {
      const value = read();
      if (!quietly || this.told.get(key) === JSON.stringify(value)) continue;
      this.told.set(key, JSON.stringify(value));
      const choice = { [STATE_FIELDS[element.type]]: value };
      actions.push({ block_id: blockId, action_id: element.action_id, type: element.type, ...choice });
    }
    return actions;
  }

  /** Remember where the error of an input block is shown and which controls it is about. */
  slot(blockId, show) {
    this.slots.set(blockId, show);
  }

  /** All values, as `state.values`. */
  values() {
    const values = {};
    for (const { blockId, element, read } of this.readers.values()) {
      values[blockId] ??= {};
      values[blockId][element.action_id] = { type: element.type, [STATE_FIELDS[element.type]]: read() };
    }
    return values;
  }

  /** Show a sentence at each named input block and clear all others; returns what had no place. */
  showErrors(errors) {
    const homeless = { ...errors };
    let first = null;
    for (const [blockId, show] of this.slots) {
      const control = show(errors[blockId] ?? "");
      if (errors[blockId]) first ??= control;
      delete homeless[blockId];
    }
    first?.focus();
    return Object.values(homeless);
  }
}
