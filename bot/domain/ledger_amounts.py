"""Where a message names hours or credits, and where a day."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_numbers import NumberFault, read_number
from bot.domain.ledger_days import DayFault, read_day

_TOKEN = re.compile(r"[^\s\0]+")
_UNIT = re.compile(r"(?:hours?|hrs?|h|minutes?|mins?|credits?)\W*", re.I)
_GLUED = re.compile(r"[\d½¼¾.,]+(?:hours?|hrs?|h|minutes?|mins?|m)\W*", re.I)
_SHORT_MINUTES = re.compile(r"(?<=\d)m\b", re.I)
_CLOCK = re.compile(
    r"(?P<hours>\d{1,3})\s?(?:hours?|hrs?|h|:)\s?(?P<minutes>[0-5]\d)(?:\s?(?:hours?|hrs?|h|min))?"
)
_CREDITS = re.compile(
    r"(?P<number>.+?)\s*(?:(?:semester|quarter|college|cle|cpe|ce|ala|clm)\s+)?"
    r"(?:credit hours?|credits?|(?<=semester )hours?|(?<=quarter )hours?)",
    re.I,
)
_BARE_CREDITS = re.compile(
    r"(?<!cle )(?<!cpe )(?<!ce )(?<!ala )(?<!clm )\b(?:credits?|(?:semester|quarter) hours?)\b",
    re.I,
)
_FILLER = re.compile(
    r"\b(?:contact|full|whole|solid|good|long|educational|education|cle|cpe)\s+(?=hours?\b|hrs?\b)",
    re.I,
)
_STARTS = re.compile(r"[.,]?[\d½¼¾]|(?:an?|half|quarter)\b", re.I)
_AFTER = re.compile(r"\W*(?:ago|later|before|from now)\b", re.I)
_LONGEST_AMOUNT = 7
_LONGEST_DAY = 5
_BEGINNING = 12
"""Words among which a bare number stands first."""
_TRAILING = ".,;:!?)]\"'”’"
_DAY_LIKE = re.compile(
    r"\d{4}[-/.]\d|\d{1,2}\.\s?\d{1,2}\.|\d{1,2}[/]\d{1,2}|\d{1,2}-\d{1,2}-\d{2}|"
    r"\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:day|week|month|year)s? ago\b|\blast (?:week|month|year)\b|"
    r"\b(?:to|yester)day\b|\btomorrow\b|\byday\b|"
    r"\b(?:this (?:morning|afternoon|evening)|tonight)\b|"
    r"(?:\d\W*|\b)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d|"
    r"\d.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    r"\b(?:mon|tue|tues|wednes|thu|thur|thurs|fri|satur|sun)(?:day)?\b|"
    r"\b(?:on|last|this) (?:sat|sun|wed)\b",
    re.I,
)
_NO_DAY = re.compile(r"(?:sun|sat|wed)", re.I)
_NO_SPAN = frozenset({"day_not_read", "day_several", "day_whole_month"})
"""Faults that do not say for certain that a day was meant: `May 2026` can be part of a title."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a message: the text there, and the amount; None where it cannot be told."""

    start: int
    end: int
    text: str
    value: Decimal | None = None


def read_amount(written: str, *, credits: bool = False) -> Decimal | NumberFault | None:
    """Hours as they stand in a field (`1.5`, `1,5`, `90 minutes`, `1h30`), or a number of credits.

    None where nothing is written.
    """
    text = _SHORT_MINUTES.sub(" minutes", _FILLER.sub("", " ".join(written.split())))
    if found := _CREDITS.fullmatch(text):
        text = found["number"]
    elif clock := _CLOCK.fullmatch(text.casefold()):
        text = f"{clock['hours']} hours {clock['minutes']} minutes"
    return read_number(text, None if credits else "hours")


def names_credits(written: str) -> bool:
    """Whether an amount is in credits that are no hours; a CLE credit or the like is an hour."""
    return bool(_BARE_CREDITS.search(" ".join(written.split())))


def said_amounts(text: str) -> Iterator[Found]:
    """Every number in a text that has its unit, the longest reading first."""
    tokens = [(one.start(), one.end()) for one in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        length, value = _longest_amount(text, tokens[at : at + _LONGEST_AMOUNT])
        if length:
            start, end = tokens[at][0], _trimmed(text, tokens[at + length - 1])
            if not _AFTER.match(text, end):
                yield Found(start, end, text[start:end], value)
        at += length or 1


def _longest_amount(text: str, tokens: list[tuple[int, int]]) -> tuple[int, Decimal | None]:
    """How many tokens from the first on are an amount with its unit; 0 if none."""
    if not _is_number(text[slice(*tokens[0])]):
        return 0, None
    for length in range(len(tokens), 0, -1):
        start, end = tokens[0][0], _trimmed(text, tokens[length - 1])
        words = [text[first:last] for first, last in tokens[:length]]
        if not any(map(_has_unit, words)):
            continue
        read = read_amount(text[start:end].replace("\0", " "))
        if isinstance(read, Decimal):
            return length, read
        if isinstance(read, NumberFault) and read.key != "number_not_read" and _is_unit(words[-1]):
            return length, None
    return 0, None


def _is_number(word: str) -> bool:
    """Whether an amount can begin with a word."""
    word = word.rstrip(_TRAILING)
    return bool(_STARTS.match(word)) or isinstance(read_number(word, None), Decimal)


def _has_unit(word: str) -> bool:
    return _is_unit(word) or bool(_CLOCK.fullmatch(word.rstrip(_TRAILING).casefold()))


def _is_unit(word: str) -> bool:
    return bool(_UNIT.fullmatch(word) or _GLUED.fullmatch(word))


def bare_amount(
    text: str, begins: Callable[[int], bool], is_category: Callable[[str], bool]
) -> Found | None:
    """A number without a unit at the beginning, before a pause, a category or the end."""
    tokens = [(one.start(), one.end()) for one in _TOKEN.finditer(text)]
    for at in range(min(len(tokens), _BEGINNING)):
        for length in (4, 1):
            if (
                at + length > len(tokens)
                or "\0" in text[tokens[at][0] : tokens[at + length - 1][1]]
            ):
                continue
            start, end = tokens[at][0], _trimmed(text, tokens[at + length - 1])
            read = read_number(text[start:end], None)
            if (
                isinstance(read, Decimal)
                and begins(start)
                and (read % 1 or _ends(text, end, is_category))
            ):
                return Found(start, end, text[start:end], read)
    return None


def _ends(text: str, end: int, is_category: Callable[[str], bool]) -> bool:
    rest = text[end:].lstrip()
    if not rest or rest[0] in ",;:.\0":
        return True
    return is_category(re.sub(r"^(?:in|of|for)\s+", "", rest))


def day_spans(text: str, today: date) -> Iterator[tuple[Found, date | DayFault]]:
    """Every day that a text names, also one that cannot be told for certain."""
    tokens = [(one.start(), one.end()) for one in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_DAY, len(tokens) - at), 0, -1):
            start, end = tokens[at][0], _trimmed(text, tokens[at + length - 1], day=True)
            found = _day_in(text[start:end], today)
            if found is not None and "\0" not in text[start:end]:
                yield Found(start, end, text[start:end]), found
                break
        else:
            length = 1
        at += length


def _day_in(text: str, today: date) -> date | DayFault | None:
    text = re.sub(r"['’]s$", "", text)
    if not _DAY_LIKE.search(text) or _NO_DAY.fullmatch(text):
        return None
    found = read_day(text, today)
    unread = isinstance(found, DayFault) and found.key in _NO_SPAN
    return None if unread else found


def _trimmed(text: str, token: tuple[int, int], *, day: bool = False) -> int:
    """The end of a token without what closes it; a day may end in a full stop: 3.11."""
    start, end = token
    closing = _TRAILING.replace(".", "") if day else _TRAILING
    while end > start and text[end - 1] in closing:
        end -= 1
    return end
