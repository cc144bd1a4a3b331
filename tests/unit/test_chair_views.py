"""What the chair's desk shows: within Slack's limits, whole in its text, and nobody's markup."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import yaml

from bot.content.documents import flat_texts
from bot.domain.copy import Copy
from bot.domain.identity import MemberRef, Workspace
from bot.domain.learning import Group, Wording
from bot.domain.roles import OFFICES, RIGHTS, Decided, Officer, Role, Roster
from bot.domain.succession import KEPT, Handover
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services.chair import Desk, Waiting
from bot.services.introduction import Introduction
from bot.services.people import People, PersonInOffice, RoleChange, RoleHeld
from bot.services.succession import Belongings
from handlers.slack.candidates import Candidate, judged
from handlers.slack.chair_topics import DESK_WORDS
from handlers.slack.views.blocks import MESSAGE_TEXT, Message
from handlers.slack.views.chair import MOST_USED, chair_message, desk_message, only_text
from handlers.slack.views.handover import (
    ask_modal,
    end_message,
    introduction_message,
    pending_modal,
    state_message,
)
from handlers.slack.views.people import change_message, no_chair_message, people_modal
from tests.support.handoff import MESSAGES

HERE = Workspace("slack:T0CHAPTER")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOSTILE = "<!channel> *bold* <b>x</b> & <https://example.org|here>"
ANN, BOB = MemberRef(f"{HERE}:U0ANN"), MemberRef(f"{HERE}:U0BOB")
EVERYTHING = Desk(frozenset(OFFICES), RIGHTS["chair"], Waiting(3, 2, 99_000, 5, 1), True, False)


def copy(name: str | None = HOSTILE) -> Copy:
    texts = flat_texts(yaml.safe_load(MESSAGES.read_text(encoding="utf-8")))
    values = {"chapter_chair_name": name, "chapter_reply_promise": name, "chapter_name": name}
    return Copy({key: str(text) for key, text in texts.items()}, values)


def harmless(shown: Message) -> Message:
    assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    assert len(shown.text.encode()) <= MESSAGE_TEXT and not shown.text.endswith("…")
    for text in (shown.text, json.dumps([b for b in shown.blocks if "mrkdwn" in str(b)])):
        assert "<!channel>" not in text and "<b>" not in text and "<https" not in text
    return shown


def handover(**more: Any) -> Handover:
    values: dict[str, Any] = {"keeps": "deputy", "notes": True, "state": "asked", "asked_at": NOW}
    return Handover(id=1, chair=ANN, successor=BOB, name=HOSTILE, **values | more)


def test_every_word_has_its_line_and_fits_on_the_screen() -> None:
    """Somebody with every right hears each word with what it does, uncut."""
    shown = harmless(desk_message(EVERYTHING, tuple(DESK_WORDS), copy(), unknown="x" * 200))
    for word in DESK_WORDS:
        assert f"/clm chair {word}: {copy().say(f'chair.word_{word}')}" in shown.text
    assert set(MOST_USED) <= set(DESK_WORDS)


def test_a_quiet_desk_says_so() -> None:
    """Where nothing waits there is no list of noughts."""
    desk = Desk(frozenset({"editor"}), RIGHTS["editor"], Waiting(4, 4, 0, 0, 0), True, False)
    shown = desk_message(desk, ("bank",), copy())
    assert "Nothing waits for you now." in shown.text and "Requests" not in shown.text


@pytest.mark.parametrize(
    ("waiting", "first"),
    [
        (Waiting(3, 1, 2, 1, 0), ["Digest"]),
        (Waiting(3, 0, 2, 1, 0), ["Questions"]),
        (Waiting(0, 0, 0, 1, 0), ["Review"]),
        (Waiting(3, 0, 0, 0, 1), []),
    ],
)
def test_what_is_to_be_done_first_stands_out(waiting: Waiting, first: list[str]) -> None:
    """One button at most is marked: that for requests, else questions, else what is due."""
    desk = Desk(frozenset({"chair"}), RIGHTS["chair"], waiting, True, False)
    shown = harmless(desk_message(desk, tuple(DESK_WORDS), copy()))
    rows = [block["elements"] for block in shown.blocks if block["type"] == "actions"]
    marked = [one["text"]["text"] for row in rows for one in row if one.get("style") == "primary"]
    assert marked == first


@pytest.mark.parametrize("name", [None, HOSTILE])
@pytest.mark.parametrize(
    ("chair", "nobody", "said"),
    [
        (True, False, "Your chapter"),
        (False, False, "no CLM chair at the moment"),
        (False, True, "has not named its CLM chair yet"),
    ],
)
def test_a_member_is_always_told_something_true_of_the_chair(
    name: str | None, chair: bool, nobody: bool, said: str
) -> None:
    """With a name, without one, without a chair and without anybody at all."""
    nothing = Waiting(0, 0, 0, 0, 0)
    desk = Desk(frozenset(), frozenset(), nothing, chair, nobody)
    shown = harmless(chair_message(desk, copy(name)))
    assert said in shown.text and "{" not in shown.text


@pytest.mark.parametrize("right", sorted(RIGHTS["chair"]))
def test_who_may_is_said_as_it_is(right: Any) -> None:
    """Whoever is refused hears exactly the roles that have the right."""
    text = only_text(right, copy())
    for role in OFFICES:
        assert (copy().say(f"chair.who_{role}") in text) is (right in RIGHTS[role])


def test_a_crowd_of_people_fits_into_the_window() -> None:
    """However many have roles, and whatever they are called, Slack takes the window."""
    held = tuple(RoleHeld(role, NOW, BOB, HOSTILE, True) for role in OFFICES)
    crowd = tuple(
        PersonInOffice(MemberRef(f"{HERE}:U{n}"), HOSTILE, held, date(2027, 1, 1), n % 2 == 0)
        for n in range(60)
    )
    people = People(crowd, OFFICES, handover(), HOSTILE)
    view = people_modal(people, copy(), note="Done.")
    assert view_faults(view, kind="modal") == []
    assert "And 30 more." in json.dumps(view)
    marks = [b["text"]["text"] for b in view["blocks"] if "mrkdwn" in str(b.get("text"))]
    assert marks and not any("<!channel>" in text for text in marks)
    nobody = people_modal(People((), (), None, None), copy())
    assert view_faults(nobody, kind="modal") == [] and "submit" not in nobody


@pytest.mark.parametrize("role", OFFICES)
@pytest.mark.parametrize("held", [True, False])
def test_each_change_of_a_role_is_told(role: Role, held: bool) -> None:
    """Whose role changed reads what it lets them do, the others whose it was; also where nobody is
    known by name any more."""
    roster = Roster((Officer(ANN, frozenset({"chair"}), None),))
    for name, by in ((HOSTILE, ANN), (None, None)):
        change = RoleChange(Decided(1, BOB, role, held, by, NOW), name, None, roster)
        theirs = harmless(change_message(change, BOB, copy()))
        assert ("With that you can:" in theirs.text) is held
        assert harmless(change_message(change, ANN, copy())).text != theirs.text
    for may_name in (True, False):
        harmless(no_chair_message(copy(), may_name=may_name))


@pytest.mark.parametrize("keeps", KEPT)
def test_each_state_of_a_handover_is_told_to_both(keeps: Any) -> None:
    """Both read how it stands, whatever came of it; buttons are there while it is open."""
    roster = Roster((Officer(ANN, frozenset({"chair"}), HOSTILE),))
    for state in ("asked", "accepted", "declined", "withdrawn", "expired", "unreachable"):
        found = handover(state=state, keeps=keeps, requests=2, drafts=None)
        for reader in (ANN, BOB):
            shown = harmless(state_message(found, reader, roster, copy()))
            buttons = [b for b in shown.blocks if b["type"] == "actions"]
            assert bool(buttons) is (state == "asked")
    for state in ("accepted", "declined", "withdrawn", "expired", "unreachable"):
        assert harmless(end_message(handover(state=state, keeps=keeps), ANN, roster, copy())).text
    for state in ("withdrawn", "expired", "unreachable"):
        assert harmless(end_message(handover(state=state), BOB, roster, copy())).text
    other = MemberRef(f"{HERE}:U0OTHER")
    harmless(end_message(handover(state="accepted"), other, roster, copy()))


def test_the_windows_of_a_handover_are_taken_by_slack() -> None:
    """With somebody chosen, with a note, and while somebody is asked already."""
    belongings = Belongings(3, 2, 1, is_admin=True, pending=None)
    for view in (
        ask_modal(belongings, "U0BOB", copy(), note="x"),
        ask_modal(belongings, "", copy()),
        pending_modal(handover(), copy(), is_own=True),
    ):
        assert view_faults(view, kind="modal") == []


@pytest.mark.parametrize("is_full", [True, False])
def test_the_first_page_is_one_message(is_full: bool) -> None:
    """However long the history and however long the questions, the page is whole and one."""
    wording = Wording(f"{HOSTILE} why " * 100, 1, 12, 9, NOW, NOW)
    officers = tuple(
        Officer(MemberRef(f"{HERE}:U{n}"), frozenset(OFFICES), HOSTILE * 3) for n in range(20)
    )
    shown = Introduction(
        handover=handover(state="accepted"),
        desk=EVERYTHING,
        roster=Roster(officers if is_full else ()),
        oldest=NOW - timedelta(days=3) if is_full else None,
        dates=(),
        newest=None,
        topics=((HOSTILE * 9, 900),) * 5 if is_full else (),
        questions=(Group((wording,)),) * 3 if is_full else (),
    )
    text = harmless(introduction_message(shown, tuple(DESK_WORDS), copy())).text
    assert "/clm chair handover" in text
    assert ("There is no deputy chair" in text) is not is_full


USER = {"id": "U1", "team_id": "T0CHAPTER", "real_name": " Ada \n Lovelace "}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Candidate("U1", "Ada Lovelace")),
        ({"is_bot": True}, "bot"),
        ({"id": "USLACKBOT"}, "bot"),
        ({"deleted": True}, "left"),
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"is_stranger": True}, "stranger"),
        ({"team_id": "T0OTHER"}, "stranger"),
        ({"id": ""}, "unknown"),
        ({"real_name": "x" * 500}, Candidate("U1", "x" * 80)),
    ],
)
def test_who_can_have_a_role(more: dict[str, Any], expected: object) -> None:
    """Only a full member of this workspace who is still there: not a guest, not an app, nor
    somebody of another company who is only connected."""
    assert judged({**USER, **more}, HERE) == expected
