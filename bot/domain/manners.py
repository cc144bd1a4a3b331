"""What stands around a decision: what a message quotes, names or tells besides its question.

`parts_of` says what of a message is matched, `weighed` declines what the match must not answer,
and `beside` gives the sentences that go with the reply. `beside` needs nothing but the text and
the outcome, so a turn that is shown again says the same without anything more being stored.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.faq import Decision, Outcome
from bot.domain.own_words import NO_OWN_WORDS, OwnWords, quoted_in
from bot.domain.pleasantries import without_pleasantries
from bot.domain.remarks import NO_REMARKS, Kind, Remarks, kinds_of
from bot.domain.strangers import NO_STRANGERS, Strangers, stranger_in
from bot.domain.text import words

LONGEST_QUESTION = 4_000
"""Characters. Of a text of this length or more only both ends are read."""

_END_WORDS = 60
_GAP = " … "
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_LINK = re.compile(r"https?://\S|\bwww\.\S")
_MARK = re.compile(r"[{}\[\]=<>\\|$#`_]|\w\(|\);|->|//")
_MARKS_AT_LEAST = 8
_MARKS_SHARE = 0.12
"""So many signs of code, and this share of all that is not a space: prose stays far below."""
_TRACE = re.compile(r"Traceback \(most recent call|\bat [\w.$]+\([\w.]+:\d+\)")


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said of a message's form: too long to be understood, long and read at both ends,
    only a link, only code."""

    too_long: str = ""
    read_ends: str = ""
    only_link: str = ""
    code: str = ""


NO_SENTENCES = Sentences()


@dataclass(frozen=True, slots=True)
class Manners:
    """All that a message is looked through for; nothing is found with the empty one."""

    strangers: Strangers = NO_STRANGERS
    remarks: Remarks = NO_REMARKS
    own: OwnWords = NO_OWN_WORDS
    sentences: Sentences = NO_SENTENCES


NO_MANNERS = Manners()


@dataclass(frozen=True, slots=True)
class Beside:
    """The sentences around a reply, empty where none: `remark` is its first line, `instead`
    stands in place of "I don't know"."""

    remark: str = ""
    instead: str = ""


def shortened(text: str) -> str:
    """A text of at most `LONGEST_QUESTION` characters: of a longer one the beginning and the end.
    What comes out of a longer one has exactly that length, by which it is known again."""
    if len(text) <= LONGEST_QUESTION:
        return text
    half = (LONGEST_QUESTION - len(_GAP)) // 2
    return text[: LONGEST_QUESTION - len(_GAP) - half] + _GAP + text[-half:]


def is_long(text: str) -> bool:
    """Whether only both ends of a text are read."""
    return len(text) >= LONGEST_QUESTION


def parts_of(text: str, question: str, manners: Manners) -> tuple[str, ...]:
    """What of a message is matched, in the order in which it is tried: both ends of a long one,
    what stands beside a quotation of the bot, else the question in it, without greeting, thanks
    and other friendly words."""
    if is_long(text):
        return _ends(text)
    quoted = quoted_in(question, manners.own)
    asked = quoted.beside or question if quoted else question
    return (without_pleasantries(asked, manners.remarks.pleasantries),)


def _ends(text: str) -> tuple[str, ...]:
    """The last question of the end, the end, and the beginning: people end with what they want."""
    read = text.split()
    end, beginning = " ".join(read[-_END_WORDS:]), " ".join(read[:_END_WORDS])
    asked = [one for one in _SENTENCE.split(end) if one.endswith("?")]
    return (*asked[-1:], end, beginning)


def first_shown(parts: tuple[str, ...], decide: Callable[[str], Decision]) -> Decision:
    """The decision on the first part that is answered, else on the first part."""
    decisions = [decide(part) for part in parts]
    shown = (one for one in decisions if one.outcome in ("answer", "action"))
    return next(shown, decisions[0])


def weighed(text: str, decision: Decision, manners: Manners) -> Decision:
    """The decision with what goes beside it, declined where the text must not be answered so."""
    if decision.outcome != "chat":
        allowed = _allowed(text, manners)
        if allowed is not None:
            decision = _limited(decision, allowed)
        elif _asks_nothing(text, decision, manners):
            decision = _declined(decision)
    said = beside(text, decision.outcome, manners)
    return replace(decision, remark=said.remark, instead=said.instead)


def beside(text: str, outcome: Outcome, manners: Manners) -> Beside:
    """The sentences that go with a reply of this outcome to this text."""
    if outcome == "chat":
        only_link = not words(text) and _LINK.search(text)
        return Beside(remark=manners.sentences.only_link if only_link else "")
    kinds = kinds_of(text, manners.remarks)
    if outcome == "unknown":
        return _beside_unknown(text, kinds, manners)
    first = next((kind.first for kind in kinds if kind.first), "")
    return Beside(remark=first or (manners.sentences.read_ends if is_long(text) else ""))


def _beside_unknown(text: str, kinds: tuple[Kind, ...], manners: Manners) -> Beside:
    """Trouble gets its kind sentence first, even where another one says what the bot cannot do."""
    trouble = [kind for kind in kinds if kind.only is None]
    advice = (kind.alone for kind in kinds if kind.only is not None)
    first = next((kind.first for kind in trouble if kind.first), "")
    if instead := _what_it_is(text, manners) or next(advice, ""):
        return Beside(first, instead)
    alone = next((kind.alone for kind in trouble if kind.alone), "")
    return Beside("" if alone else first, alone)


def _what_it_is(text: str, manners: Manners) -> str:
    """What a text is that the bot cannot answer: far too long, code, its own words, a stranger."""
    if is_long(text):
        return manners.sentences.too_long
    if is_code(text):
        return manners.sentences.code
    if quoted := quoted_in(text, manners.own):
        return quoted.sentence
    return stranger_in(text, manners.strangers) or ""


def _allowed(text: str, manners: Manners) -> frozenset[str] | None:
    """The entries that may be shown to a text that names a stranger or asks for advice that is
    not the bot's to give; None where every entry may."""
    limits = [kind.only for kind in kinds_of(text, manners.remarks) if kind.only is not None]
    if stranger_in(text, manners.strangers):
        limits.append(manners.strangers.about)
    return frozenset.intersection(*limits) if limits else None


def _limited(decision: Decision, allowed: frozenset[str]) -> Decision:
    """The decision, or as much of it as is allowed."""
    if decision.outcome == "clarify":
        choices = tuple(choice for choice in decision.choices if choice in allowed)
        return replace(decision, choices=choices) if choices else _declined(decision)
    is_shown = decision.outcome in ("answer", "action")
    return decision if is_shown and decision.entry in allowed else _declined(decision)


def _asks_nothing(text: str, decision: Decision, manners: Manners) -> bool:
    """Whether what was matched is no question: code, a quotation alone, a long text whose ends
    leave it open, or grief, to which nobody wants to read guesses."""
    if is_long(text):
        return decision.outcome not in ("answer", "action")
    is_guess = decision.outcome == "clarify" and "?" not in text
    if is_guess and any(kind.gentle for kind in kinds_of(text, manners.remarks)):
        return True
    quoted = quoted_in(text, manners.own)
    return is_code(text) or (quoted is not None and not quoted.beside)


def is_code(text: str) -> bool:
    """Whether a text is a program, data or an error's trace and no prose."""
    if _TRACE.search(text):
        return True
    marks = len(_MARK.findall(text))
    return marks >= _MARKS_AT_LEAST and marks >= _MARKS_SHARE * len("".join(text.split()))


def _declined(decision: Decision) -> Decision:
    return replace(decision, outcome="unknown", entry=None, confidence=0.0, choices=())
