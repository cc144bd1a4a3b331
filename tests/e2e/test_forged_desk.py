"""Everything that is the desk's, pressed by somebody who has no role, or has none any more.

Buttons outlive roles: whatever is still on a screen is checked against the roles of that moment.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.identity import MemberRef
from bot.domain.roles import OFFICES, Appointment, Role
from bot.services import succession
from bot.services.transaction import Transaction, writes
from bot.store import roles
from handlers.slack.routes import ACTIONS, SUBMISSIONS
from tests.support.forging import (
    CHAIR,
    SECRETS,
    Bens,
    Came,
    Forger,
    bens,
    kept_of_others,
    metadata,
)
from tests.support.road import BEN, HERE
from tests.support.talk import Json, Talk

MIRA = "slack:T0CHAPTER:U0MIRA"
WRONG = "Something went wrong"
OF_MEMBERS = frozenset(
    "faq dates calendar eligibility standing recert plan gap reminders ledger privacy sharing "
    "handoff.open handoff.switch handoff.withdraw handoff.reopen handoff.preview learning.wish "
    "learning.unwish session.attend session.yes session.no session.undo announcement.cancel "
    "chair.word handover.accept handover.decline".split()
)
"""What anybody may press for themselves: whole features, and single buttons of others. A button
that is in none of these is the desk's, and is tried below."""

TICKET, SESSION = "<TICKET>:1", "<SESSION>:1:U0BEN"
VALUES: Mapping[str, str] = {
    "handoff": TICKET,
    "handoff.more": "note:<TICKET>:1",
    "session": SESSION,
    "announcement": "C0GENERAL",
    "season": "Spring 2027",
    "people": "deputy|slack:T0CHAPTER:U0DEV",
    "handover": "1",
    "numbers": "month",
    "learning": "1",
    "learning.save_reply": "<TICKET>",
    "curation": "hours-required",
    "review": "hours-required",
}
"""What stands on a real button of a feature, or of one of its buttons."""


def option(value: str) -> Json:
    return {"value": {"selected_option": {"value": value}}}


def typed(value: str) -> Json:
    return {"value": {"value": value}}


USER: Json = {"value": {"selected_user": "U0ADA"}}
TEXT = typed("x")
TALK: dict[str, Any] = {
    "title": "Forged",
    "day": "2026-01-01",
    "minutes": 90,
    "kind": "live",
    "category": None,
    "subject": None,
}
FORM = metadata(entry="hours-required", number=0, draft=1, origin="", words="", page=0, offset=0)
ASSIGNED = metadata(key=1, page=0, searched="x")
WINDOWS: Mapping[str, tuple[str, Json]] = {
    "people.give": ("", {"person": USER, "role": option("editor")}),
    "handover.ask": ("", {"next": USER, "keeps": option("deputy")}),
    "season.enter": ("", {"season": TEXT}),
    "season.save": (metadata(name="Spring 2030", version=0, source="x"), {}),
    "handoff.reply": (metadata(ticket="<TICKET>", version=1), {"reply": TEXT}),
    "handoff.close": (metadata(ticket="<TICKET>", version=1), {"outcome": option("answered")}),
    "handoff.reassign": (
        metadata(ticket="<TICKET>", version=1),
        {"to": option("U0DEV"), "reason": TEXT},
    ),
    "handoff.snooze": (
        metadata(ticket="<TICKET>", version=1),
        {"day": {"value": {"selected_date": "2030-01-07"}}},
    ),
    "handoff.note": (metadata(ticket="<TICKET>", version=1), {"note": TEXT}),
    "session.draft": (metadata(channel="C0GENERAL", session="<SESSION>", version=1), {}),
    "session.post": (
        metadata(channel="C0GENERAL", session="<SESSION>", version=1, details=TALK),
        {},
    ),
    "session.decide": (
        metadata(session="<SESSION>", version=1),
        {"people": {"value": {"selected_users": ["U0BEN"]}}, "decision": option("confirmed")},
    ),
    "curation.find": (FORM, {"words": TEXT}),
    "curation.save": (FORM, {"question": TEXT, "answer": TEXT}),
    "curation.publish": (FORM, {}),
    "learning.assign": (ASSIGNED, {"words": TEXT, "entry": option("hours-required")}),
    "learning.reply": (metadata(ticket="<TICKET>"), {"reply": option("0")}),
}

TELLS = frozenset({"outbox", "receipts", "members", "inbox", "digests"})
"""Tables in which what a refusal tells leaves rows, or what the clock alone sends."""


def is_of_members(name: str) -> bool:
    return name in OF_MEMBERS or name.partition(".")[0] in OF_MEMBERS


BUTTONS = sorted(name for name in ACTIONS if not is_of_members(name))
SUBMITTED = sorted(name for name in SUBMISSIONS if not is_of_members(name))
FEATURES = sorted({name.partition(".")[0] for name in (*BUTTONS, *SUBMITTED)})


def of(feature: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(f"{feature}.")]


@writes
def retire_the_chair(tx: Transaction) -> None:
    """Mira is the chair and the admin now, and Christina holds no role."""
    taken_up: tuple[Role, ...] = ("chair", "admin")
    for member, held in ((MIRA, True), (CHAIR, False)):
        for role in taken_up if held else OFFICES:
            given = Appointment(MemberRef(member), role, held, None)
            roles.decide(tx.db, tx.workspace, given, None, tx.now)


class Outsider:
    """Somebody without a role; after each of their clicks everybody's rows are looked at."""

    def __init__(self, talk: Talk, name: str, found: Bens) -> None:
        self._talk, self.forger, self._found = talk, Forger(talk, name), found
        self._before = self._kept()

    async def presses(self, name: str) -> None:
        value = VALUES.get(name, VALUES.get(name.partition(".")[0], "1"))
        self._is_refused(await self.forger.presses(name, self._found.fill(value)), name)

    async def submits(self, name: str) -> None:
        carried, values = WINDOWS[name]
        came = await self.forger.submits(name, self._found.fill_json(carried), values)
        self._is_refused(came, name)

    def _is_refused(self, came: Came, name: str) -> None:
        assert came.shown.strip(), f"{name}: silence"
        assert WRONG not in came.shown, f"{name}: {came.shown}"
        after = self._kept()
        assert {one for one in after if after[one] != self._before[one]} == set(), name
        assert not [one for one in SECRETS if one in came.shown], name

    def _kept(self) -> dict[str, list[str]]:
        rows = kept_of_others(self._talk, "nobody")
        return {table: found for table, found in rows.items() if table not in TELLS}


@pytest.mark.parametrize("who", ["ada", "christina"])
@pytest.mark.parametrize("feature", FEATURES)
async def test_nothing_of_the_desk_moves_without_a_role(talk: Talk, feature: str, who: str) -> None:
    """A plain member's forged click and a former chair's old button change nothing, show nothing
    of anybody, and are answered in a sentence."""
    found = await bens(talk)
    if who == "christina":
        await talk.runtime.run(retire_the_chair, HERE)
    await talk.quiet()
    outsider = Outsider(talk, who, found)
    for name in of(feature, BUTTONS):
        await outsider.presses(name)
    for name in of(feature, SUBMITTED):
        await outsider.submits(name)


async def test_only_who_was_asked_answers_a_handover(talk: Talk) -> None:
    """Accept and No thanks are the next chair's alone, whoever else presses a copy of them."""
    found = await bens(talk)
    await talk.runtime.run(
        succession.ask, HERE, CHAIR, BEN, "Ben Alvarez", "deputy", notes=True, key="V1"
    )
    await talk.quiet()
    for who in ("ada", "christina", "dev"):
        outsider = Outsider(talk, who, found)
        for name in ("handover.accept", "handover.decline"):
            await outsider.presses(name)


async def test_the_screens_button_shows_a_member_nothing_of_the_desk(talk: Talk) -> None:
    """An old button of the chair's screen leads somebody without a role to the chair."""
    await bens(talk)
    forger = Forger(talk, "ada")
    for word in ("", "people", "handover", "questions", "nonsense"):
        came = await forger.presses("chair.word", word)
        assert "Your chapter's CLM chair is Christina Bloom, CLM." in came.shown
        assert "/clm chair people: " not in came.shown


def test_every_window_of_the_desk_is_tried() -> None:
    """A window that is added to the desk is added here as well."""
    assert set(WINDOWS) == set(SUBMITTED)
