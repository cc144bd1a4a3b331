"""What somebody says of themselves in a question, as the answers that the check would put.

Read is only what is said plainly: in a part of the message that is about oneself, and before any
word of doubt in it. Two facts that contradict one another are both left out. Nothing of this is an
answer until the member has sent it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from bot.domain.eligibility_dialog import still_valid
from bot.domain.eligibility_numbers import read_number
from bot.domain.eligibility_questions import NUMBERS, Answers, Dialog
from bot.domain.eligibility_rules import plain
from bot.domain.fact_words import Beside, ChoiceWords, FactWords
from bot.domain.phrasing import Token, phrase_at, tokens_of
from bot.domain.small_talk import Phrase

_CLAUSE = re.compile(r"[.?!…;,:()\n]+(?=\s|$)|\s[-–—]\s")
_LONGEST_NUMBER = 5
_LONGEST_BEFORE = 4
_MOST_BETWEEN = 2
"""Words that may stand between a fact and what must stand before it: "I'm a litigation ..."."""
_BARE = 5
"""Words of a part that may be nothing but a number with its unit."""

Fact = tuple[str, str]
"""A question of the dialog, and its answer."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a message, between two pauses."""

    text: str
    tokens: tuple[Token, ...]

    def has(self, known: frozenset[Phrase]) -> bool:
        """Whether a phrase of `known` stands in it."""
        return any(phrase_at(self.tokens, at, known) for at in range(len(self.tokens)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase of a question's choices: its first word, the word after it, and what it says."""

    start: int
    end: int
    words: ChoiceWords
    value: str

    @property
    def facts(self) -> tuple[Fact, ...]:
        return ((self.words.question, self.value), *self.words.implies)


def read_facts(text: str, words: FactWords, dialog: Dialog) -> Answers:
    """The answers that a message gives to questions of the dialog; empty where it gives none."""
    parts = [part for clause in _CLAUSE.split(text) for part in _divided(clause, words)]
    if not any(part.has(words.oneself) for part in parts):
        return {}
    somebody_else = any(part.has(words.others) for part in parts)
    own = [
        part
        for part in parts
        if not part.has(words.others) and (part.has(words.oneself) or not somebody_else)
    ]
    told = [list(_choices(part, words)) for part in own]
    everywhere = {question for facts in told for question, _ in facts}
    for part, facts in zip(own, told, strict=True):
        here = {question for question, _ in facts}
        is_bare = len(part.tokens) <= _BARE
        facts += _numbers(part, words, here | everywhere if is_bare else here)
    return still_valid(_agreed([fact for facts in told for fact in facts]), dialog)


def _divided(clause: str, words: FactWords) -> Iterator[_Part]:
    """A clause, divided before each "and I", "but my" and the like."""
    tokens, begun = tokens_of(clause), 0
    for at in range(1, len(tokens)):
        length = phrase_at(tokens, at, words.dividers)
        if length and phrase_at(tokens, at + length, words.oneself | words.others):
            yield _part(clause, tokens[begun:at])
            begun = at
    if tokens:
        yield _part(clause, tokens[begun:])


def _part(clause: str, tokens: Sequence[Token]) -> _Part:
    start = tokens[0].start
    moved = tuple(Token(one.word, one.start - start, one.end - start) for one in tokens)
    return _Part(clause[start : tokens[-1].end], moved)


def _agreed(found: Collection[Fact]) -> dict[str, str]:
    """One value for each question; none where two were read."""
    by_question = groupby(sorted(set(found)), key=lambda fact: fact[0])
    values = {question: [value for _, value in facts] for question, facts in by_question}
    return {question: told[0] for question, told in values.items() if len(told) == 1}


def _choices(part: _Part, words: FactWords) -> Iterator[Fact]:
    """The choices that a part says; first those that need nothing beside them."""
    said = [one for choice in words.choices for one in _phrases(part, choice, words)]
    doubt = _doubt(part, words, said)
    sure = [one for one in said if one.start < doubt]
    plainly = [one for one in sure if one.words.beside == Beside()]
    questions = {question for one in plainly for question, _ in one.facts}
    for one in sure:
        if _stands_beside(part, one.words.beside, questions):
            yield from one.facts


def _phrases(part: _Part, choice: ChoiceWords, words: FactWords) -> Iterator[_Said]:
    tokens, known, at = part.tokens, frozenset(choice.says), 0
    while at < len(tokens):
        end = at + phrase_at(tokens, at, known)
        if end > at and _is_led_to(tokens, at, end, choice, words):
            phrase = tuple(token.word for token in tokens[at:end])
            yield _Said(at, end, choice, choice.says[phrase])
        at = max(end, at + 1)


def _is_led_to(
    tokens: Sequence[Token], start: int, end: int, choice: ChoiceWords, words: FactWords
) -> bool:
    """Whether what stands around a phrase makes it a fact: "I'm the ...", but not "ask my ..."."""
    if not choice.after:
        return True
    if start == 0 and choice.begins:
        return end == len(tokens) or bool(phrase_at(tokens, end, choice.begins))
    for at in range(start, max(-1, start - _MOST_BETWEEN - 1), -1):
        if _stands_before(tokens, at, choice.after):
            return True
        if at and phrase_at(tokens, at - 1, words.breaks):
            return False
    return False


def _stands_before(tokens: Sequence[Token], end: int, known: frozenset[Phrase]) -> bool:
    places = range(max(0, end - _LONGEST_BEFORE), end)
    return any(phrase_at(tokens[:end], start, known) == end - start for start in places)


def _stands_beside(part: _Part, beside: Beside, questions: Collection[str]) -> bool:
    if beside == Beside():
        return True
    return part.has(beside.phrases) or not beside.facts.isdisjoint(questions)


def _doubt(part: _Part, words: FactWords, said: Collection[_Said]) -> int:
    """Where doubt begins, words that belong to a fact ("not exempt") left aside."""
    taken = {at for one in said for at in range(one.start, one.end)}
    places = range(len(part.tokens))
    found = (at for at in places if at not in taken and phrase_at(part.tokens, at, words.doubts))
    return next(found, len(part.tokens))


def _numbers(part: _Part, words: FactWords, questions: Collection[str]) -> Iterator[Fact]:
    doubt = _doubt(part, words, ())
    for number in words.numbers:
        if not _stands_beside(part, number.beside, questions):
            continue
        for at in range(1, min(doubt + 1, len(part.tokens))):
            length = phrase_at(part.tokens, at, number.units)
            start, value = _number_before(part, at, NUMBERS[number.question])
            if length and value is not None and not _is_spoiled(part, start, at, length, words):
                yield number.question, plain(value)


def _number_before(part: _Part, at: int, unit: str) -> tuple[int, Decimal | None]:
    """The number that ends before the word `at`, and the word with which it begins: the longest
    that can be read, without the words before it that do not change it ("I have five")."""
    found: tuple[int, Decimal | None] = (at, None)
    for start in range(max(0, at - _LONGEST_NUMBER), at):
        value = _number(part, start, at, unit)
        if value is not None and found[1] in (None, value):
            found = (start, value)
    return found


def _number(part: _Part, start: int, at: int, unit: str) -> Decimal | None:
    tokens = part.tokens
    written = part.text[tokens[start].start : tokens[at].start].strip(" +*_")
    for form in (f"{written} {tokens[at].word}", written):
        read = read_number(form, unit)
        if isinstance(read, Decimal):
            return read
    return None


def _is_spoiled(part: _Part, start: int, at: int, length: int, words: FactWords) -> bool:
    """Whether the words around a number make it another one ("2 years ago", "3 to 4 years"), or
    another number in this part has lost its unit ("10 years in IT and 2 as HR manager")."""
    tokens = part.tokens
    if phrase_at(tokens, at + length, words.spoiled_after):
        return True
    elliptic = any(
        phrase_at(tokens, other + 1, words.elliptic)
        for other, token in enumerate(tokens)
        if not start <= other < at and isinstance(read_number(token.word, None), Decimal)
    )
    return elliptic or _stands_before(tokens, start, words.spoiled_before)
