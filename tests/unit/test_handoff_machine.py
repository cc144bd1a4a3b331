"""Requests that go their way at random, with everything that can break between two steps."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.handoff import OUTCOMES, Outcome
from bot.domain.identity import MemberRef
from bot.services import away, handoff, membership
from handlers.slack.ids import user_id_of
from tests.support.frail_office import FrailOffice, Snapshot, look, new_runner
from tests.support.handoff import ADA
from tests.support.handoff_conversations import FAULTS, Fault
from tests.support.handoff_judge import MEMBERS, Judge, Word
from tests.support.handoff_people import DESK, SIZES, People, Size, typed

members = st.sampled_from(MEMBERS)
desk = st.sampled_from(DESK)
picks = st.integers(0, 3)
Way = Literal["queued", "told", "in passing"] | Fault
ways: st.SearchStrategy[Way] = st.sampled_from(("told", "queued", "in passing", *FAULTS))
"""queued: nothing is told yet; told: it is, with a fault perhaps; in passing: it happens while the
next notice is on its way."""


class HandOffs(RuleBasedStateMachine):
    """Two members and two who answer for the chapter, and whatever happens to the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = new_runner()
        self.home = TemporaryDirectory()
        self.judge = Judge()
        self.office = FrailOffice(Path(self.home.name), self.judge.witnesses)
        self.office.slack.watch = self.judge.watches
        self.people = People(self.office, self.judge)
        self.is_whole = True

    # What people do.

    @initialize(named=st.booleans())
    def begins(self, named: bool) -> None:
        self._do(self.office.starts)
        self.opens(who=ADA, named=named, way="told")

    @rule(who=members, named=st.booleans(), way=ways)
    def opens(self, who: MemberRef, named: bool, way: Way) -> None:
        token, key = self.people.token("note"), self.people.key()
        name = f"{user_id_of(who).title()}-named-{self.people.next()}-"
        self._do(lambda: self.people.opened(who, name, token, key, named=named), way)

    @precondition(lambda self: self.people.roots("ticket", "card"))
    @rule(
        pick=picks,
        size=st.sampled_from(SIZES),
        edited_first=st.sampled_from((False, False, False, True)),
        way=ways,
    )
    def writes(self, pick: int, size: Size, edited_first: bool, way: Way) -> None:
        who, side, number = self.people.root(pick, "ticket", "card")
        token = self.people.token("word")
        word = Word(token, self.people.key(), who, side, number, typed(token, 1, size))
        if self._can_type(word):
            self.judge.words.append(word)
            if edited_first:
                self._do(lambda: self.people.edited(word, 2, "short", timedelta(seconds=1)), way)
            self._do(lambda: self.people.heard(word), way)

    @precondition(lambda self: self.judge.words)
    @rule(pick=picks)
    def the_same_envelope_comes_again(self, pick: int) -> None:
        word = self.judge.words[-1 - pick % len(self.judge.words)]
        if word.thread and self._can_type(word):
            self._do(lambda: self.people.heard(word))

    @precondition(lambda self: self.judge.words)
    @rule(
        pick=picks,
        size=st.sampled_from(SIZES),
        late=st.sampled_from((False, False, True)),
        way=ways,
    )
    def edits(self, pick: int, size: Size, late: bool, way: Way) -> None:
        word = self.judge.words[-1 - pick % len(self.judge.words)]
        if word.thread and self._can_type(word) and (word.is_there or late):
            ago = timedelta(minutes=-30) if late else timedelta(0)
            self._do(lambda: self.people.edited(word, self.people.next(), size, ago), way)

    @precondition(lambda self: self.judge.words)
    @rule(pick=picks, way=ways)
    def takes_back(self, pick: int, way: Way) -> None:
        word = self.judge.words[-1 - pick % len(self.judge.words)]
        if word.thread and self._can_type(word):
            self._do(lambda: self.people.taken_back(word), way)

    @precondition(lambda self: self.people.tickets)
    @rule(pick=picks, way=ways)
    def withdraws(self, pick: int, way: Way) -> None:
        number, who = self.people.pair(pick)
        self._do(lambda: self.people.withdrawn(who, number), way)

    @precondition(lambda self: self.people.tickets)
    @rule(pick=picks, way=ways)
    def reopens(self, pick: int, way: Way) -> None:
        number, who = self.people.pair(pick)
        key = self.people.key()
        self._do(lambda: self.people.twice(handoff.reopen, who, number, key), way)

    @precondition(lambda self: len(self.people.tickets) > 1)
    @rule(who=members, way=ways)
    def erases(self, who: MemberRef, way: Way) -> None:
        self._do(lambda: self.people.erased(who), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, stale=st.integers(0, 2), way=ways)
    def claims(self, pick: int, stale: int, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        self._do(lambda: self.people.claimed(who, number, stale), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, way=ways)
    def releases(self, pick: int, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        self._do(lambda: self.people.acts(handoff.release, who, number), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, size=st.sampled_from(("short", "long")), way=ways)
    def replies(self, pick: int, size: Size, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        token, key = self.people.token("word"), self.people.key()
        word = Word(token, key, who, "card", 0, typed(token, 1, size)[:3000])
        self._do(lambda: self.people.replied(word, number), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, outcome=st.sampled_from(OUTCOMES), way=ways)
    def closes(self, pick: int, outcome: Outcome, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        key = self.people.key()
        self._do(lambda: self.people.acts(handoff.close, who, number, outcome, key), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(to=desk, pick=picks, stale=st.integers(0, 2), way=ways)
    def reassigns(self, to: MemberRef, pick: int, stale: int, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        reason, key = self.people.secret("because"), self.people.key()
        self._do(lambda: self.people.reassigned(who, to, number, stale, reason, key), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, days=st.sampled_from((-1, 1, 3, 200)), way=ways)
    def snoozes(self, pick: int, days: int, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        key = self.people.key()
        day = self.office.now.date() + timedelta(days=days)
        self._do(lambda: self.people.acts(handoff.snooze, who, number, day, key), way)

    @precondition(lambda self: self.people.roots("card"))
    @rule(pick=picks, way=ways)
    def notes(self, pick: int, way: Way) -> None:
        who, _, number = self.people.root(pick, "card")
        key, text = self.people.key(), self.people.secret("noted")
        self._do(lambda: self.people.acts(handoff.note, who, number, text, key), way)

    @rule(who=desk, days=st.sampled_from((None, 1, 5)))
    def is_away(self, who: MemberRef, days: int | None) -> None:
        if days is None:
            self._do(lambda: self.office.does(away.back, who))
        else:
            until = self.office.now.date() + timedelta(days=days)
            self._do(lambda: self.office.does(away.set, who, until))

    @rule(who=desk, told=st.booleans())
    def is_deactivated_or_comes_back(self, who: MemberRef, told: bool) -> None:
        gone, user = self.office.slack.gone, user_id_of(who)
        if user in gone:
            gone.discard(user)
            self._do(lambda: self.office.does(membership.came_back, who))
        else:
            gone.add(user)
            if self.office.queued().get("due"):
                self.judge.cannot_be_reached(user)
            if told:
                self._do(lambda: self.office.does(membership.left, who))

    # What happens to the bot.

    @rule(by=st.sampled_from(({"minutes": 5}, {"hours": 3}, {"days": 1}, {"days": 13})))
    def time_passes(self, by: dict[str, int]) -> None:
        self.office.now += timedelta(**by)

    @rule(
        faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=6),
        lasts=st.one_of(st.none(), st.integers(0, 25)),
    )
    def delivers(self, faults: list[Fault], lasts: int | None) -> None:
        self.office.slack.faults.extend(faults)
        self.office.runtime.lasts = lasts
        self._do(self.office.round)
        self.office.runtime.lasts = None
        self.office.slack.faults.clear()

    @rule()
    def all_is_delivered(self) -> None:
        self._do(self.office.drain)

    @invariant()
    def everybody_sees_what_they_should(self) -> None:
        if not self.is_whole:
            return
        queued = self.office.queued()
        assert "sending" not in queued, "something is being sent that nobody sends"
        if "due" not in queued and not self.office.slack.meanwhile:
            self._do(self._judged)

    def teardown(self) -> None:
        try:
            if self.is_whole:
                self._do(self._ends)
        finally:
            self.office.close()
            self.runner.close()
            self.home.cleanup()

    async def _ends(self) -> None:
        await self.office.drain()
        await self._judged()
        for who in DESK:
            if user_id_of(who) in self.office.slack.gone:
                self.office.slack.gone.discard(user_id_of(who))
                await self.office.does(membership.came_back, who)
        self.office.now += timedelta(hours=2)
        await self.office.drain()
        now = await self._judged()
        self.judge.judge_end(self.office, now)

    async def _judged(self) -> Snapshot:
        now: Snapshot = await self.office.run(look)
        await self.judge.judge(self.office, now)
        return now

    # How it is done.

    def _do(self, step: Callable[[], Awaitable[Any]], way: Way = "queued") -> None:
        slack = self.office.slack
        if way == "in passing":
            slack.meanwhile.append(partial(self._guarded, step))
            return
        self.is_whole = False
        self.runner.run(_waited(step))
        if way != "queued":
            # A fault meets one of the first that are told, now this one and now that.
            sound: list[Fault] = ["none"] * (self.people.number % 3)
            slack.faults.extend((*sound, way) if way != "told" else ())
            self.runner.run(self.office.round())
            slack.faults.clear()
        self.is_whole = True

    def _can_type(self, word: Word) -> bool:
        return self.runner.run(self.people.can_type(word))

    async def _guarded(self, step: Callable[[], Awaitable[Any]]) -> None:
        await self.office.step(step)


async def _waited(step: Callable[[], Awaitable[Any]]) -> Any:
    return await step()


def test_nothing_is_lost_or_doubled_whatever_breaks() -> None:
    """Every word reaches the other side once, and everybody sees how it really is."""
    run_state_machine_as_test(
        HandOffs,
        settings=settings(derandomize=True, max_examples=60, stateful_step_count=30, deadline=None),
    )
