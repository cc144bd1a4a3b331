"""The answer bank's values, and what is decided about one utterance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from bot.domain.copy import Copy
from bot.domain.identity import MemberRef
from bot.domain.program import Source, long_date

Outcome = Literal["answer", "action", "clarify", "unknown", "chat"]

ACTION_GROUP = "action"
HELP = "bot-help"
STATUS = "my-status"
CHECK = "start-eligibility"
CHAIR = "talk-to-chair"
HOURS = "log-hours"
ERASE = "delete-my-data"
ACTIONS = (CHECK, STATUS, CHAIR, HOURS, ERASE, HELP)
"""The entries whose thing the bot does; every other one is explained."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who of the committee approved an answer, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One FAQ item with its finished text."""

    id: str
    group: str
    question: str
    text: str
    sources: tuple[Source, ...]
    verified: date
    approved: Approval | None
    related: tuple[str, ...]

    @property
    def is_action(self) -> bool:
        """Whether the bot does this entry's thing instead of explaining it."""
        return self.group == ACTION_GROUP

    @property
    def digest(self) -> str:
        """Names the exact words that were shown."""
        return sha256(self.text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry offered by its question."""

    entry: str
    question: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one utterance comes to: `entry` for answer and action, `choices` for clarify."""

    outcome: Outcome
    entry: str | None
    confidence: float
    choices: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry as it is shown: the approved words, where they come from, and what is near."""

    entry: str
    question: str
    text: str
    sources: tuple[Source, ...]
    verified: date
    approved: Approval | None
    related: tuple[Choice, ...]


def answer_of(entry: Entry, entries: Mapping[str, Entry], *, related: int = 3) -> Answer:
    """The entry as an answer, with up to `related` neighbours that are still in the bank."""
    near = tuple(entries[other] for other in entry.related if other in entries)[:related]
    return Answer(
        entry=entry.id,
        question=entry.question,
        text=entry.text,
        sources=entry.sources,
        verified=entry.verified,
        approved=entry.approved,
        related=choices_of(near),
    )


def choices_of(entries: Sequence[Entry]) -> tuple[Choice, ...]:
    """Entries as buttons name them."""
    return tuple(Choice(entry.id, entry.question) for entry in entries)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one turn shows: an answer, an action's offer, choices, or an honest no.

    `introduces` says that it is the first thing this member reads of the bot.
    """

    turn: int
    member: MemberRef
    outcome: Outcome
    answer: Answer | None
    choices: tuple[Choice, ...]
    late: bool
    after_choices: bool
    introduces: bool = False


def source_line(answer: Answer, copy: Copy) -> str:
    """Where the words come from and how old they are."""
    titles = "; ".join(
        copy.say("ask.one_source", title=s.title, edition=s.edition) for s in answer.sources
    )
    return copy.say("ask.source", titles=titles, as_of=long_date(answer.verified))


def approval_line(answer: Answer, copy: Copy) -> str:
    """Whether a committee has approved the words."""
    if answer.approved is None:
        return copy.say("ask.unapproved")
    return copy.say("ask.approved", by=answer.approved.by, on=long_date(answer.approved.on))


def spoken(reply: Reply, copy: Copy) -> str:
    """The whole reply as plain text, complete for a screen reader."""
    lines = [copy.say("ask.late")] if reply.late else []
    match reply.outcome:
        case "answer" if reply.answer is not None:
            lines += [
                reply.answer.text,
                source_line(reply.answer, copy),
                approval_line(reply.answer, copy),
            ]
        case "action" if reply.answer is not None:
            lines.append(reply.answer.text)
        case "clarify":
            asked = "\n".join(f"- {choice.question}" for choice in reply.choices)
            lines.append(f"{copy.say('ask.clarify')}\n{asked}")
        case "chat":
            lines.append(copy.say("ask.chat"))
        case _:
            key = "ask.unknown_after_choices" if reply.after_choices else "ask.unknown"
            lines.append(copy.say(key))
    if reply.introduces:
        lines.append(copy.say("ask.introduction", automated=copy.say("bot.automated")))
    return "\n\n".join(lines)
