"""Two questions in one message: the main one is answered, the other one is offered.

A part counts as a question of its own when it is worded as one and its own decision would be an
answer; so a story before a question makes no second question, and no threshold is needed. A later
part that points back ("and when is it?") is read together with the part before it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.domain.faq import Decision
from bot.domain.follow_up import Subject
from bot.domain.phrasing import Phrasing, Token, is_made_of, phrase_at, tokens_of

Decide = Callable[[str], Decision]

_ENDS = re.compile(r"(?<=[.?!…])\s+|\s*[\n;]\s*")
_MOST_SENTENCES = 12
_MOST_JOINTS = 4
_MOST_OTHERS = 2
_BARE = 3
"""Words of a part that needs no question word, as in "exam fee and passing score"."""


def decide_parts(text: str, decide: Decide, subject: Subject) -> Decision:
    """Decide a message, and which other entries it asks for as well.

    The whole message decides where it can. Where it cannot because it asks for two things, its
    first part does, so far as the whole message speaks for that part at all: a part alone, torn
    out of its story, was measured to be wrong as often as it is right.
    """
    whole = decide(text)
    if whole.outcome == "chat" or whole.instead:
        return whole
    parts = list(_parts(text, subject.phrasing))
    answered = _asked_for(parts, decide, subject) if len(parts) > 1 else {}
    if len(answered) < 2:
        return whole
    likely = (whole.entry,) if whole.entry else whole.choices
    main = next((part for entry, part in answered.items() if entry in likely), None)
    if main is None:
        return whole
    others = tuple(entry for entry in answered if entry != main.entry)
    chosen = whole if whole.entry else replace(main, remark=whole.remark)
    return replace(chosen, also=others[:_MOST_OTHERS])


def _asked_for(parts: Sequence[str], decide: Decide, subject: Subject) -> dict[str, Decision]:
    """The decisions of the parts that are answered, by entry, in the order of the message."""
    found: dict[str, Decision] = {}
    before: str | None = None
    for part in parts:
        decision = decide(part)
        if before in subject.entries and before is not None and decision.entry:
            decision = _together(part, before, decision, subject)
        if decision.outcome in ("answer", "action") and decision.entry:
            before = decision.entry
            found.setdefault(before, decision)
    return found


def _together(part: str, before: str, alone: Decision, subject: Subject) -> Decision:
    """What a later part comes to: read alone it counts only where it is still likely when it is
    read with the part before, and with no subject of its own ("how much and when") it is read with
    that part."""
    phrasing, after = subject.phrasing, replace(subject.after(before, part), follows=None)
    known = phrasing.plain | phrasing.pointers | phrasing.asking | phrasing.joints
    if is_made_of(tokens_of(part), known):
        return after
    if alone.entry in {entry for entry, _ in after.ranking}:
        return alone
    return replace(alone, outcome="unknown", entry=None)


def _parts(text: str, phrasing: Phrasing) -> Iterator[str]:
    """The parts of a message that are worded as questions."""
    sentences = [part for part in _ENDS.split(text.strip()) if part][:_MOST_SENTENCES]
    for sentence in sentences:
        halves = list(_halves(sentence, phrasing))
        if halves or _is_asked(sentence, phrasing):
            yield from halves or [sentence]


def _halves(sentence: str, phrasing: Phrasing) -> Iterator[str]:
    """The questions that joints divide a sentence into; nothing where they divide none."""
    tokens = tokens_of(sentence)
    begun, bare = 0, not _asks(tokens, phrasing)
    for at in range(1, len(tokens)):
        length = phrase_at(tokens, at, phrasing.joints)
        left, right = tokens[begun:at], tokens[at + length :]
        if not length or not left or not right:
            continue
        if _asks(right, phrasing) if not bare else max(len(left), len(right)) <= _BARE:
            yield sentence[tokens[begun].start : tokens[at].start]
            begun = at + length
    if begun:
        yield sentence[tokens[begun].start :]


def _is_asked(sentence: str, phrasing: Phrasing) -> bool:
    return sentence.rstrip(" \"')*_").endswith("?") or _asks(tokens_of(sentence), phrasing)


def _asks(tokens: list[Token], phrasing: Phrasing) -> bool:
    """Whether a part begins as a question does, an "and" or "so" before it left aside."""
    start = phrase_at(tokens, 0, phrasing.joints | phrasing.openers)
    return any(phrase_at(tokens, at, phrasing.asking) for at in {0, start})
