"""The bank: an immutable snapshot of content and the index over it."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import ContentBank, ContentPlaces, load_content
from bot.domain.faq import HELP, Decision, Entry, Outcome
from bot.domain.matching import Index, Match
from bot.domain.matching_file import UnusableIndex, from_bytes, to_bytes
from bot.domain.matching_fit import content_key, fit
from bot.domain.small_talk import hear


@dataclass(frozen=True, slots=True)
class Bank:
    """What the bot knows at one moment; a change makes a new one."""

    content: ContentBank
    index: Index


def load_bank(places: ContentPlaces, today: date, cache: Path | None = None) -> Bank:
    """Read the content and fit the index, or take the index from the cache when nothing changed.

    Raises ContentError with every fault.
    """
    content = load_content(places, today)
    return Bank(content, _index(content, cache))


def _index(content: ContentBank, cache: Path | None) -> Index:
    if cache is None:
        return fit(content.examples)
    stored = cache / f"index-{content_key(content.examples)}.npz"
    with suppress(UnusableIndex, OSError):
        return from_bytes(stored.read_bytes())
    index = fit(content.examples)
    _keep(index, stored)
    return index


def _keep(index: Index, stored: Path) -> None:
    # A cache that cannot be written only costs time at the next start.
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        for old in stored.parent.glob("index-*.npz"):
            old.unlink(missing_ok=True)
        # A name of its own: two starts at once must not write into one another's file.
        unfinished = stored.with_suffix(f".{os.getpid()}.part")
        try:
            unfinished.write_bytes(to_bytes(index))
            unfinished.replace(stored)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError:
        return


def decide(bank: Bank, question: str) -> Decision:
    """What one utterance comes to."""
    content = bank.content
    heard = hear(question, content.small_talk, bank.index.knows)
    match = bank.index.match(heard.question)
    if heard.kind == "greeting":
        return Decision("action", HELP, 1.0, (), match.ranking)
    if heard.kind != "question":
        return Decision("chat", None, 1.0, (), match.ranking)
    return decision_of(match, content.entries)


def decision_of(match: Match, entries: Mapping[str, Entry]) -> Decision:
    """The matcher's word, with an action entry told from an answer."""
    entry = entries.get(match.label) if match.label else None
    outcome: Outcome = match.outcome
    if outcome == "answer":
        outcome = "unknown" if entry is None else "action" if entry.is_action else "answer"
    named = entry.id if entry is not None else None
    return Decision(outcome, named, match.confidence, match.choices, match.ranking)
