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
    """One FAQ item with its finished text.

    `review` is the day by which it is to be read again, where the entry names one of its own;
    `due_on` is that day for any entry, None where nobody works it out, and `overdue` says that it
    has passed.
    """

    id: str
    group: str
    question: str
    text: str
    sources: tuple[Source, ...]
    verified: date
    approved: Approval | None
    related: tuple[str, ...]
    review: date | None = None
    overdue: bool = False
    due_on: date | None = None

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
    """What one utterance comes to: `entry` for answer and action, `choices` for clarify.

    `also` are the entries of further questions in it. The rest is of a conversation: `follows` is
    the entry before, with which it was read; `dropped` are entries that were shown and not meant;
    `first` is the first wording of what this one puts in other words.
    Of the finished sentences `remark` is the reply's first line and `instead` stands in place of
    "I don't know"; empty where none.
    """

    outcome: Outcome
    entry: str | None
    confidence: float
    choices: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]
    also: tuple[str, ...] = ()
    follows: str | None = None
    dropped: tuple[str, ...] = ()
    first: str = ""
    remark: str = ""
    instead: str = ""

    @property
    def invites(self) -> bool:
        """Whether the member is asked to put it in other words, as nothing shown was meant."""
        return self.outcome == "unknown" and bool(self.choices)


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
    overdue: bool = False


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
        overdue=entry.overdue,
    )


def choices_of(entries: Sequence[Entry]) -> tuple[Choice, ...]:
    """Entries as buttons name them."""
    return tuple(Choice(entry.id, entry.question) for entry in entries)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one turn shows: an answer, an action's offer, choices, or an honest no.

    `introduces` says that it is the first thing this member reads of the bot. `remark` is its
    first line and `instead` stands in place of "I don't know"; empty where none. `follows` is the
    question with whose answer the member's own was read, `also` are further ones that they asked.
    `second_try` says that two wordings were not understood, `offers_check` that the check can
    begin with what the member said of themselves, `kept` that the question is kept, without the
    name, for the chair to answer.
    """

    turn: int
    member: MemberRef
    outcome: Outcome
    answer: Answer | None
    choices: tuple[Choice, ...]
    late: bool
    after_choices: bool
    introduces: bool = False
    remark: str = ""
    instead: str = ""
    follows: Choice | None = None
    also: tuple[Choice, ...] = ()
    second_try: bool = False
    offers_check: bool = False
    kept: bool = False


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


def checked_line(answer: Answer, copy: Copy) -> str:
    """When an overdue answer was last checked; empty for one that is not overdue."""
    if not answer.overdue:
        return ""
    return copy.say("ask.last_checked", checked=long_date(answer.verified))


def lines_below(answer: Answer, copy: Copy) -> tuple[str, ...]:
    """What stands below the words of an answer: source and age, a late check, the approval."""
    lines = (source_line(answer, copy), checked_line(answer, copy), approval_line(answer, copy))
    return tuple(line for line in lines if line)


def lines_above(reply: Reply, copy: Copy) -> tuple[str, ...]:
    """What stands above the words of a reply: a remark, and what it was read together with."""
    return tuple(line for line in (reply.remark, following_line(reply, copy)) if line)


def following_line(reply: Reply, copy: Copy) -> str:
    """With which question the member's own was read, so that a wrong guess is seen at once."""
    if reply.follows is None:
        return ""
    same = reply.answer is not None and reply.answer.entry == reply.follows.entry
    key = "ask.following_same" if same else "ask.following"
    return copy.say(key, question=reply.follows.question)


def unknown_line(reply: Reply, copy: Copy) -> str:
    """The honest no, which after choices asks for other words and then leads to the chair."""
    if reply.second_try:
        return reply.instead or copy.say("ask.unknown_twice")
    if reply.after_choices:
        return copy.say("ask.unknown_after_choices")
    return reply.instead or copy.say("ask.unknown")


def kept_line(reply: Reply, copy: Copy) -> str:
    """That the question is kept, and for whom; empty when it is not."""
    return copy.say("ask.kept") if reply.kept else ""


def lines_after(reply: Reply, copy: Copy) -> tuple[str, ...]:
    """What else was asked, and that the check can begin with what was told."""
    lines = [copy.say("ask.also_asked", question=choice.question) for choice in reply.also]
    return (*lines, copy.say("ask.told")) if reply.offers_check else tuple(lines)


def spoken(reply: Reply, copy: Copy) -> str:
    """The whole reply as plain text, complete for a screen reader."""
    lines = [copy.say("ask.late")] if reply.late else []
    lines += lines_above(reply, copy)
    match reply.outcome:
        case "answer" if reply.answer is not None:
            lines += [
                reply.answer.text,
                *lines_below(reply.answer, copy),
            ]
        case "action" if reply.answer is not None:
            lines.append(reply.answer.text)
        case "clarify":
            asked = "\n".join(f"- {choice.question}" for choice in reply.choices)
            lines.append(f"{copy.say('ask.clarify')}\n{asked}")
        case "chat":
            lines.append(copy.say("ask.chat"))
        case _:
            lines += [line for line in (unknown_line(reply, copy), kept_line(reply, copy)) if line]
    lines += lines_after(reply, copy)
    if reply.introduces:
        lines.append(copy.say("ask.introduction", automated=copy.say("bot.automated")))
    return "\n\n".join(lines)
