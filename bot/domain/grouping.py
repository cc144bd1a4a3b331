"""Which questions ask the same thing: by the features that the matcher reads texts by.

The questions become points as in features.py, weighed by how rare their grams are in the bank;
a gram that the bank does not hold weighs as the rarest, since what nobody could answer is mostly
about things that the bank has no word for.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from bot.domain.features import VIEWS, Reading, Singles, Space, View
from bot.domain.grams import saying
from bot.domain.learning import Group, Wording, group_of, ranked
from bot.domain.matching import Index
from bot.domain.text import words

ALIKE = 0.47
"""Nearness from which on two wordings ask the same. High on purpose: one answer goes to everybody
in a group, and two groups of one question cost a click, while one group of two questions ("can I
bring a dog", "can I bring a calculator") would send somebody the wrong answer."""

_AT_ONCE = 256


def is_known(text: str, index: Index) -> bool:
    """Whether a text stands in the bank word for word, whichever entry it asks for."""
    return bool((index.sayings == saying(text)).any())


def known_as(text: str, index: Index) -> str | None:
    """The entry that a text stands in the bank for, word for word; None for no entry."""
    at = np.flatnonzero(index.sayings == saying(text))
    column = int(index.said[at[0]]) if len(at) else index.outside
    return None if column is None or column == index.outside else index.labels[column]


def groups_of(wordings: Iterable[Wording], index: Index) -> tuple[Group, ...]:
    """The wordings in groups, ranked. Of answers that were voted wrong only those to the same
    entry come together."""
    found: list[Group] = []
    by_entry = sorted(wordings, key=lambda one: one.entry or "")
    for _, part in groupby(by_entry, key=lambda one: one.entry or ""):
        found += _grouped(list(part), index)
    return ranked(found)


def _grouped(wordings: Sequence[Wording], index: Index) -> list[Group]:
    same: dict[int, list[Wording]] = {}
    for one in sorted(wordings, key=lambda w: (-w.people, -w.times, w.turn)):
        same.setdefault(int(saying(one.text)), []).append(one)
    said = list(same.values())
    leaders = leaders_of([part[0].text for part in said], index)
    members: dict[int, list[Wording]] = {}
    for leader, part in zip(leaders, said, strict=True):
        members.setdefault(leader, []).extend(part)
    return [group_of(part) for part in members.values()]


def leaders_of(texts: Sequence[str], index: Index) -> list[int]:
    """For each text the place of the one that stands for its group: the first that is near
    enough, or itself. No group grows beyond what is near its first text."""
    if not texts:
        return []
    near = _nearness(texts, index)
    leaders: list[int] = []
    for at in range(len(texts)):
        own = [one for one in range(at) if leaders[one] == one]
        row = near[at, own]
        best = int(row.argmax()) if own else 0
        leaders.append(own[best] if own and row[best] >= ALIKE else at)
    return leaders


def _nearness(texts: Sequence[str], index: Index) -> Singles:
    views = _views(texts, index)
    meanings = _meanings(texts, index)
    share = index.space.meaning_share if meanings.size else 0.0
    placing = _nothing_in(views)
    points = tuple(placing.locate(text, row) for text, row in zip(texts, meanings, strict=True))
    space = Reading(views, points, share).space(np.arange(len(texts)))
    parts = [space.nearness(points[at : at + _AT_ONCE]) for at in range(0, len(points), _AT_ONCE)]
    near: Singles = np.concatenate(parts)
    return near


def _views(texts: Sequence[str], index: Index) -> tuple[View, ...]:
    """The bank's ways to read a text, over the grams of these texts."""
    documents = [words(text) for text in texts]
    made: list[View] = []
    width = 0
    for view, take in zip(index.space.views, VIEWS, strict=True):
        grams = np.unique(np.concatenate([take(tokens) for tokens in documents]))
        at = view.columns(grams) if len(view.keys) else np.full(len(grams), -1)
        known = view.weights[np.maximum(at - view.offset, 0)] if len(view.keys) else view.unseen
        weights = np.where(at >= 0, known, view.unseen).astype(np.float32)
        made.append(View(view.share, width, grams, weights, view.unseen))
        width += len(grams)
    return tuple(made)


def _meanings(texts: Sequence[str], index: Index) -> Singles:
    if index.meaning is None or not index.space.has_meanings:
        return np.empty((len(texts), 0), dtype=np.float32)
    return index.meaning.encode(list(texts))


def _nothing_in(views: tuple[View, ...]) -> Space:
    """A space without texts: good for placing one."""
    none, nothing = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    empty = np.empty((0, 0), dtype=np.float32)
    return Space(views, none, none, nothing, none, empty, empty, 0.0)
