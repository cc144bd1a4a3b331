"""Forged payloads: ids of somebody else, buttons of the chair, and values that make no sense."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from handlers.slack.routes import ACTIONS, SUBMISSIONS
from tests.support.forging import SECRETS, Bens, Came, Forger, bens, kept_of_others, metadata
from tests.support.talk import Talk

Case = tuple[str, str, str]

GARBAGE = ("", "x", "1" + "0" * 30, "-1", '{"a":[1]}', "1:2:3:4")
METADATA = ("", "not json", "[]", '{"a":[1]}', "null")
ONLY_CHAIR = "That is for the CLM committee chair to do."
ONLY_DESK = "Only those who answer for the chapter"
GONE = "I no longer keep this"
WRONG = "Something went wrong"

BUTTONS: tuple[Case, ...] = (
    ("ledger.edit", "<ENTRY>", GONE),
    ("ledger.delete", "<ENTRY>", GONE),
    ("ledger.restore", "<DELETED>", GONE),
    ("ledger.add", "<TURN>", "Such as yesterday"),
    ("faq.forget", "<TURN>", "Only whoever asked"),
    ("faq.none", "<TURN>", "I don't know"),
    ("handoff.open", "<TURN>", "This is exactly what"),
    ("eligibility.told", "<TURN>", "Step 1"),
    ("handoff.withdraw", "<TICKET>", GONE),
    ("handoff.claim", "<TICKET>:1", ONLY_DESK),
    ("handoff.release", "<TICKET>:1", ONLY_DESK),
    ("handoff.reply", "<TICKET>:1", ONLY_DESK),
    ("handoff.close", "<TICKET>:1", ONLY_DESK),
    ("handoff.more", "reassign:<TICKET>:1", ONLY_DESK),
    ("handoff.more", "snooze:<TICKET>:1", ONLY_DESK),
    ("handoff.more", "note:<TICKET>:1", ONLY_DESK),
    ("handoff.reopen", "<TICKET>", GONE),
    ("reminders.done", "<REMINDER>", "no longer one of yours"),
    ("reminders.snooze", "<REMINDER>", "no longer one of yours"),
    ("reminders.stop", "<REMINDER>", "Reminders are off"),
    ("calendar.add", "<CALENDAR>", "no longer known"),
    ("plan.adopt", "U0BEN", WRONG),
    ("plan.season", "U0BEN", WRONG),
    ("plan.compare", "U0BEN", "See your plan beside"),
    ("gap.drop_sums", "U0BEN", "Where you stand"),
    ("recert.open", "U0BEN", "Tell me when your cycle ends"),
    ("privacy.export", "U0BEN", "I am putting it together"),
    ("privacy.ask", "U0BEN", "This erases everything"),
    ("season.open", "", ONLY_CHAIR),
    ("season.choose", "", ONLY_CHAIR),
    ("season.withdraw", "Spring 2027", ONLY_CHAIR),
    ("announcement.post", "C0GENERAL", ONLY_CHAIR),
    ("session.attend", "<SESSION>:U0BEN", GONE),
    ("session.yes", "<SESSION>:U0BEN", GONE),
    ("session.undo", "<SESSION>:U0BEN", GONE),
    ("session.confirm", "<SESSION>:1:U0BEN", ONLY_CHAIR),
    ("session.decline", "<SESSION>:1:U0BEN", ONLY_CHAIR),
    ("session.confirm_all", "<SESSION>:1:9", ONLY_CHAIR),
    ("session.decline_all", "<SESSION>:1:9", ONLY_CHAIR),
    ("session.some", "<SESSION>:1", ONLY_CHAIR),
    ("session.change", "<SESSION>:1", ONLY_CHAIR),
    ("session.cancel", "<SESSION>:1", ONLY_CHAIR),
    ("session.repost", "<UNPOSTED>:1", ONLY_CHAIR),
)
DAYS = {"apply_by": "2030-03-04", "test_from": "2030-05-03", "test_to": "2030-05-28"}
SEASON = metadata(name="Spring 2030", version=0, source="x", **DAYS)
TALK: dict[str, Any] = {
    "title": "Forged",
    "day": "2026-01-01",
    "minutes": 90,
    "kind": "live",
    "category": None,
    "subject": None,
}
COURSE = {"day": "yesterday", "title": "Forged", "amount": "2", "category": "writing"}


def entry(number: object) -> str:
    return metadata(form="form-of-ben-1", entry=number, version=1, warned=False, page=0)


def fields(**values: str) -> dict[str, Any]:
    return {name: {"value": {"value": value}} for name, value in values.items()}


HUGE = 10**30
WINDOWS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("ledger.save", entry("<ENTRY>"), fields(**COURSE, kind="live"), "meanwhile"),
    ("ledger.save", entry(HUGE), fields(**COURSE, kind="live"), WRONG),
    ("handoff.preview", metadata(draft="<DRAFT>"), fields(note="x"), ""),
    ("handoff.reply", metadata(ticket="<TICKET>"), {"reply": {"value": {"value": "x"}}}, ONLY_DESK),
    (
        "handoff.close",
        metadata(ticket="<TICKET>"),
        {"outcome": {"value": {"selected_option": {"value": "resolved"}}}},
        "",
    ),
    (
        "handoff.reassign",
        metadata(ticket="<TICKET>", version=1),
        {"to": {"value": {"selected_option": {"value": "U0ADA"}}}, **fields(reason="x")},
        ONLY_DESK,
    ),
    (
        "handoff.snooze",
        metadata(ticket="<TICKET>", version=1),
        {"day": {"value": {"selected_date": "2030-01-01"}}},
        ONLY_DESK,
    ),
    ("handoff.note", metadata(ticket="<TICKET>", version=1), fields(note="x"), ONLY_DESK),
    ("season.enter", "", fields(season="Spring 2030"), ONLY_CHAIR),
    ("season.save", SEASON, {}, ONLY_CHAIR),
    (
        "session.draft",
        metadata(channel="C0GENERAL", session="<SESSION>", version=1),
        {},
        ONLY_CHAIR,
    ),
    (
        "session.post",
        metadata(channel="C0GENERAL", session="<SESSION>", version=1, details=TALK),
        {},
        ONLY_CHAIR,
    ),
    (
        "session.post",
        metadata(channel="C0GENERAL", session=0, form="V1", details=TALK),
        {},
        ONLY_CHAIR,
    ),
    (
        "session.decide",
        metadata(session="<SESSION>", version=1),
        {
            "people": {"value": {"selected_users": ["U0BEN"]}},
            "decision": {"value": {"selected_option": {"value": "confirmed"}}},
        },
        ONLY_CHAIR,
    ),
    ("plan.save", metadata(member="U0BEN"), {"day": {"value": {"selected_date": "x"}}}, ""),
    ("plan.what_if", metadata(member="U0BEN"), {"day": {"value": {"selected_date": None}}}, ""),
    ("recert.save", metadata(member="U0BEN"), {"status": {"v": {"value": "x"}}}, ""),
    ("eligibility.step", metadata(draft=HUGE, version=1, turn="<TURN>"), {}, ""),
    ("privacy.really", metadata(member="U0BEN"), {}, ""),
    ("privacy.erase", metadata(member="U0BEN"), fields(word="x"), ""),
)


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """Every log line, as it was given."""
    with structlog.testing.capture_logs() as lines:
        yield lines


class Attempt:
    """Forged payloads of one sender, after each of which all of Ben's is looked at."""

    def __init__(self, talk: Talk, name: str, found: Bens, logged: list[Any]) -> None:
        self.forger, self._talk, self._name, self.found = Forger(talk, name), talk, name, found
        self._logged = logged
        self._before = kept_of_others(talk, name)

    def is_harmless(self, came: Came, expected: str, what: str) -> None:
        assert came.shown.strip(), f"{what}: silence"
        assert expected in came.shown, f"{what}: {came.shown}"
        after = kept_of_others(self._talk, self._name)
        changed = {name for name in after if after[name] != self._before[name]}
        assert not changed, f"{what}: {changed}"
        assert not [one for one in SECRETS if one in came.shown], what
        log = str(self._logged)
        private = (*SECRETS, "U0", "Ada", "Okafor", "Forged", "xoxb", "xapp")
        assert not [one for one in private if one in log], what


FEATURES = sorted({name.partition(".")[0] for name, _, _ in BUTTONS})
WINDOW_FEATURES = sorted({name.partition(".")[0] for name, *_ in WINDOWS})


@pytest.mark.parametrize("feature", FEATURES)
async def test_a_forged_button_reaches_nothing_of_anybody_else(
    talk: Talk, logged: list[Any], feature: str
) -> None:
    """Whatever id a member's button carries, nobody else's data is changed or shown, the chair's
    buttons stay the chair's, and the member reads what came of it."""
    attempt = Attempt(talk, "ada", await bens(talk), logged)
    for name, value, expected in (c for c in BUTTONS if c[0].startswith(f"{feature}.")):
        forged = attempt.found.fill(value)
        attempt.is_harmless(await attempt.forger.presses(name, forged), expected, name)
        never = expected if expected in (ONLY_CHAIR, ONLY_DESK) else ""
        for garbage in GARBAGE:
            came = await attempt.forger.presses(name, garbage)
            attempt.is_harmless(came, never, f"{name} {garbage!r}")


@pytest.mark.parametrize("feature", WINDOW_FEATURES)
async def test_a_forged_window_reaches_nothing_of_anybody_else(
    talk: Talk, logged: list[Any], feature: str
) -> None:
    """The same holds for windows, whatever they carry and whatever stands in their fields."""
    attempt = Attempt(talk, "ada", await bens(talk), logged)
    for name, carried, values, expected in (c for c in WINDOWS if c[0].startswith(f"{feature}.")):
        forged = attempt.found.fill_json(carried)
        came = await attempt.forger.submits(name, forged, values)
        attempt.is_harmless(came, expected, name)
    for name in {name for name, *_ in WINDOWS if name.startswith(f"{feature}.")}:
        for garbage in METADATA:
            came = await attempt.forger.submits(name, garbage, {})
            attempt.is_harmless(came, "", f"{name} {garbage!r}")


@pytest.mark.parametrize("feature", ["season", "announcement", "session"])
async def test_a_button_of_the_chair_with_nonsense_in_it_is_answered(
    talk: Talk, logged: list[Any], feature: str
) -> None:
    """Also the chair, who may press it, reads something when a button names nothing there is."""
    attempt = Attempt(talk, "christina", await bens(talk), logged)
    for name in (c[0] for c in BUTTONS if c[0].startswith(f"{feature}.")):
        for garbage in GARBAGE[: 1 if feature == "announcement" else None]:
            came = await attempt.forger.presses(name, garbage)
            attempt.is_harmless(came, "", f"{name} {garbage!r}")


def test_every_forged_name_is_one_that_is_heard() -> None:
    """No case is about a button or window that has left, and no window is left out here that is
    not of the desk alone, whose are tried in test_forged_desk.py."""
    assert {name for name, *_ in BUTTONS} <= set(ACTIONS)
    tried = {name for name, *_ in WINDOWS} | {"faq.ask"}
    assert tried <= set(SUBMISSIONS)
    left_out = {name.partition(".")[0] for name in set(SUBMISSIONS) - tried}
    assert left_out <= {"people", "handover", "curation", "learning", "handoff"}
