"""Which texts of a large bank are worth keeping: mostly those that the others do not tell already.

A text that its neighbours place rightly and by far teaches little and costs memory and time at
each question. Measured on thirteen authors (12,500 texts), and on two others as strangers: the
hardest alone lose what an entry looks like at its heart, so every so many of the easy ones stay;
as many texts drawn at random lose points.
"""

import numpy as np

from bot.domain.features import Floats, Ints, Reading
from bot.domain.kernel import solve

MOST_KEPT = 9_000
"""Texts in an index: bounds its memory, and the time that a question takes."""
HARD_SHARE = 0.8
"""The share of the kept that are the hardest; the rest are spread over the easier ones."""
_MOST_AT_ONCE = 3_200


def emphasis(classes: Ints, count: int, outside: int | None) -> Floats:
    """Entries weigh alike; the out-of-scope class as many entries as its texts would fill."""
    counts = np.bincount(classes, minlength=count)
    weights = np.ones(count)
    if outside is not None:
        entries = counts[:outside]
        weights[outside] = max(1.0, float(counts[outside] / max(entries.mean(), 1.0)))
    return weights


def telling(reading: Reading, classes: Ints, outside: int | None) -> Ints:
    """The texts to keep, in their order: all of them, or `MOST_KEPT`, chosen by the margin of their
    own class over the best other when each is left out; of the out-of-scope texts the same share
    as of the others."""
    size = len(classes)
    if size <= MOST_KEPT:
        return np.arange(size)
    parts = -(-size // _MOST_AT_ONCE)
    margins = np.empty(size)
    for part in range(parts):
        # Texts stand by class, so every part gets its share of each.
        chosen = np.arange(part, size, parts)
        margins[chosen] = _margins(reading, chosen, classes[chosen], outside)
    strange = classes == (-1 if outside is None else outside)
    strangers, others = np.flatnonzero(strange), np.flatnonzero(~strange)
    few = MOST_KEPT * len(strangers) // size
    kept = _mixed(margins, strangers, few), _mixed(margins, others, MOST_KEPT - few)
    return np.sort(np.concatenate(kept))


def first_places(reading: Reading, classes: Ints, outside: int | None) -> int:
    """How many texts find their own class first when each is left out."""
    margins = _margins(reading, np.arange(len(classes)), classes, outside)
    return int((margins > 0).sum())


def _mixed(margins: Floats, among: Ints, count: int) -> Ints:
    order = among[np.lexsort((among, margins[among]))]
    hard = int(count * HARD_SHARE)
    spread = np.linspace(hard, len(order) - 1, count - hard).astype(np.int64)
    return np.concatenate([order[:hard], order[spread]])


def _margins(reading: Reading, chosen: Ints, classes: Ints, outside: int | None) -> Floats:
    count = int(classes.max()) + 1 if outside is None else outside + 1
    gram = reading.space(chosen).gram_matrix([reading.points[at] for at in chosen])
    solution = solve(gram, classes, emphasis(classes, count, outside))
    scores = solution.held_out([np.array([at]) for at in range(len(chosen))])
    rows = np.arange(len(chosen))
    own = scores[rows, classes]
    scores[rows, classes] = -np.inf
    margins: Floats = np.round(own - scores.max(axis=1), 6)
    return margins
