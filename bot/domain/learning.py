"""What the bot is to learn: questions that it could not answer, and answers that were wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MOST_WORDINGS = 1_000
"""Different wordings that are grouped at once, the newest ones: so the list comes in a second
however long the history is."""

Wished = Literal["wished", "again", "answered", "told", "gone", "not_yours"]
"""What became of a wish to be told: kept; kept before; the answer is there and comes now; it came
before; the question is no longer kept; somebody else asked."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was asked in exactly these words, by whomever.

    `turn` is the first of these questions, `people` how many asked it. `entry` is what it was
    answered with where that was voted wrong, None where nobody could answer.
    """

    text: str
    turn: int
    times: int
    people: int
    first: datetime
    last: datetime
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same thing, the commonest wording first; there is at least one."""

    wordings: tuple[Wording, ...]

    @property
    def key(self) -> int:
        """Names the group for as long as its first question is open."""
        return min(one.turn for one in self.wordings)

    @property
    def text(self) -> str:
        """The commonest wording."""
        return self.wordings[0].text

    @property
    def texts(self) -> tuple[str, ...]:
        """All wordings."""
        return tuple(one.text for one in self.wordings)

    @property
    def entry(self) -> str | None:
        """The answer that was voted wrong; None where there was no answer."""
        return self.wordings[0].entry

    @property
    def times(self) -> int:
        """How often it was asked."""
        return sum(one.times for one in self.wordings)

    @property
    def people(self) -> int:
        """How many asked, for the ranking: whoever asked in several wordings counts with each."""
        return sum(one.people for one in self.wordings)

    @property
    def first(self) -> datetime:
        """When it was first asked."""
        return min(one.first for one in self.wordings)

    @property
    def last(self) -> datetime:
        """When it was last asked."""
        return max(one.last for one in self.wordings)


@dataclass(frozen=True, slots=True)
class Opened:
    """A group to be dealt with: by how many people it was asked, how many of them want to hear."""

    group: Group
    people: int
    wished: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the desk is about to answer: the wordings, the commonest first, and the answer that was
    voted wrong, None where there was none."""

    key: int
    texts: tuple[str, ...]
    entry: str | None


def group_of(wordings: Iterable[Wording]) -> Group:
    """These wordings as one group: commonest first, of equals the newest."""
    return Group(tuple(sorted(wordings, key=lambda w: (-w.people, -w.times, -w.last.timestamp()))))


def ranked(groups: Iterable[Group]) -> tuple[Group, ...]:
    """What most people asked comes first, of equals the newest."""
    return tuple(sorted(groups, key=lambda g: (-g.people, -g.times, -g.last.timestamp(), g.key)))


def with_turn(groups: Iterable[Group], turn: int) -> Group | None:
    """The group in which this turn is the first of a wording."""
    return next((g for g in groups if any(w.turn == turn for w in g.wordings)), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording that members chose an entry for; `id` is the first such choice."""

    id: int
    entry: str
    text: str
    times: int


def fitting_utterances(texts: Iterable[str], most: int, longest: int) -> tuple[str, ...]:
    """Those of the texts that an entry can take as ways to ask it, each once, at most so many; a
    text of more than `longest` characters tells a story and teaches the matcher nothing."""
    found: dict[str, str] = {}
    for text in texts:
        line = " ".join(text.split())
        if 0 < len(line) <= longest:
            found.setdefault(line.casefold(), line)
    return tuple(found.values())[:most]


def shortened_question(text: str, longest: int) -> str:
    """A question that fits on a button: cut between words, with a question mark at its end."""
    line = " ".join(text.split()).rstrip(" .?!")
    if len(line) >= longest:
        line = line[: longest - 1]
        line = line[: line.rfind(" ")] if " " in line else line
    line = line.rstrip(" ,;:-")
    return f"{line[:1].upper()}{line[1:]}?" if line else ""
