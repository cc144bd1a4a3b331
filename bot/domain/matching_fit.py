"""From example utterances to the index that matches.

The same examples give the same index, in whatever order they come: nothing here is random.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from json import dumps

import numpy as np

from bot.domain.calibration import ENOUGH_NEGATIVES, OUT_OF_SCOPE_SHARE, Odds, calibrate
from bot.domain.features import LONGEST, SHORTEST, WORD_SHARE, Floats, Ints, build
from bot.domain.kernel import BETA, FLOOR, RIDGE, Solution, solve
from bot.domain.matching import OUT_OF_SCOPE, Example, Index
from bot.domain.text import words
from bot.errors import InputError

MOST_EXAMPLES = 12_000
"""More would need over a gigabyte of memory and minutes to fit."""

SHAPE = 1
"""Raised whenever the code makes another index of the same examples, so that no stored one is
taken for it."""

_LARGEST_AUTHOR = 0.6


def content_key(examples: Iterable[Example]) -> str:
    """A name for the index of these examples, the same in whatever order they come; it changes
    with any example and with `SHAPE` and the constants of the matcher."""
    settings = (SHAPE, SHORTEST, LONGEST, WORD_SHARE, BETA, RIDGE, FLOOR, OUT_OF_SCOPE_SHARE)
    bank = [(one.label, one.text, one.author) for one in _in_order(examples)]
    return sha256(dumps([settings, bank]).encode()).hexdigest()[:32]


def fit(examples: Iterable[Example]) -> Index:
    """Build the index of a bank.

    Raises InputError when no example is in scope, or when there are more than `MOST_EXAMPLES`.
    """
    # A text without words would be near to nothing, even to itself.
    bank = [one for one in _in_order(examples) if words(one.text)]
    labels = tuple(sorted({one.label for one in bank} - {OUT_OF_SCOPE}))
    if not labels:
        raise InputError("The bank has no utterance of an entry, so there is nothing to match.")
    if len(bank) > MOST_EXAMPLES:
        raise InputError(f"The bank has {len(bank)} utterances; at most {MOST_EXAMPLES} fit.")
    if any(one.label == OUT_OF_SCOPE for one in bank):
        labels = (*labels, OUT_OF_SCOPE)
    columns = {label: at for at, label in enumerate(labels)}
    classes = np.array([columns[one.label] for one in bank], dtype=np.int64)
    space, points = build([one.text for one in bank])
    gram = space.gram_matrix(points)
    del points  # The next step holds the most memory; these are no longer needed.
    solution = solve(gram, classes, _emphasis(classes, labels))
    groups = _groups([one.author for one in bank])
    held_out = solution.held_out(groups)
    return Index(
        labels,
        tuple(one.text for one in bank),
        classes,
        np.argmax(held_out, axis=1),
        space,
        solution.pulls,
        _odds(solution, held_out, classes, groups, labels),
    )


def _in_order(examples: Iterable[Example]) -> list[Example]:
    return sorted(set(examples), key=lambda one: (one.label, one.text, one.author))


def _emphasis(classes: Ints, labels: Sequence[str]) -> Floats:
    """Entries weigh alike; the out-of-scope class as many entries as its texts would fill."""
    counts = np.bincount(classes, minlength=len(labels))
    emphasis = np.ones(len(labels))
    if labels[-1] == OUT_OF_SCOPE:
        emphasis[-1] = max(1.0, float(counts[-1] / counts[:-1].mean()))
    return emphasis


def _groups(authors: Sequence[str]) -> list[Ints]:
    """Texts that are held out together: an author's, because one's own other wordings tell too
    little about strangers; one by one where the author is unknown or has written most of it."""
    limit = _LARGEST_AUTHOR * len(authors)
    order = sorted(range(len(authors)), key=lambda at: (authors[at], at))
    groups: list[Ints] = []
    for author, run in groupby(order, key=lambda at: authors[at]):
        own = np.array(list(run), dtype=np.int64)
        together = author and len(own) <= limit
        groups += [own] if together else list(own[:, None])
    return groups


def _odds(
    solution: Solution,
    held_out: Floats,
    classes: Ints,
    groups: Sequence[Ints],
    labels: Sequence[str],
) -> Odds:
    """Calibrate on the texts whose entry still has others when their group is held out."""
    outside = len(labels) - 1 if labels[-1] == OUT_OF_SCOPE else None
    counts = np.bincount(classes, minlength=len(labels))
    supported = np.zeros(len(classes), dtype=bool)
    for group in groups:
        left = counts - np.bincount(classes[group], minlength=len(labels))
        supported[group] = left[classes[group]] > 0
    inside = supported & (classes != outside) if outside is not None else supported
    strangers = held_out[classes == outside] if outside is not None else held_out[:0]
    entries = len(labels) - (outside is not None)
    # Of a single entry nothing is left to score its texts by when it is held out.
    if len(strangers) < ENOUGH_NEGATIVES and entries > 1:
        alone = solution.held_out([np.flatnonzero(classes == at) for at in range(len(labels))])
        strangers = np.vstack([strangers, alone[classes < entries]])
    return calibrate(held_out[inside], classes[inside], strangers, outside)
