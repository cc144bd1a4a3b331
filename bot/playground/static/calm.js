// Nothing is drawn anew between pressing and letting go: the press would fall on a thing that is gone.

const TAP_MS = 60;
const waiting = new Map();
let pressed = false;

/** Draw now, or as soon as nobody presses; of several wishes with one name the last is carried out. */
export function whenCalm(name, draw) {
  if (pressed) waiting.set(name, draw);
  else draw();
}

function release() {
  // A tap's click follows its pointerup a little later.
  setTimeout(() => {
    pressed = false;
    const draws = [...waiting.values()];
    waiting.clear();
    for (const draw of draws) draw();
  }, TAP_MS);
}

const press = () => {
  pressed = true;
};
addEventListener("pointerdown", press, true);
for (const end of ["pointerup", "pointercancel", "blur"])
  addEventListener(end, () => pressed && release(), true);
