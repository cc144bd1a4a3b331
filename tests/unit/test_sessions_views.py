"""How sessions look: within Slack's limits, whoever comes and whatever somebody calls a session."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.matching import Index
from bot.domain.sessions import Attendance, Details, Mark, Session, SessionRecord, State, Tap
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services.bank import Bank
from handlers.slack.views.blocks import Message
from handlers.slack.views.sessions import card_message, naming_of, nothing_noted, tap_message
from handlers.slack.views.sessions_desk import SHOWN, list_message, waiting_message
from handlers.slack.views.sessions_windows import (
    as_metadata,
    decide_modal,
    draft_modal,
    from_metadata,
    preview_modal,
    refused_modal,
)
from tests.support.road import content

TODAY = date(2026, 11, 23)
CHAIR = MemberRef("slack:T0CHAPTER:U0CHRISTINA")
ADA = MemberRef("slack:T0CHAPTER:U0ADA")
HOSTILE = "<!channel> *x* & <https://example.org|here> 🎉"
LONGEST = ("🎉<&>" * 40)[:120]
NAMING = naming_of(Bank(content(), cast(Index, None)))


def session(title: str = "Plain letters", state: State = "open", **changes: Any) -> Session:
    details = Details(title, TODAY, 50, "webinar", "specialist_extra", "legal_industry")
    place = ConversationRef("slack:T0CHAPTER:C0GENERAL")
    return Session(7, 3, replace(details, **changes), state, place, CHAIR, erased=2)


def record(found: Session, **counts: int) -> SessionRecord:
    attendances = [
        Attendance(
            MemberRef(f"slack:T0CHAPTER:U{mark[:2].upper()}{at:09}"), cast(Mark, mark), f"{at:09}"
        )
        for mark, count in counts.items()
        for at in range(count)
    ]
    return SessionRecord(found, tuple(attendances), (CHAIR,), TODAY)


def marked(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        for value in node.values():
            yield from marked(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from marked(value)


def taken(shown: Message) -> None:
    """Slack takes it, and reads nobody's words as markup."""
    assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    assert len(json.dumps(list(shown.blocks))) < 12_000
    for text in (shown.text, *marked(shown.blocks)):
        assert "<!channel>" not in text and "<https" not in text


@pytest.mark.parametrize("title", ["Plain letters", HOSTILE, LONGEST])
@pytest.mark.parametrize("state", ["open", "unposted", "cancelled"])
@pytest.mark.parametrize("many", [0, 1, 2, 9, 400])
def test_card_and_list_can_be_shown(title: str, state: State, many: int) -> None:
    """Nobody, a few or hundreds, with any title: Slack takes card and list."""
    found = record(session(title, state), noted=many, confirmed=many, declined=many)
    card = card_message(found, NAMING)
    taken(card)
    assert "U0" not in str(card)
    assert ("I attended" in str(card.blocks)) == (state != "cancelled")
    shown = list_message(found, CHAIR, NAMING)
    taken(shown)
    assert not shown.text.endswith("…")
    taken(waiting_message(found.session, NAMING.copy))


def test_confirming_all_goes_as_far_as_the_names_that_are_shown() -> None:
    """Nobody is confirmed whose name the list had no room for."""
    shown = list_message(record(session(), noted=SHOWN + 5), CHAIR, NAMING)
    assert f"UNO{SHOWN - 1:09}" in shown.text
    assert f"UNO{SHOWN:09}" not in shown.text
    assert "and 5 more" in shown.text
    assert f"7:3:{SHOWN - 1:09}" in str(shown.blocks)


def test_who_has_left_the_desk_sees_no_names() -> None:
    """A former chair's list turns into a sentence."""
    shown = list_message(record(session(), noted=2, confirmed=2), ADA, NAMING)
    assert "those who answer for the chapter" in shown.text
    assert "<@" not in str(shown)
    assert "action_id" not in str(shown.blocks)


@pytest.mark.parametrize(
    "tap", ["early", "ask", "noted", "confirmed", "declined", "cancelled", "gone", "undone"]
)
@pytest.mark.parametrize("title", ["Plain letters", HOSTILE, LONGEST])
def test_what_a_member_sees_alone_can_be_shown(tap: Tap, title: str) -> None:
    """Each answer to a press is shown, and says all of it in its text."""
    found = None if tap == "gone" else session(title)
    shown = tap_message(tap, found, ADA, NAMING)
    taken(shown)
    assert ("<@U0ADA>" in shown.text) == (tap == "ask")
    taken(nothing_noted(NAMING.copy))


def test_a_preview_announces_news_only_where_there_is_any() -> None:
    """Who mends the title alone is not told that members will hear of it: they do not."""
    found = record(session("Plain letters"), noted=0, confirmed=4)
    details, metadata = found.session.details, {"channel": "C0GENERAL", "session": 7, "version": 3}
    for change, is_told in (({"title": "Plainer"}, False), ({"minutes": 30}, True)):
        preview = preview_modal(replace(details, **change), NAMING, metadata, found)
        assert ("Confirmed so far: 4." in json.dumps(preview["blocks"])) == is_told


@pytest.mark.parametrize("title", ["Plain letters", HOSTILE, LONGEST])
def test_the_windows_open_and_carry_everything(title: str) -> None:
    """The window, its preview and the others are within Slack's limits and lose nothing."""
    found = record(session(title), noted=3, confirmed=4)
    details = found.session.details
    metadata = {"channel": "C0GENERAL", "session": 7, "version": 3, "form": "V" * 20}
    preview = preview_modal(details, NAMING, metadata, found)
    views = [
        draft_modal(NAMING, "C0GENERAL", TODAY),
        draft_modal(NAMING, "C0GENERAL", TODAY, found.session),
        preview,
        preview_modal(details, NAMING, metadata, None),
        decide_modal(found, NAMING),
        *(refused_modal(reason, NAMING) for reason in ("changed", "cancelled", "gone", "twin")),
    ]
    for view in views:
        assert view_faults(view, kind="modal") == []
        assert "<!channel>" not in "".join(marked(view))
    assert from_metadata(json.loads(preview["private_metadata"])["details"]) == details
    assert from_metadata(as_metadata(details)) == details


def test_a_category_that_the_rules_have_lost_is_left_out() -> None:
    """A session of before stays to be seen after the rules have changed."""
    found = record(session(category="alchemy", subject="astrology"))
    for shown in (card_message(found, NAMING), list_message(found, CHAIR, NAMING)):
        taken(shown)
        assert "alchemy" not in shown.text
    assert view_faults(draft_modal(NAMING, "C0", TODAY, found.session), kind="modal") == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(60, "1 hour"), (90, "1.5 hours"), (75, "1.25 hours"), (50, "50 minutes"), (100, "100 min")],
)
def test_a_length_is_said_as_people_say_it(minutes: int, said: str) -> None:
    """Hours where they come out even, and else minutes."""
    assert said in NAMING.length(session(minutes=minutes).details)
