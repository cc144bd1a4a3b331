"""The ledger's messages and windows: accepted by Slack, whole in their text, and literal."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.eligibility_profile import KINDS
from bot.domain.faq import HOURS, Reply, answer_of
from bot.domain.identity import MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_form import fields_of
from bot.domain.ledger_judging import judge
from bot.domain.ledger_reading import Told
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services.ledger import Page, Row, Shown
from handlers.slack.views.blocks import Message, escaped
from handlers.slack.views.ledger import entry_message, latest_message, list_modal, row_text
from handlers.slack.views.ledger_modal import (
    LONGEST,
    Form,
    Lists,
    changed_modal,
    form_modal,
    kept_modal,
    understood_message,
)
from tests.support.road import content

TODAY = date(2026, 11, 23)
HOSTILE = "<!channel> <@U0ADA> *bold* =1+1 🎉 <https://example.com|here> "
TITLE = (HOSTILE * 9)[: LONGEST["title"]]
ENTRY = LedgerEntry(
    date(2026, 11, 3),
    TITLE,
    Decimal("1.5"),
    "live",
    "writing",
    "operations",
    (HOSTILE * 9)[: LONGEST["provider"]],
    "https://example.com/" + "x" * 470,
    "n" * LONGEST["note"],
    id=7,
)


def row(**changed: Any) -> Row:
    found, entry = content(), replace(ENTRY, **changed)
    judgement = judge(entry, (), None, found.rule_set, TODAY)
    label = found.rule_set.labels.get(entry.category or "")
    return Row(entry, judgement, "1.5 hours", label, "operations management")


def rows() -> Iterator[Row]:
    for kind in (*KINDS, "lost"):
        yield row(kind=kind)
    for category in (*content().rule_set.labels, "lost", None):
        yield row(category=category)
    yield row(category=None, subject=None)
    yield row(day=date(2020, 2, 29), session=4)
    yield row(kind="college_semester_credit", amount=Decimal(1))


def faults(shown: Message) -> list[str]:
    found = message_faults({"text": shown.text, "blocks": list(shown.blocks)})
    return [fault.detail for fault in found]


@pytest.mark.parametrize("found", list(rows()), ids=range(len(list(rows()))))
def test_every_entry_can_be_shown(found: Row) -> None:
    """Whatever an entry is and counts, its message and windows hold all of it."""
    copy = content().copy
    for deleted in (False, True):
        shown = entry_message(Shown(found, deleted), copy)
        assert faults(shown) == []
        assert escaped(found.entry.title) in shown.text
        assert "<!channel>" not in shown.text
        assert view_faults(changed_modal(Shown(found, deleted), copy), kind="modal") == []
    assert view_faults(kept_modal(found, copy), kind="modal") == []
    assert escaped(row_text(found, copy)) in entry_message(Shown(found), copy).text


def test_lists_can_be_shown_at_their_longest() -> None:
    """Ten of the longest entries fit the list, five the message; an empty ledger says so."""
    copy, longest = content().copy, (row(),) * 10
    for page in (Page(longest, 2, 3, 30), Page((), 1, 1, 0)):
        assert view_faults(list_modal(page, copy), kind="modal") == []
    shown = latest_message(Page(longest[:5], 1, 6, 30), copy)
    assert faults(shown) == []
    assert faults(latest_message(Page((), 1, 1, 0), copy)) == []


@pytest.mark.parametrize("warned", [True, False])
@pytest.mark.parametrize("entry", [0, 7])
def test_the_form_can_be_shown_with_anything_in_it(entry: int, warned: bool) -> None:
    """The form opens with the longest values, with faults in them, and empty."""
    found = content()
    lists = Lists(found.rule_set, found.recertification)
    for filled in ({}, fields_of(ENTRY), {"category": "lost", "kind": "lost", "day": "03/04"}):
        form = Form("f", filled, entry, 1, warned, page=2)
        for confirmed in (None, row(session=4)):
            view = form_modal(form, lists, found.copy, [HOSTILE], confirmed)
            assert view_faults(view, kind="modal") == []
            assert json.loads(view["private_metadata"])["page"] == 2


def test_what_was_understood_can_be_shown() -> None:
    """What was read of plain words is in the text to the last field, and is only ever letters."""
    found = content()
    told = Told(
        date(2026, 11, 3), "03/04", TITLE, HOSTILE, Decimal("1.5"), "writing", None, "live", True
    )
    answer = answer_of(found.entries[HOURS], found.entries)
    reply = Reply(1, MemberRef("slack:T0:U0"), "action", answer, (), True, False, True)
    shown = understood_message(reply, told, found.rule_set, found.copy)
    assert faults(shown) == []
    for part in ("November 3, 2026", escaped(TITLE), "1.5", "writing skills", "03/04"):
        assert part in shown.text
