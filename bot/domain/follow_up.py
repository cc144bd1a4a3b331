"""A message that goes on from the answer before it: "and how much is that?".

The message is matched together with the question of the entry before. Of the entries, those that
are related to that entry are preferred, and that entry itself, whose own question would else
always win, is held back: it is what is left where the message asks for nothing else.
"""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace

from bot.domain.calibration import CHOICES
from bot.domain.decision import decision_of
from bot.domain.faq import Decision, Entry
from bot.domain.matching import Index, Match
from bot.domain.phrasing import Phrasing, Token, is_made_of, phrase_at, tokens_of

RELATED = 3.0
"""So much likelier is an entry asked next that is related to the one before."""
HELD_BACK = 0.3
"""The share of its score that the entry before keeps: its own question is part of the text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The bank, as far as a message is read together with something that was said before."""

    index: Index
    entries: Mapping[str, Entry]
    actions: Container[str]
    phrasing: Phrasing

    def after(self, entry: str, text: str) -> Decision:
        """The decision of a text that goes on from the answer of an entry."""
        before = self.entries[entry]
        near = {*before.related, *(e.id for e in self.entries.values() if entry in e.related)}
        shares = {**dict.fromkeys(near, RELATED), entry: HELD_BACK}
        match = self.index.weighing(shares).match(f"{before.question} {text}")
        return replace(decision_of(match, self.actions), follows=entry)

    def without(self, dropped: Collection[str], text: str) -> Decision:
        """The decision of a text when entries are known not to be meant."""
        match: Match = self.index.without(dropped).match(text)
        return replace(decision_of(match, self.actions), dropped=tuple(dropped))


def is_dependent(tokens: list[Token], phrasing: Phrasing) -> bool:
    """Whether a text has no subject of its own, so that it means nothing without what came
    before: "how much is that", but not "how much is the exam"."""
    known = phrasing.plain | phrasing.pointers | phrasing.openers
    return points_back(tokens, phrasing) and is_made_of(tokens, known)


def points_back(tokens: list[Token], phrasing: Phrasing) -> bool:
    """Whether a short text begins as a follow-up does, or has a word that points back."""
    if not 0 < len(tokens) <= phrasing.longest_follow_up:
        return False
    return begins_as_one(tokens, phrasing) or any(
        phrase_at(tokens, at, phrasing.pointers) for at in range(len(tokens))
    )


def begins_as_one(tokens: list[Token], phrasing: Phrasing) -> bool:
    """Whether a text begins with "and", "what about" and the like."""
    return bool(phrase_at(tokens, 0, phrasing.openers))


def follow(text: str, entry: str, alone: Decision, subject: Subject) -> Decision:
    """The decision of a message after the answer of an entry; `alone` is what it is by itself.

    What stands for itself is left as it is. Read together, the message is answered only where its
    own words speak for that entry too, as one of the first three; else it is asked back.
    """
    tokens = tokens_of(text)
    if not points_back(tokens, subject.phrasing) or entry not in subject.entries:
        return alone
    if alone.instead or alone.also:
        return alone
    dependent = is_dependent(tokens, subject.phrasing)
    if alone.entry and not dependent and not begins_as_one(tokens, subject.phrasing):
        return alone
    together = subject.after(entry, text)
    spoken_for = {entry, *(label for label, _ in alone.ranking[:CHOICES])}
    if alone.entry and not dependent and together.entry not in spoken_for:
        return alone
    if together.entry and together.entry not in spoken_for:
        choices = tuple(label for label, _ in together.ranking[:CHOICES])
        return replace(together, outcome="clarify", entry=None, choices=choices)
    return alone if together.outcome == "unknown" else together
