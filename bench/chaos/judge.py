"""Nothing lost, nothing doubled: what people saw held against what they said.

Pure, so that it can be shown logs with a lost or doubled message.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Via = Literal["note", "added", "reply", "thread"]
Ended = Literal["closed", "withdrawn"]


@dataclass(slots=True)
class Said:
    """One text that Slack has accepted. `token` occurs in no other.

    `may_be_refused`: it may have met a request that was over, or somebody else's; then the writer
    must have read so. `unsure`: Slack never confirmed it, so it may be there or not.
    """

    token: str
    by: str
    via: Via
    may_be_refused: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the bot as somebody sees it; `notice` names what the bot meant by it."""

    ts: str
    text: str
    thread: str = ""
    notice: str = ""


Screens = Mapping[str, Sequence[Seen]]
"""What each person sees of the bot, oldest first."""


@dataclass(frozen=True, slots=True)
class Titles:
    """How the bot begins what it shows of one request, and what it says in place of words."""

    ticket: str
    card: str
    taken_back: str
    refusals: tuple[str, ...]


@dataclass(slots=True)
class Request:
    """One hand-off as the people who took part know it."""

    member: str
    desk: tuple[str, ...]
    said: list[Said] = field(default_factory=list)
    ended: Ended | None = None
    may_be_reopened: bool = False
    claimers: set[str] = field(default_factory=lambda: {""})
    """Who may have it now; "" is nobody."""
    private: list[str] = field(default_factory=list)
    """Tokens that the member must not see."""
    nameless: str = ""
    """A name that the desk must not see."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The ticket in the bot's own books."""

    state: str
    claimed_by: str


def findings(request: Request, titles: Titles, seen: Screens, kept: Kept | None) -> list[str]:
    """What is lost, doubled or wrong, in sentences; empty when all is well."""
    found = [*_doubled(seen), *_state(request, kept)]
    tickets = [m for m in seen[request.member] if _title(m) == titles.ticket]
    if len(tickets) != 1:
        found.append(f"{request.member} has {len(tickets)} messages of the request instead of 1")
    holders = [p for p in request.desk if any(_title(m) == titles.card for m in seen[p])]
    if request.desk[0] not in holders:
        found.append(f"lost: {request.desk[0]} has no card")
    for person in holders:
        cards = [m for m in seen[person] if _title(m) == titles.card]
        if len(cards) > 1:
            found.append(f"doubled: {person} has {len(cards)} cards")
        found += _at_desk(request, titles, person, seen, cards[-1])
    for token in request.private:
        if any(token in m.text for m in seen[request.member]):
            found.append(f"{request.member} reads a note of the desk ({token})")
    for said in request.said:
        found += _at_member(request, titles, said, seen)
    return found


def _doubled(seen: Screens) -> Iterator[str]:
    notices = Counter(m.notice for messages in seen.values() for m in messages if m.notice)
    for notice, times in notices.items():
        if times > 1:
            yield f"doubled: notice {notice} stands {times} times in Slack"


def _state(request: Request, kept: Kept | None) -> Iterator[str]:
    if kept is None:
        yield "lost: the request is not in the books"
        return
    ended = kept.state if kept.state in ("closed", "withdrawn") else None
    if ended != request.ended and not (request.may_be_reopened and ended in (None, "closed")):
        yield f"the request is {kept.state}; it should be {request.ended or 'open'}"
    if request.ended is None and kept.claimed_by not in request.claimers:
        expected = " or ".join(sorted(name or "nobody" for name in request.claimers))
        yield f"the request is with {kept.claimed_by or 'nobody'} instead of {expected}"


def _at_desk(
    request: Request, titles: Titles, person: str, seen: Screens, card: Seen
) -> Iterator[str]:
    mine = seen[person]
    if request.nameless and any(request.nameless in m.text for m in mine):
        yield f"{person} reads the name of a member who did not share it"
    own = [said for said in request.said if said.by == request.member]
    if request.ended == "withdrawn":
        yield from _taken_back(titles, person, mine, card, own)
        return
    for said in own:
        times = _times(mine, said)
        if times != 1 and not _excused(said, times, titles, seen[said.by]):
            yield _off(said, times, person)
    for said in request.said:
        if said.by in request.desk and (times := _times(mine, said)) > 1:
            yield _off(said, times, person)
        elif said.via == "reply" and not said.unsure and _times(mine, said) < 1:
            yield _off(said, 0, person)


def _taken_back(
    titles: Titles, person: str, mine: Sequence[Seen], card: Seen, own: Sequence[Said]
) -> Iterator[str]:
    for said in own:
        if not said.may_be_refused and _times(mine, said):
            yield f"{person} still reads what was taken back ({said.token})"
    carried = [said for said in own if said.via in ("added", "thread")]
    sure = [said for said in carried if not (said.may_be_refused or said.unsure)]
    stand = sum(m.thread == card.ts and m.text == titles.taken_back for m in mine)
    if not len(sure) <= stand <= len(carried):
        yield f"{person} has {stand} places of what was taken back instead of {len(sure)}"


def _at_member(request: Request, titles: Titles, said: Said, seen: Screens) -> Iterator[str]:
    mine = seen[request.member]
    times = _times(mine, said)
    if said.by != request.member:
        if times != 1 and not _excused(said, times, titles, seen[said.by]):
            yield _off(said, times, request.member)
        return
    # Who has taken a request back need not be shown any more what they added to it.
    may_lack = said.via != "added" or said.unsure or request.ended == "withdrawn"
    if times > 1 or (times < 1 and not may_lack):
        yield _off(said, times, f"{request.member}, who wrote it,")


def _excused(said: Said, times: int, titles: Titles, writers: Sequence[Seen]) -> bool:
    """Whether that it is not there is right: it was refused in words, or never confirmed."""
    if times:
        return False
    told = any(m.text.startswith(titles.refusals) for m in writers if m.thread)
    return said.unsure or (said.may_be_refused and told)


def _times(messages: Sequence[Seen], said: Said) -> int:
    return sum(said.token in m.text for m in messages)


def _off(said: Said, times: int, person: str) -> str:
    what = "lost" if times == 0 else "doubled"
    return f"{what}: {said.token} of {said.by} ({said.via}) stands {times} times at {person}"


def _title(message: Seen) -> str:
    return message.text.split("\n", 1)[0]
