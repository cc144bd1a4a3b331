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

from bot.domain.handoff import OUTCOMES, Opened, Outcome, Refusal, Ticket, shared_lines
from bot.domain.identity import MemberRef
from bot.domain.notices import Landing
from bot.services import away, handoff, membership, privacy
from handlers.slack.ids import user_id_of
from tests.support.frail_office import FrailOffice, Happening, Snapshot, look, new_runner
from tests.support.handoff import ADA, CHAIR, DEPUTY
from tests.support.handoff_conversations import FAULTS, Fault
from tests.support.handoff_judge import MEMBERS, PASSED_ON, Judge, Side, Word

DESK = (CHAIR, DEPUTY)
Size = str
SIZES: tuple[Size, ...] = ("short", "short", "short", "long", "too long")
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
        self.number = 0
        self.tickets: list[tuple[int, MemberRef]] = []
        self.is_whole = True

    # What people do.

    @initialize(named=st.booleans())
    def begins(self, named: bool) -> None:
        self._do(self.office.starts)
        self.opens(who=ADA, named=named, way="told")

    @rule(who=members, named=st.booleans(), way=ways)
    def opens(self, who: MemberRef, named: bool, way: Way) -> None:
        token, key = self._token("note"), self._key()
        name = f"{user_id_of(who).title()}-named-{self._next()}-"
        self._do(lambda: self._opened(who, name, token, key, named=named), way)

    @precondition(lambda self: self._roots("ticket", "card"))
    @rule(
        pick=picks,
        size=st.sampled_from(SIZES),
        edited_first=st.sampled_from((False, False, False, True)),
        way=ways,
    )
    def writes(self, pick: int, size: Size, edited_first: bool, way: Way) -> None:
        who, side, number = self._root(pick, "ticket", "card")
        token = self._token("word")
        word = Word(token, self._key(), who, side, number, _text(token, 1, size))
        if self._can_type(word):
            self.judge.words.append(word)
            if edited_first:
                self._do(lambda: self._edited(word, 2, "short", timedelta(seconds=1)), way)
            self._do(lambda: self._heard(word), way)

    @precondition(lambda self: self.judge.words)
    @rule(pick=picks)
    def the_same_envelope_comes_again(self, pick: int) -> None:
        word = self.judge.words[-1 - pick % len(self.judge.words)]
        if word.thread and self._can_type(word):
            self._do(lambda: self._heard(word))

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
            self._do(lambda: self._edited(word, self._next(), size, ago), way)

    @precondition(lambda self: self.judge.words)
    @rule(pick=picks, way=ways)
    def takes_back(self, pick: int, way: Way) -> None:
        word = self.judge.words[-1 - pick % len(self.judge.words)]
        if word.thread and self._can_type(word):
            self._do(lambda: self._taken_back(word), way)

    @precondition(lambda self: self.tickets)
    @rule(pick=picks, way=ways)
    def withdraws(self, pick: int, way: Way) -> None:
        number, who = self._pair(pick)
        self._do(lambda: self._withdrawn(who, number), way)

    @precondition(lambda self: self.tickets)
    @rule(pick=picks, way=ways)
    def reopens(self, pick: int, way: Way) -> None:
        number, who = self._pair(pick)
        key = self._key()
        self._do(lambda: self._twice(handoff.reopen, who, number, key), way)

    @precondition(lambda self: len(self.tickets) > 1)
    @rule(who=members, way=ways)
    def erases(self, who: MemberRef, way: Way) -> None:
        self._do(lambda: self._erased(who), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, stale=st.integers(0, 2), way=ways)
    def claims(self, pick: int, stale: int, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        self._do(lambda: self._claimed(who, number, stale), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, way=ways)
    def releases(self, pick: int, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        self._do(lambda: self._acts(handoff.release, who, number), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, size=st.sampled_from(("short", "long")), way=ways)
    def replies(self, pick: int, size: Size, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        token, key = self._token("word"), self._key()
        word = Word(token, key, who, "card", 0, _text(token, 1, size)[:3000])
        self._do(lambda: self._replied(word, number), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, outcome=st.sampled_from(OUTCOMES), way=ways)
    def closes(self, pick: int, outcome: Outcome, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        key = self._key()
        self._do(lambda: self._acts(handoff.close, who, number, outcome, key), way)

    @precondition(lambda self: self._roots("card"))
    @rule(to=desk, pick=picks, stale=st.integers(0, 2), way=ways)
    def reassigns(self, to: MemberRef, pick: int, stale: int, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        reason, key = self._secret("because"), self._key()
        self._do(lambda: self._reassigned(who, to, number, stale, reason, key), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, days=st.sampled_from((-1, 1, 3, 200)), way=ways)
    def snoozes(self, pick: int, days: int, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        key = self._key()
        day = self.office.now.date() + timedelta(days=days)
        self._do(lambda: self._acts(handoff.snooze, who, number, day, key), way)

    @precondition(lambda self: self._roots("card"))
    @rule(pick=picks, way=ways)
    def notes(self, pick: int, way: Way) -> None:
        who, _, number = self._root(pick, "card")
        key, text = self._key(), self._secret("noted")
        self._do(lambda: self._acts(handoff.note, who, number, text, key), way)

    @rule(who=desk, days=st.sampled_from((None, 1, 5)))
    def is_away(self, who: MemberRef, days: int | None) -> None:
        if days is None:
            self._do(lambda: self._tells(away.back, who))
        else:
            until = self.office.now.date() + timedelta(days=days)
            self._do(lambda: self._tells(away.set, who, until))

    @rule(who=desk, told=st.booleans())
    def is_deactivated_or_comes_back(self, who: MemberRef, told: bool) -> None:
        gone, user = self.office.slack.gone, user_id_of(who)
        if user in gone:
            gone.discard(user)
            self._do(lambda: self._tells(membership.came_back, who))
        else:
            gone.add(user)
            if self.office.queued().get("due"):
                self.judge.cannot_be_reached(user)
            if told:
                self._do(lambda: self._tells(membership.left, who))

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
        self._judge_receipts()
        return now

    def _judge_receipts(self) -> None:
        """Whoever writes is told whether it was passed on, and that is true."""
        for word in self.judge.words:
            told = [
                shown
                for shown in self.office.slack.of(word.author)
                if shown.slot == f"said:{word.side}:{word.thread}:{word.key}"
            ]
            for shown in told:
                was_passed_on = shown.notice.subject.partition("|")[0] in PASSED_ON
                assert was_passed_on == bool(word.ticket), (word, shown.message.text)

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
            sound: list[Fault] = ["none"] * (self.number % 3)
            slack.faults.extend((*sound, way) if way != "told" else ())
            self.runner.run(self.office.round())
            slack.faults.clear()
        self.is_whole = True

    async def _guarded(self, step: Callable[[], Awaitable[Any]]) -> None:
        await self.office.step(step)

    async def _opened(
        self, who: MemberRef, name: str, token: str, key: str, *, named: bool
    ) -> None:
        office, judge = self.office, self.judge
        judge.hidden.add(name)
        preview = await office.run(handoff.prepare, who, name=name)
        on = frozenset({"name"} if named else ())
        if named and "name" in preview.offered.offered:
            judge.hidden.discard(name)
        happening = await office.does(handoff.open, who, preview.draft, on, token, key)
        made = happening.result
        if isinstance(made, Refusal):
            assert made.reason == "stale" and preview.adds_to is not None
            return
        assert isinstance(made, Opened)
        await self._comes_again(handoff.open, who, preview.draft, on, token, key)
        if made.added:
            lines = shared_lines(
                preview.offered.only(on, token),
                office.runtime.bank(made.ticket.workspace).content.copy,
                adding=True,
            )
            text = "\n".join(str(line) for line in lines)
            judge.words.append(Word(token, key, who, "ticket", 0, text, made.ticket.id))
        else:
            self.tickets.append((made.ticket.id, who))
            judge.notes[made.ticket.id] = token
            if not named:
                judge.nameless.add(made.ticket.id)

    async def _heard(self, word: Word) -> None:
        written = handoff.Written(word.text, False, word.key, self._typed(word))
        thread = handoff.Thread(word.side, word.thread)
        happening = await self.office.does(handoff.hear, word.author, thread, written)
        if not word.ticket and word.changed_at is None:
            self._carries(word, happening, word.text)

    def _carries(self, word: Word, happening: Happening, text: str) -> None:
        before = happening.before
        word.ticket = self.judge.may_be_said(word, before, happening.now, text)
        if word.ticket:
            word.text = text
            after = happening.after.tickets[word.ticket]
            assert (after.waiting_since is not None) == (word.side == "ticket"), after

    async def _edited(self, word: Word, version: int, size: Size, ago: timedelta) -> None:
        office, text = self.office, _text(word.token, version, size)
        at = office.now + ago
        written = handoff.Written(text, False, self._key(), self._typed(word), at)
        thread = handoff.Thread(word.side, word.thread)
        happening = await office.does(handoff.edited, word.author, thread, written)
        before = happening.before
        if not word.ticket:
            word.key = written.key
            self._carries(word, happening, text)
            return
        await self._comes_again(handoff.edited, word.author, thread, written)
        found = before.tickets.get(word.ticket)
        is_newer = word.changed_at is None or word.changed_at < at
        may = word.side == "ticket" or word.author in before.desk
        if found and found.state != "withdrawn" and is_newer and may and size != "too long":
            word.text, word.changed_at, word.is_there = text, at, True

    async def _taken_back(self, word: Word) -> None:
        thread = handoff.Thread(word.side, word.thread)
        happening = await self.office.does(
            handoff.taken_back, word.author, thread, self._typed(word), self._key()
        )
        if word.ticket in happening.before.tickets and word.is_there:
            word.changed_at, word.is_there = happening.now, False
            self.judge.vanished.append((word.token, set(self.office.slack.gone)))

    async def _withdrawn(self, who: MemberRef, number: int) -> None:
        happening = await self.office.does(handoff.withdraw, who, number)
        if isinstance(happening.result, Ticket):
            self.judge.loses([number], members_only=True, gone=self.office.slack.gone)

    async def _erased(self, who: MemberRef) -> None:
        happening = await self.office.does(privacy.erase, who)
        lost = [one.id for one in happening.before.tickets.values() if one.member == who]
        assert not set(lost) & set(happening.after.tickets)
        self.judge.loses(lost, members_only=False, gone=self.office.slack.gone)

    async def _claimed(self, who: MemberRef, number: int, stale: int) -> None:
        now: Snapshot = await self.office.run(look)
        seen = now.tickets[number].version - stale if number in now.tickets else 1
        await self._acts(handoff.claim, who, number, seen)

    async def _reassigned(
        self, who: MemberRef, to: MemberRef, number: int, stale: int, reason: str, key: str
    ) -> None:
        now: Snapshot = await self.office.run(look)
        seen = now.tickets[number].version - stale if number in now.tickets else None
        if self._has_card(who, number):
            await self.office.does(handoff.reassign, who, number, to, reason, key, seen=seen)

    async def _replied(self, word: Word, number: int) -> None:
        if not self._has_card(word.author, number):
            return
        happening = await self._twice(handoff.reply, word.author, number, word.text, word.key)
        if isinstance(happening.result, Ticket):
            word.ticket = number
            self.judge.words.append(word)
            assert happening.after.tickets[number].waiting_since is None

    async def _acts(self, use_case: Any, who: MemberRef, *args: Any) -> None:
        """What somebody of the desk does on the card that they see, be it an old one."""
        if self._has_card(who, args[0]):
            await self.office.does(use_case, who, *args)

    def _has_card(self, who: MemberRef, number: int) -> bool:
        slack = self.office.slack
        return user_id_of(who) not in slack.gone and bool(slack.in_slot(who, f"card:{number}"))

    async def _twice(self, use_case: Any, *args: Any) -> Happening:
        """Something that comes twice in the same envelope and counts once."""
        happening: Happening = await self.office.does(use_case, *args)
        if not isinstance(happening.result, Refusal):
            await self._comes_again(use_case, *args)
        return happening

    async def _comes_again(self, use_case: Any, *args: Any) -> None:
        """The same envelope once more, unless the bot is just about to be killed."""
        if self.office.runtime.lasts is None:
            again: Happening = await self.office.does(use_case, *args)
            assert again.before == again.after

    async def _tells(self, use_case: Any, *args: Any) -> None:
        await self.office.does(use_case, *args)

    def _typed(self, word: Word) -> Landing:
        return Landing(f"D{user_id_of(word.author)}", word.at)

    def _can_type(self, word: Word) -> bool:
        """Only below a message that the bot knows of, and only who is there."""
        slack = self.office.slack
        if user_id_of(word.author) in slack.gone or word.thread not in dict(self.tickets):
            return False
        if word.side == "ticket" and word.author != dict(self.tickets)[word.thread]:
            return False
        roots = slack.in_slot(word.author, f"{word.side}:{word.thread}")
        return any(self._knows(word.author, root.at) for root in roots)

    def _knows(self, person: MemberRef, at: str) -> bool:
        conversation = f"D{user_id_of(person)}"
        return self.runner.run(self.office.run(handoff.thread_at, conversation, at)) is not None

    def _picked(self, pick: int) -> int:
        return self._pair(pick)[0]

    def _roots(self, *sides: Side) -> list[tuple[MemberRef, Side, int]]:
        """The messages of requests that somebody sees who is there, newest last."""
        found: list[tuple[int, MemberRef, Side, int]] = []
        for who in (*MEMBERS, *DESK):
            if user_id_of(who) in self.office.slack.gone:
                continue
            for shown in self.office.slack.of(who):
                for side in sides:
                    if shown.slot.startswith(f"{side}:"):
                        number = int(shown.slot.partition(":")[2])
                        found.append((number, who, side, number))
        return [(who, side, number) for _, who, side, number in sorted(found)]

    def _root(self, pick: int, *sides: Side) -> tuple[MemberRef, Side, int]:
        roots = self._roots(*sides)
        return roots[-1 - pick % len(roots)]

    def _pair(self, pick: int) -> tuple[int, MemberRef]:
        return self.tickets[-1 - pick % len(self.tickets)]

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _token(self, kind: str) -> str:
        return f"{kind}-{self._next()}-"

    def _key(self) -> str:
        return f"envelope-{self._next()}"

    def _secret(self, kind: str) -> str:
        text = self._token(kind)
        self.judge.secrets.add(text)
        return text


async def _waited(step: Callable[[], Awaitable[Any]]) -> Any:
    return await step()


def _text(token: str, version: int, size: Size) -> str:
    """What somebody types; each part of a long text names the token too."""
    once = f"{token} version {version} "
    length = {"short": 1, "long": 4_000, "too long": 13_000}[size]
    return (once * (length // len(once) + 1)).strip()


def test_nothing_is_lost_or_doubled_whatever_breaks() -> None:
    """Every word reaches the other side once, and everybody sees how it really is."""
    run_state_machine_as_test(
        HandOffs,
        settings=settings(max_examples=60, stateful_step_count=30, deadline=None),
    )
