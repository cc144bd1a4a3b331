"""Sentences and list lines of copy: which values each rests on, and saying a text without some."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.domain.copy import Values, closed_up, fill, pieces

MARK = "\ue000"
"""Stands in for a value while it is looked for which sentence says it."""

_BLOCK = re.compile(
    r"^- .*(?:\n[ \t]+\S.*)*|^(?!- )[ \t]*\S.*(?:\n(?!- )[ \t]*\S.*)*", re.MULTILINE
)
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*(?=\s+[^\sa-z])")
# "8700 W. Bryn Mawr Ave., Suite" and "by e.g. ALA" go on after their full stop.
_GOES_ON = re.compile(r"(?:\b[A-Z]|\b(?:Ave|St|Dr|Mr|Ms|Mrs|No|Inc|vs|e\.g|i\.e|approx))\.$")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sentence or a list line stands in a text."""

    start: int
    end: int
    is_item: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list line as it is read, and the names of the values that it rests on."""

    text: str
    names: frozenset[str]


def spans(text: str) -> Iterator[Span]:
    """Every sentence and list line, in order. A list line is `- ` and what is indented below it."""
    for block in _BLOCK.finditer(text):
        if block.group().startswith("- "):
            yield Span(block.start(), block.end(), is_item=True)
        else:
            yield from _sentences(text, block.start(), block.end())


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _END.finditer(text, start, end):
        if found.end() >= end or _GOES_ON.search(text[start : found.end()]):
            continue
        yield Span(start, found.end(), is_item=False)
        start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if start < end:
        yield Span(start, end, is_item=False)


def sentences(template: str, values: Values) -> tuple[Sentence, ...]:
    """The finished text by its sentences. Raises KeyError as `fill` does."""
    found = pieces(template, values)
    text = "".join(piece.text for piece in found)
    regions, at = [], 0
    for piece in found:
        regions.append((at, at + len(piece.text), piece.names))
        at += len(piece.text)
    return tuple(
        Sentence(
            text[span.start : span.end],
            frozenset(
                name
                for start, end, names in regions
                if start < span.end and span.start < end
                for name in names
            ),
        )
        for span in spans(text)
    )


def saying(template: str, values: Values, name: str) -> tuple[str, ...]:
    """The sentences that say the value `name` itself, finished but with MARK in its place."""
    text = fill(template, {**values, name: MARK})
    shown = (text[span.start : span.end] for span in spans(text))
    return tuple(sentence for sentence in shown if MARK in sentence)


def without(template: str, values: Values, names: Collection[str], notice: str) -> str:
    """The finished text without the values `names`.

    A passage takes its other words, a placeholder its fallback; a sentence or list line that has
    neither gives way to `notice`, which is said once.
    """
    text = fill(template, {**values, **dict.fromkeys(names)}, MARK)
    parts, at, told = [], 0, False
    for span in spans(text):
        if MARK not in text[span.start : span.end]:
            continue
        instead = "" if told else f"- {notice}" if span.is_item else notice
        parts += [text[at : span.start], instead]
        at, told = span.end, True
    return "".join(closed_up([*parts, text[at:]])).strip()
