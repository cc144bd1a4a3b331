// From an element's type to what draws it.

import { el } from "./dom.js";
import { button, feedbackButtons, overflow, signButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput, momentInput, richInput, typedInput } from "./inputs.js";
import { multiSelect, singleSelect } from "./selects.js";
import { imageElement } from "./pictures.js";

const DRAWN = {
  button,
  overflow,
  feedback_buttons: feedbackButtons,
  icon_button: signButton,
  checkboxes,
  radio_buttons: radioButtons,
  plain_text_input: typedInput,
  number_input: typedInput,
  email_text_input: typedInput,
  url_text_input: typedInput,
  rich_text_input: richInput,
  file_input: fileInput,
  datepicker: momentInput,
  timepicker: momentInput,
  datetimepicker: momentInput,
  image: (element) => imageElement(element),
};
for (const kind of ["static", "external", "users", "conversations", "channels"]) {
  DRAWN[`${kind}_select`] = singleSelect;
  DRAWN[`multi_${kind}_select`] = multiSelect;
}

/**
 * Draw an element. `place` says where it stands: the surface, its block's id, whether using it is
 * told to the app at once (`dispatches`), whether it may stay empty, and what names it (`label`
 * for an element's id or `words`; without both the element names itself).
 */
export function drawElement(element, place) {
  const draw = DRAWN[element.type];
  if (!draw) return el("p", { class: "unsupported" }, `The playground does not draw ${element.type}.`);
  return draw(element, {
    dispatches: true,
    optional: false,
    form: place.surface.form,
    key: `${place.blockId}/${element.action_id}`,
    naming: (own) => naming(place, own),
    ...place,
  });
}

function naming({ labelId, describedBy, words, control }, own) {
  const shape = { "aria-describedby": describedBy ?? null, id: control ?? null };
  return labelId ? { ...shape, "aria-labelledby": labelId } : { ...shape, "aria-label": words || own };
}
