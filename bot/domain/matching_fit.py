"""From example utterances to the index that matches.

The same examples give the same index, in whatever order they come: nothing here is random.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from json import dumps

import numpy as np

from bot.domain.calibration import ENOUGH_NEGATIVES, OUT_OF_SCOPE_SHARE, Odds, calibrate
from bot.domain.features import (
    PLAIN,
    RICH,
    Ints,
    Meaning,
    Reading,
    Singles,
    Space,
    read,
)
from bot.domain.grams import Keys, saying
from bot.domain.kernel import BETA, FLOOR, RIDGE, Solution, closeness, solve
from bot.domain.matching import OUT_OF_SCOPE, Example, Index, Match, Stray
from bot.domain.telling import HARD_SHARE, MOST_KEPT, emphasis, first_places, telling
from bot.domain.text import words
from bot.errors import InputError

MOST_EXAMPLES = 20_000
"""More would take minutes to fit."""

SHAPE = 3
"""Raised whenever the code makes another index of the same examples, so that no stored one is
taken for it."""

_LARGEST_AUTHOR = 0.6
_TRIED_BOTH_WAYS = 3_000


@dataclass(frozen=True, slots=True)
class _Bank:
    """Examples in order, with their classes."""

    examples: tuple[Example, ...]
    labels: tuple[str, ...]
    classes: Ints

    @property
    def outside(self) -> int | None:
        return len(self.labels) - 1 if self.labels[-1] == OUT_OF_SCOPE else None


def content_key(examples: Iterable[Example], meaning: Meaning | None = None) -> str:
    """A name for the index of these examples, the same in whatever order they come; it changes
    with any example, with the model and with `SHAPE` and the constants of the matcher."""
    looks = [(look.views, look.meaning) for look in (RICH, PLAIN)]
    settings = (SHAPE, looks, HARD_SHARE, BETA, RIDGE, FLOOR, OUT_OF_SCOPE_SHARE, MOST_KEPT)
    model = meaning.digest if meaning else None
    bank = [(one.label, one.text, one.author) for one in _in_order(examples)]
    return sha256(dumps([settings, model, bank]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """An index, the examples that it was made of, and the scores of each when its author is left
    out (where the author is unknown: it alone).

    These come from the one fit. They are a little kinder than fitting anew without each author
    where the weights of grams and the calibration have seen them all, and a little harsher where
    of two texts that say the same only the author's was kept.
    """

    index: Index
    examples: tuple[Example, ...]
    scores: Singles

    def trials(self) -> tuple[tuple[Example, Match], ...]:
        """Each example with what it would come to, had its author been left out."""
        return tuple(
            (one, self.index.judge(row))
            for one, row in zip(self.examples, self.scores, strict=True)
        )

    def strays(self) -> tuple[Stray, ...]:
        """The utterances that do not find their own entry when their author is left out: what a
        bank's editors should look at."""
        labels = [self.index.labels[at] for at in np.argmax(self.scores, axis=1)]
        return tuple(
            Stray(one.text, one.label, found)
            for one, found in zip(self.examples, labels, strict=True)
            if one.label != found
        )


def fit(examples: Iterable[Example], meaning: Meaning | None = None) -> Index:
    """Build the index of a bank, with a model of meaning where there is one.

    Raises InputError when no example is in scope, or when there are more than `MOST_EXAMPLES`.
    """
    return fit_and_try(examples, meaning).index


def fit_and_try(examples: Iterable[Example], meaning: Meaning | None = None) -> Fitted:
    """The same, with what its examples score when they are left out."""
    bank = _bank_of(examples)
    index, scores = _fitted(bank, meaning)
    return Fitted(index, bank.examples, scores)


def examples_in_order(examples: Iterable[Example]) -> tuple[Example, ...]:
    """The examples as they stand in what is fitted of them."""
    # A text without words would be near to nothing, even to itself.
    return tuple(one for one in _in_order(examples) if words(one.text))


def _in_order(examples: Iterable[Example]) -> list[Example]:
    return sorted(set(examples), key=lambda one: (one.label, one.text, one.author))


def _bank_of(examples: Iterable[Example]) -> _Bank:
    bank = examples_in_order(examples)
    labels = tuple(sorted({one.label for one in bank} - {OUT_OF_SCOPE}))
    if not labels:
        raise InputError("The bank has no utterance of an entry, so there is nothing to match.")
    if len(bank) > MOST_EXAMPLES:
        raise InputError(f"The bank has {len(bank)} utterances; at most {MOST_EXAMPLES} fit.")
    if any(one.label == OUT_OF_SCOPE for one in bank):
        labels = (*labels, OUT_OF_SCOPE)
    columns = {label: at for at, label in enumerate(labels)}
    return _Bank(bank, labels, np.array([columns[one.label] for one in bank], dtype=np.int64))


def _fitted(bank: _Bank, meaning: Meaning | None) -> tuple[Index, Singles]:
    """The index, and the scores of every example when its author is held out."""
    reading = _read(bank, meaning)
    kept = telling(reading, bank.classes, bank.outside)
    space = reading.space(kept)
    gram = space.gram_matrix([reading.points[at] for at in kept])
    classes = bank.classes[kept]
    solution = solve(gram, classes, emphasis(classes, len(bank.labels), bank.outside))
    groups = _groups([one.author for one in bank.examples])
    scores = _held_out(reading, space, solution, kept, groups)
    index = Index(
        bank.labels,
        tuple(bank.examples[at].text for at in kept),
        classes,
        space,
        solution.pulls,
        _odds(solution, scores, kept, bank, groups),
        *_sayings(bank),
        meaning,
    )
    return index, scores


def _read(bank: _Bank, meaning: Meaning | None) -> Reading:
    """The texts as points; a bank of a size where it takes no time says itself, by leaving out
    one text after the other, how it is best looked at."""
    texts = [one.text for one in bank.examples]
    meanings = meaning.encode(texts) if meaning else None
    rich = read(texts, meanings)
    if len(texts) > _TRIED_BOTH_WAYS:
        return rich
    plain = read(texts, meanings, PLAIN)
    return max(rich, plain, key=lambda one: first_places(one, bank.classes, bank.outside))


def _sayings(bank: _Bank) -> tuple[Keys, Ints]:
    """The texts as numbers with their classes; a text that stands in two tells neither."""
    keys = np.array([saying(one.text) for one in bank.examples], dtype=np.uint64)
    classes = dict(zip(keys.tolist(), bank.classes.tolist(), strict=True))
    pairs = set(zip(keys.tolist(), bank.classes.tolist(), strict=True))
    found = Counter(key for key, _ in pairs)
    alone = sorted(key for key, count in found.items() if count == 1)
    return np.array(alone, dtype=np.uint64), np.array([classes[one] for one in alone])


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


def _held_out(
    reading: Reading, space: Space, solution: Solution, kept: Ints, groups: Sequence[Ints]
) -> Singles:
    places = np.full(len(reading.points), -1, dtype=np.int64)
    places[kept] = np.arange(len(kept))
    inside = [own for group in groups if len(own := places[group][places[group] >= 0])]
    scores = np.empty((len(reading.points), solution.pulls.shape[1]), dtype=np.float32)
    scores[kept] = solution.held_out(inside)
    for group in groups:
        own, left = places[group][places[group] >= 0], group[places[group] < 0]
        if len(left):
            pulls = solution.without(own) if len(own) else solution.pulls
            near = space.nearness([reading.points[at] for at in left])
            scores[left] = closeness(near) @ pulls
    return scores


def _odds(
    solution: Solution, scores: Singles, kept: Ints, bank: _Bank, groups: Sequence[Ints]
) -> Odds:
    """Calibrate on the texts whose entry still has others when their group is held out."""
    classes, outside, count = bank.classes, bank.outside, len(bank.labels)
    counts = np.bincount(classes, minlength=count)
    supported = np.zeros(len(classes), dtype=bool)
    for group in groups:
        left = counts - np.bincount(classes[group], minlength=count)
        supported[group] = left[classes[group]] > 0
    inside = supported & (classes != outside) if outside is not None else supported
    strangers = scores[classes == outside] if outside is not None else scores[:0]
    entries = count - (outside is not None)
    # Of a single entry nothing is left to score its texts by when it is held out.
    if len(strangers) < ENOUGH_NEGATIVES and entries > 1:
        own = classes[kept]
        alone = solution.held_out([np.flatnonzero(own == at) for at in np.unique(own)])
        strangers = np.vstack([strangers, alone[own < entries]])
    return calibrate(
        scores[inside].astype(np.float64), classes[inside], strangers.astype(np.float64), outside
    )
