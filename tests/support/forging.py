"""Payloads that no Slack would send: forged, and pushed past all that the playground checks.

What is Ben's is in the database before; a sender tries to reach it with ids that they made up.
"""

import asyncio
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.handoff import Refusal as HandoffRefusal
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.recertification_telling import Said
from bot.domain.sessions import Details, Refusal
from bot.playground.interactions import message_action_payload, submission_payload
from bot.playground.shapes import Ack, Envelope
from bot.services import (
    calendars,
    faq,
    handoff,
    ledger,
    plan,
    recertification,
    reminders,
    sessions,
)
from bot.services.transaction import Transaction, writes
from bot.store import eligibility
from bot.store import sessions as session_rows
from tests.support.road import BEN, HERE, sums, work_answers
from tests.support.sent import posts_with_button
from tests.support.talk import Json, Person, Shown, Talk

CHAIR = MemberRef(f"{HERE}:U0CHRISTINA")
PLACE = ConversationRef(f"{HERE}:C0GENERAL")
SECRETS = ("quokkaseminar", "wombatnote", "zyzzyvaquestion", "numbatcall", "Ben Alvarez")
"""What Ben wrote and who he is; none of it may reach anybody who forges an id."""

STATE_OF_THE_SENDER = frozenset({"inbox"})
"""Tables in which every envelope leaves a row that names nobody."""


@dataclass(frozen=True, slots=True)
class Bens:
    """The ids of what is Ben's, and of the chapter's sessions; each field is a name in a value."""

    ENTRY: int
    DELETED: int
    TURN: int
    REMINDER: int
    TICKET: int
    DRAFT: int
    SESSION: int
    UNPOSTED: int
    CALENDAR: str

    def fill(self, value: str) -> str:
        """A value with the names of ids replaced by the ids."""
        for name in self.__slots__:
            value = value.replace(f"<{name}>", str(getattr(self, name)))
        return value

    def fill_json(self, value: str) -> str:
        """The same in a window's metadata, where an id is a number."""
        for name in self.__slots__:
            value = value.replace(f'"<{name}>"', str(getattr(self, name)))
        return value


@dataclass(frozen=True, slots=True)
class Came:
    """What a forged payload brought its sender: words on the screen, and the ack."""

    shown: str
    ack: Ack


async def bens(talk: Talk) -> Bens:
    """Everything of Ben's that somebody could try to reach."""
    await talk.as_("ada").home()
    found = await talk.runtime.run(_keep_all, HERE)
    await talk.quiet()
    return found


@writes
def _keep_all(tx: Transaction) -> Bens:
    entry, deleted = (_recorded(tx, n) for n in ("1", "2"))
    ledger.delete(tx, BEN, deleted)
    asked = faq.ask(
        tx, BEN, "zyzzyvaquestion glorp frobnicate", place=ConversationRef(BEN), message="1.1"
    )
    plan.choose(tx, BEN, tx.now.date() + timedelta(days=200))
    reminders.turn_on(tx, BEN, "America/New_York")
    coming = calendars.shown(tx, BEN).coming[0].subject
    calendars.give(tx, BEN, coming, "before")
    recertification.hold(tx, BEN, Said("retired", "", "", None))
    answers = {**work_answers(), **sums()}
    eligibility.keep_told(tx.db, HERE, BEN, tx.bank.content.dialog.version, answers, tx.now)
    sent = handoff.prepare(tx, BEN, name="Ben Alvarez")
    opened = handoff.open(tx, BEN, sent.draft, sent.switched_on, "numbatcall", "ben-opens")
    assert not isinstance(opened, HandoffRefusal)
    draft = handoff.prepare(tx, BEN, name="Ben Alvarez").draft
    session, unposted = (_announced(tx, title) for title in ("First talk", "Second talk"))
    sessions.attend(tx, BEN, session)
    session_rows.set_state(tx.db, unposted, "unposted")
    [reminder, *_] = reminders_of_ben(tx)
    return Bens(
        entry, deleted, asked.turn, reminder, opened.ticket.id, draft, session, unposted, coming
    )


def reminders_of_ben(tx: Transaction) -> list[int]:
    rows = tx.db.query("SELECT id FROM reminders WHERE member = ?", [BEN])
    return [int(row["id"]) for row in rows]


def _recorded(tx: Transaction, amount: str) -> int:
    course = {"day": "yesterday", "title": f"quokkaseminar {amount}", "amount": amount}
    raw = {**course, "category": "writing", "kind": "live", "note": "wombatnote"}
    kept = ledger.save(tx, BEN, f"form-of-ben-{amount}", raw, anyway=True)
    assert isinstance(kept, ledger.Kept)
    return kept.row.entry.id


def _announced(tx: Transaction, title: str) -> int:
    details = Details(title, tx.now.date() - timedelta(days=1), 90, "live", "writing", None)
    made = sessions.announce(tx, CHAIR, PLACE, details, title)
    assert not isinstance(made, Refusal)
    return made.id


class Forger:
    """Somebody who sends payloads of their own making over the bot's real connection."""

    def __init__(self, talk: Talk, name: str) -> None:
        self.talk = talk
        self.person: Person = talk.as_(name)
        self._slack: Any = talk.slack._slack
        self._user: Any = self._slack.workspace.users[f"U0{name.upper()}"]

    async def presses(self, action_id: str, value: object) -> Came:
        """A button in their own conversation, with any value."""
        old = await posts_with_button(self.talk, f"D0{self.person.name.upper()}", action_id, "x")
        action = {
            "type": "button",
            "block_id": "forged",
            "action_id": action_id,
            "action_ts": "1.1",
            "text": {"type": "plain_text", "text": "Old"},
            "value": value,
        }
        channel = self._slack.workspace.dm_of(self._user.id)
        payload = message_action_payload(self._slack, self._user, channel, old.raw, action)
        return await self._sent(action_id, payload)

    async def submits(self, callback_id: str, metadata: str, values: Mapping[str, Any]) -> Came:
        """A window with any metadata and any fields."""
        view = self._window(callback_id, metadata, values)
        payload = submission_payload(self._slack, self._user, view)
        payload["view"] = {**payload["view"], "state": {"values": dict(values)}}
        return await self._sent(callback_id, payload)

    def _window(self, callback_id: str, metadata: str, values: Mapping[str, Any]) -> Any:
        view = {
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": metadata,
            "title": {"type": "plain_text", "text": "Forged"},
            "submit": {"type": "plain_text", "text": "Send"},
            "blocks": [{"type": "divider"}],
        }
        return self._slack.views.open(self._user.id, view)

    async def _sent(self, name: str, payload: Json) -> Came:
        before = await self._screen()
        envelope = Envelope("interactive", name, self._user.id, payload)
        ack = await self._answered(envelope)
        await self.talk.quiet()
        new = [words for words in await self._screen() if words not in before]
        return Came("\n".join([*new, *_words(ack.payload)]), ack)

    async def _answered(self, envelope: Envelope) -> Ack:
        """The ack; none where the bot is done without one, as Slack alone would wait for it."""
        ended = "SELECT count(*) FROM inbox WHERE done_at IS NOT NULL"
        before = self.talk.rows(ended)
        sending = asyncio.create_task(self._slack.delivery.send(envelope))

        async def look() -> bool:
            return sending.done() or self.talk.rows(ended) != before

        await self.talk.until(look, f"the end of {envelope.name}")
        await asyncio.wait({sending}, timeout=0.2)
        if not sending.done():
            sending.cancel()
            return Ack(False, reason="none")
        ack: Ack = sending.result()
        return ack

    async def _screen(self) -> list[str]:
        shown = [m for place in ("dm", "general") for m in await self.person.messages(place)]
        return [f"{m.ts} {m.words} {m.raw.get('files', '')}" for m in shown] + [
            f"{m.raw['id']} {m.words} {m.raw['title']['text']}" for m in await self.person.modals()
        ]


def _words(ack: Json) -> list[str]:
    view = ack.get("view") or {}
    return [*map(str, (ack.get("errors") or {}).values()), *([Shown(view).words] if view else [])]


def kept_of_others(talk: Talk, sender: str) -> dict[str, list[str]]:
    """Every row of every table that does not name the sender, as text."""
    whose = (f"U0{sender.upper()}", f"D0{sender.upper()}")
    with closing(sqlite3.connect(talk.runtime.database)) as db:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if name not in STATE_OF_THE_SENDER]
        return {
            name: sorted(
                text
                for row in db.execute(f"SELECT * FROM [{name}]").fetchall()
                if not any(who in (text := repr(row)) for who in whose)
            )
            for name in tables
            if not name.startswith(("sqlite_", "_"))
        }


def metadata(**values: object) -> str:
    """A window's metadata."""
    return json.dumps(values)
