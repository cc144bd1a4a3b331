"""What members and those who answer for the chapter do, and what the judge is told of it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.handoff import Opened, Refusal, Ticket, shared_lines
from bot.domain.identity import MemberRef
from bot.domain.notices import Landing
from bot.services import handoff, privacy
from handlers.slack.ids import user_id_of
from tests.support.frail_office import FrailOffice, Happening, Snapshot, look
from tests.support.handoff import CHAIR, DEPUTY
from tests.support.handoff_judge import MEMBERS, Judge, Side, Word

DESK = (CHAIR, DEPUTY)
Size = str
SIZES: tuple[Size, ...] = ("short", "short", "short", "long", "too long")


@dataclass
class People:
    """Everybody with their requests, in the order in which they were made."""

    office: FrailOffice
    judge: Judge
    tickets: list[tuple[int, MemberRef]] = field(default_factory=list)
    number: int = 0

    async def opened(self, who: MemberRef, name: str, token: str, key: str, *, named: bool) -> None:
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

    async def heard(self, word: Word) -> None:
        written = handoff.Written(word.text, False, word.key, self._typed(word))
        thread = handoff.Thread(word.side, word.thread)
        happening = await self.office.does(handoff.hear, word.author, thread, written)
        if not word.ticket and word.changed_at is None:
            word.answered = word.key
            self._carries(word, happening, word.text)

    def _carries(self, word: Word, happening: Happening, text: str) -> None:
        before = happening.before
        word.ticket = self.judge.may_be_said(word, before, happening.now, text)
        if word.ticket:
            word.text = text
            after = happening.after.tickets[word.ticket]
            assert (after.waiting_since is not None) == (word.side == "ticket"), after

    async def edited(self, word: Word, version: int, size: Size, ago: timedelta) -> None:
        office, text = self.office, typed(word.token, version, size)
        at = office.now + ago
        written = handoff.Written(text, False, self.key(), self._typed(word), at)
        thread = handoff.Thread(word.side, word.thread)
        happening = await office.does(handoff.edited, word.author, thread, written)
        before = happening.before
        if not word.ticket:
            word.answered = written.key
            self._carries(word, happening, text)
            return
        await self._comes_again(handoff.edited, word.author, thread, written)
        found = before.tickets.get(word.ticket)
        is_newer = word.changed_at is None or word.changed_at < at
        may = word.side == "ticket" or word.author in before.desk
        if found and found.state != "withdrawn" and is_newer and may and size != "too long":
            word.text, word.changed_at, word.is_there = text, at, True

    async def taken_back(self, word: Word) -> None:
        thread = handoff.Thread(word.side, word.thread)
        happening = await self.office.does(
            handoff.taken_back, word.author, thread, self._typed(word), self.key()
        )
        if word.ticket in happening.before.tickets and word.is_there:
            word.changed_at, word.is_there = happening.now, False
            self.judge.vanished.append((word.token, set(self.office.slack.gone)))

    async def withdrawn(self, who: MemberRef, number: int) -> None:
        happening = await self.office.does(handoff.withdraw, who, number)
        if isinstance(happening.result, Ticket):
            self.judge.loses([number], members_only=True, gone=self.office.slack.gone)

    async def erased(self, who: MemberRef) -> None:
        happening = await self.office.does(privacy.erase, who)
        lost = [one.id for one in happening.before.tickets.values() if one.member == who]
        assert not set(lost) & set(happening.after.tickets)
        self.judge.loses(lost, members_only=False, gone=self.office.slack.gone)

    async def claimed(self, who: MemberRef, number: int, stale: int) -> None:
        now: Snapshot = await self.office.run(look)
        seen = now.tickets[number].version - stale if number in now.tickets else 1
        await self.acts(handoff.claim, who, number, seen)

    async def reassigned(
        self, who: MemberRef, to: MemberRef, number: int, stale: int, reason: str, key: str
    ) -> None:
        now: Snapshot = await self.office.run(look)
        seen = now.tickets[number].version - stale if number in now.tickets else None
        if self._has_card(who, number):
            await self.office.does(handoff.reassign, who, number, to, reason, key, seen=seen)

    async def replied(self, word: Word, number: int) -> None:
        if not self._has_card(word.author, number):
            return
        happening = await self.twice(handoff.reply, word.author, number, word.text, word.key)
        if isinstance(happening.result, Ticket):
            word.ticket = number
            self.judge.words.append(word)
            assert happening.after.tickets[number].waiting_since is None

    async def acts(self, use_case: Any, who: MemberRef, *args: Any) -> None:
        """What somebody of the desk does on the card that they see, be it an old one."""
        if self._has_card(who, args[0]):
            await self.office.does(use_case, who, *args)

    def _has_card(self, who: MemberRef, number: int) -> bool:
        slack = self.office.slack
        return user_id_of(who) not in slack.gone and bool(slack.in_slot(who, f"card:{number}"))

    async def twice(self, use_case: Any, *args: Any) -> Happening:
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

    def _typed(self, word: Word) -> Landing:
        return Landing(f"D{user_id_of(word.author)}", word.at)

    async def can_type(self, word: Word) -> bool:
        """Only below a message that the bot knows of, and only who is there."""
        slack, members = self.office.slack, dict(self.tickets)
        if user_id_of(word.author) in slack.gone or word.thread not in members:
            return False
        if word.side == "ticket" and word.author != members[word.thread]:
            return False
        place = f"D{user_id_of(word.author)}"
        for root in slack.in_slot(word.author, f"{word.side}:{word.thread}"):
            if await self.office.run(handoff.thread_at, place, root.at) is not None:
                return True
        return False

    def roots(self, *sides: Side) -> list[tuple[MemberRef, Side, int]]:
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

    def root(self, pick: int, *sides: Side) -> tuple[MemberRef, Side, int]:
        roots = self.roots(*sides)
        return roots[-1 - pick % len(roots)]

    def pair(self, pick: int) -> tuple[int, MemberRef]:
        return self.tickets[-1 - pick % len(self.tickets)]

    def next(self) -> int:
        self.number += 1
        return self.number

    def token(self, kind: str) -> str:
        return f"{kind}-{self.next()}-"

    def key(self) -> str:
        return f"envelope-{self.next()}"

    def secret(self, kind: str) -> str:
        text = self.token(kind)
        self.judge.secrets.add(text)
        return text


def typed(token: str, version: int, size: Size) -> str:
    """What somebody types; each part of a long text names the token too."""
    once = f"{token} version {version} "
    length = {"short": 1, "long": 4_000, "too long": 13_000}[size]
    return (once * (length // len(once) + 1)).strip()
