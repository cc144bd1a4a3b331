"""What somebody says of a course in their own words, as the fields of a ledger entry.

"log 1.5 h communication skills, webinar by ALA on 3 Nov" names hours, category, kind, provider and
day. Read is only what is really said; where two things are said of one field, it stays empty.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_rules import plain
from bot.domain.ledger_amounts import Found, bare_amount, day_spans, names_credits, said_amounts
from bot.domain.ledger_days import DayFault
from bot.domain.ledger_words import LedgerWords
from bot.domain.phrasing import Token, phrase_at, tokens_of
from bot.domain.small_talk import Phrase

LONGEST_READ = 500
LONGEST_TITLE = 150
LONGEST_PROVIDER = 80
_LONGEST_NAME = 9
"""Words of a title that nothing but its place tells from a story."""

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,200})[\"”“»]")
_PAUSE = re.compile(r"[,;:!?\n()–—]|\.(?=\s|$)|\s-\s")
_PROVIDER_ENDS = re.compile(r"[,;:!?\n()–—]|\.(?=\s|$)|\s-\s|\s(?:on|for|about|in|at)\s", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """The fields as they were said; empty or None where nothing was.

    `day_written` is how the day was written where it could not be read for certain. `several` says
    that more than one amount was named, so that none is taken. `credits_written` is an amount of
    credits as it was written, where it was not said of which kind they are.
    """

    day: date | None = None
    day_written: str = ""
    title: str = ""
    provider: str = ""
    amount: Decimal | None = None
    category: str | None = None
    subject: str | None = None
    kind: str | None = None
    several: bool = False
    credits_written: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said that a field could take, a title aside."""
        found = (self.day, self.amount, self.category, self.subject, self.kind)
        return not any((*found, self.provider, self.day_written, self.several))

    @property
    def amount_text(self) -> str:
        """The amount as it stands in a field."""
        if self.amount is None:
            return ""
        return self.credits_written or plain(self.amount)


def read_told(
    text: str,
    words: LedgerWords,
    today: date,
    subjects: Mapping[Phrase, str] | None = None,
) -> Told:
    """What a message says of one course; `subjects` are the names of recertification subjects."""
    reading = _Reading(text[:LONGEST_READ], words)
    quoted = reading.quoted()
    kind = reading.one_of(words.kinds)
    amounts = reading.amounts()
    days = reading.days(today)
    if not amounts:
        amounts = reading.bare()
    day, day_written = _day_of(days)
    category = reading.category()
    subject = reading.one_of(subjects or {})
    provider = reading.provider()
    values = {found.value for found in amounts}
    unclear = None in values or reading.has(words.unsure_amount)
    amount = next(iter(values)) if len(values) == 1 and not unclear else None
    written = next((one.text for one in amounts if one.value == amount), "")
    return Told(
        day=day,
        day_written=day_written,
        title=quoted or reading.title(),
        provider=provider,
        amount=amount if isinstance(amount, Decimal) and amount > 0 else None,
        category=category,
        subject=subject,
        kind=kind,
        several=len(values - {None}) > 1,
        credits_written=written if amount and kind is None and names_credits(written) else "",
    )


def _day_of(found: list[tuple[Found, date | DayFault]]) -> tuple[date | None, str]:
    if not found or any(day != found[0][1] for _, day in found):
        return None, ""
    span, day = found[0]
    return (None, span.text) if isinstance(day, DayFault) else (day, "")


class _Reading:
    """One message; what has been read of it is blanked, so that nothing is read twice.

    `soft` is what was read and may still be part of a title.
    """

    def __init__(self, text: str, words: LedgerWords) -> None:
        self.words = words
        self.left = text
        self.soft: list[tuple[int, int]] = []

    def quoted(self) -> str:
        found = _QUOTED.search(self.left)
        if found is None:
            return ""
        self._take(found.start(), found.end())
        return " ".join(found[1].split()).rstrip(",.")

    def amounts(self) -> list[Found]:
        return self._all_taken(list(said_amounts(self.left)))

    def days(self, today: date) -> list[tuple[Found, date | DayFault]]:
        found = list(day_spans(self.left, today))
        self._all_taken([span for span, _ in found])
        return found

    def bare(self) -> list[Found]:
        """A number alone, where it stands first and what follows leaves no doubt what it counts."""
        found = bare_amount(self.left, self._begins, self._is_category)
        return self._all_taken([found] if found else [])

    def has(self, known: frozenset[Phrase]) -> bool:
        tokens = tokens_of(self.left)
        return any(phrase_at(tokens, at, known) for at in range(len(tokens)))

    def one_of(self, meanings: Mapping[Phrase, str]) -> str | None:
        """What the phrases in the text stand for, if it is one thing."""
        found = list(_phrases(self.left, meanings))
        self.soft += [(start, end) for start, end, _ in found]
        meant = {name for _, _, name in found}
        return next(iter(meant)) if len(meant) == 1 else None

    def category(self) -> str | None:
        found = list(_phrases(self.left, self.words.categories))
        if self.left != self.left.upper():
            found += [
                (*at.span(), name)
                for word, name in self.words.in_capitals.items()
                for at in re.finditer(rf"\b{re.escape(word)}\b", self.left)
            ]
        self.soft += [(start, end) for start, end, _ in found]
        meant = {name for _, _, name in found}
        return next(iter(meant)) if len(meant) == 1 else None

    def provider(self) -> str:
        tokens = tokens_of(self.left)
        for at in range(len(tokens)):
            if length := phrase_at(tokens, at, self.words.provider_after):
                following = at + length
                if following < len(tokens) and not phrase_at(
                    tokens, following, self.words.never_provider
                ):
                    return self._provider_from(tokens[at], tokens[at + length].start)
            elif length := phrase_at(tokens, at, self.words.providers):
                before = at > 0 and phrase_at(tokens, at - 1, self.words.provider_near) == 1
                kinds = frozenset(self.words.kinds) | self.words.plain
                if before or phrase_at(tokens, at + length, kinds):
                    first = tokens[at - 1] if before else tokens[at]
                    return self._taken_text(
                        first.start, tokens[at].start, tokens[at + length - 1].end
                    )
        return ""

    def _provider_from(self, lead: Token, start: int) -> str:
        end = _PROVIDER_ENDS.search(self.left, start)
        stop = min(end.start() if end else len(self.left), start + LONGEST_PROVIDER)
        blank = self.left.find("\0", start, stop)
        return self._taken_text(lead.start, start, stop if blank < 0 else blank)

    def title(self) -> str:
        """The first part of what is left that says more than how a course is recorded."""
        for start, end in self._parts():
            tokens = self._framed(start, end)
            if self._is_title(tokens, start, end):
                first, last = tokens[0].start, tokens[-1].end
                while first > start and not self.left[first - 1].isspace():
                    first -= 1
                while last < end and not self.left[last].isspace():
                    last += 1
                return " ".join(self.left[first:last].split())[:LONGEST_TITLE]
        return ""

    def _is_title(self, tokens: list[Token], start: int, end: int) -> bool:
        """Whether a part names a course: a few words beside what was read, or with a word for a
        course among them, that say something and tell no story."""
        if not 0 < len(tokens) <= _LONGEST_NAME or not self._says_something(tokens):
            return False
        if any(phrase_at(tokens, at, self.words.never_in_title) for at in range(len(tokens))):
            return False
        beside = self.left[start - 1 : start] in ("\0", ":")
        named = any(phrase_at([token], 0, self.words.plain) for token in tokens)
        return beside or named or any(start <= at < end for at, _ in self.soft)

    def _parts(self) -> Iterator[tuple[int, int]]:
        at = 0
        for pause in re.finditer(rf"\0+(?:['’]s\b)?|{_PAUSE.pattern}", self.left):
            yield at, pause.start()
            at = pause.end()
        yield at, len(self.left)

    def _framed(self, start: int, end: int) -> list[Token]:
        """The words of a part without what frames them."""
        part = tokens_of(self.left[start:end])
        tokens = [Token(one.word, one.start + start, one.end + start) for one in part]
        while tokens and (length := phrase_at(tokens, 0, self.words.framing)):
            tokens = tokens[length:]
        while tokens and (length := _ending(tokens, self.words.framing)):
            tokens = tokens[:-length]
        return tokens

    def _says_something(self, tokens: list[Token]) -> bool:
        known = self.words.framing | self.words.plain
        return any(
            not phrase_at([token], 0, known) and not token.word.isdecimal()
            for token in tokens
            if not any(start <= token.start < end for start, end in self.soft)
        )

    def _begins(self, end: int) -> bool:
        """Whether nothing but framing words stands before a place."""
        return not self._framed(0, end)

    def _is_category(self, rest: str) -> bool:
        tokens = tokens_of(rest)
        capitals = any(
            re.match(rf"\W*{re.escape(word)}\b", rest) for word in self.words.in_capitals
        )
        return capitals or bool(phrase_at(tokens, 0, frozenset(self.words.categories)))

    def _all_taken(self, found: list[Found]) -> list[Found]:
        for span in found:
            self._take(span.start, span.end)
        return found

    def _taken_text(self, start: int, shown: int, end: int) -> str:
        text = " ".join(self.left[shown:end].split()).strip(" ,.\0")
        self._take(start, end)
        return text

    def _take(self, start: int, end: int) -> None:
        self.left = self.left[:start] + "\0" * (end - start) + self.left[end:]


def _phrases(text: str, meanings: Mapping[Phrase, str]) -> Iterator[tuple[int, int, str]]:
    """Each phrase that stands in a text, the longest first, and what it stands for."""
    tokens, known, at = tokens_of(text), frozenset(meanings), 0
    while at < len(tokens):
        length = phrase_at(tokens, at, known)
        if length:
            phrase = tuple(token.word for token in tokens[at : at + length])
            yield tokens[at].start, tokens[at + length - 1].end, meanings[phrase]
        at += length or 1


def _ending(tokens: list[Token], known: frozenset[Phrase]) -> int:
    """How many words at the end are a phrase of `known`."""
    for start in range(max(0, len(tokens) - 6), len(tokens)):
        if phrase_at(tokens, start, known) == len(tokens) - start:
            return len(tokens) - start
    return 0
