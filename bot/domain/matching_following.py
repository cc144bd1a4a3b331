"""An index that follows an edited bank at once, until that bank is fitted.

What was said word for word is known from the first moment, and what was retired is found no more;
other wordings of what is new are found once it is fitted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from bot.domain.features import Ints, Singles
from bot.domain.grams import Keys, saying
from bot.domain.matching import OUT_OF_SCOPE, Example, Index
from bot.domain.text import words


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """An index and the examples that it was fitted with."""

    examples: Collection[Example]
    index: Index


def followed(learned: Learned, examples: Collection[Example]) -> Index:
    """The index as it is good for these examples."""
    before, after = frozenset(learned.examples), frozenset(examples)
    if before == after:
        return learned.index
    index = learned.index
    labels = _labels(index, after)
    column = {label: at for at, label in enumerate(labels)}
    # A text of what was retired still weighs on its neighbours, and stands for nothing itself.
    moved = np.array([column.get(label, len(labels)) for label in index.labels], dtype=np.int64)
    sayings, said = _sayings(index, moved, len(labels), after - before, before - after, column)
    return replace(
        index,
        labels=labels,
        owners=moved[index.owners],
        pulls=_pulls(index, moved, len(labels)),
        sayings=sayings,
        said=said,
    )


def distance(learned: Learned, examples: Collection[Example]) -> int:
    """How many examples an index lacks or has too many."""
    return len(frozenset(learned.examples) ^ frozenset(examples))


def _labels(index: Index, examples: Iterable[Example]) -> tuple[str, ...]:
    entries = sorted({one.label for one in examples if words(one.text)} - {OUT_OF_SCOPE})
    return (*entries, OUT_OF_SCOPE) if index.outside is not None else tuple(entries)


def _pulls(index: Index, moved: Ints, width: int) -> Singles:
    pulls = np.zeros((len(index.pulls), width + 1), dtype=index.pulls.dtype)
    pulls[:, moved] = index.pulls
    return np.ascontiguousarray(pulls[:, :width])


def _sayings(
    index: Index,
    moved: Ints,
    width: int,
    added: Iterable[Example],
    removed: Iterable[Example],
    column: dict[str, int],
) -> tuple[Keys, Ints]:
    known = dict(zip(index.sayings.tolist(), moved[index.said].tolist(), strict=True))
    gone = {key for key, at in known.items() if at == width}
    gone |= {int(saying(one.text)) for one in removed}
    kept = {key: at for key, at in known.items() if key not in gone}
    for one in sorted(added):
        if not words(one.text) or one.label not in column:
            continue
        key, at = int(saying(one.text)), column[one.label]
        if kept.setdefault(key, at) != at:
            del kept[key]  # said of two entries, it tells neither
    return np.array(list(kept), dtype=np.uint64), np.array(list(kept.values()), dtype=np.int64)
