"""What a screen reader hears is whole, and what people and chapters wrote is only ever letters."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

import pytest

from bot.content import ContentBank, ContentPlaces, load_content, shipped_path
from bot.domain.eligibility import Verdict, check
from bot.domain.faq import Approval, Outcome, Reply, answer_of, choices_of, spoken
from bot.domain.gap import gap_on, told_sums, with_ledger
from bot.domain.handoff import SharedFields, Ticket, TicketRecord
from bot.domain.identity import MemberRef, Workspace
from bot.domain.ledger import LedgerEntry
from bot.domain.matching import Index
from bot.domain.plan import Plan
from bot.domain.program import Season
from bot.domain.reminders import Overview, Reminding
from bot.domain.standing import Standing
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services.bank import Bank
from bot.services.calendars import DatesShown
from bot.services.home import Dashboard
from bot.services.ledger import Page
from handlers.slack.views.announcement import announcement_message
from handlers.slack.views.blocks import MESSAGE_TEXT, Message, escaped
from handlers.slack.views.eligibility import verdict_modal
from handlers.slack.views.faq import reply_message
from handlers.slack.views.help import help_message, help_text, welcome_message
from handlers.slack.views.home import home_view
from handlers.slack.views.standing import standing_message, standing_texts
from tests.support.eligibility import MEETS, SPECIALIST, profile

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = date(2027, 9, 3)
HOSTILE = "<!channel> *bold* <b>x</b> & <https://example.org|here>"
OLD = [
    LedgerEntry(date(2025, 1 + n, 3), f"{HOSTILE} {n} " * 20, Decimal(1), "live", "writing")
    for n in range(12)
]
CHAPTERS: dict[str, dict[str, Any]] = {
    "empty": {},
    "hostile": {
        "name": HOSTILE,
        "chair": {"slack_id": "U0CHAIR", "name": HOSTILE},
        "deputy": {"slack_id": "U0DEPUTY", "name": HOSTILE},
        "reply_promise": HOSTILE,
        "study_group": HOSTILE,
        "scholarship": HOSTILE,
        "next_events": HOSTILE,
    },
}
PROFILES: list[Mapping[str, Any]] = [
    {},
    MEETS,
    SPECIALIST,
    {"role": "functional_specialist"},
    {**MEETS, "role": "other", "organization": "other", "country": "CA", "full_time": False},
    {**SPECIALIST, "exempt": False, "supervises": False, "endorses_ethics_code": False},
    {**SPECIALIST, "employed_now": False, "months_since_last_job": 25, "hours": []},
    {**MEETS, "combined_roles": True, "years_experience": 1, "organization": "court"},
]


@cache
def content(chapter: str) -> ContentBank:
    places = ContentPlaces(shipped_path("content"), chapter=CHAPTERS[chapter])
    return load_content(places, TODAY)


def bank(chapter: str) -> Bank:
    return Bank(content(chapter), cast(Index, None))


def verdict(given: Mapping[str, Any]) -> Verdict:
    return check(profile(given), content("empty").rule_set, TODAY)


def ticket() -> TicketRecord:
    shared = SharedFields(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    here, ada = Workspace("slack:T0"), MemberRef("slack:T0:U0ADA")
    opened = Ticket(1, here, 7, ada, "new", 1, None, None, shared, NOW, NOW)
    return TicketRecord(opened, (), "unreachable", ())


def standing(given: Mapping[str, Any] | None) -> Standing:
    seasons = tuple(Season(f"Fall {n}", TODAY, TODAY, TODAY, "x") for n in range(2027, 2031))
    rules = content("empty").rule_set
    measured = None if given is None else with_ledger(profile(given), OLD, rules)
    return Standing(
        verdict=None if given is None else verdict(given),
        told_at=None if given is None else NOW,
        rules_changed=True,
        draft_step=HOSTILE,
        ticket=ticket(),
        seasons=seasons,
        today=TODAY,
        gap=None if measured is None else gap_on(measured, rules, LATER, TODAY),
        plan=Plan(LATER, "Fall 2027", is_own=True, passed=TODAY),
        sums=told_sums(measured, rules, LATER) if measured else (),
        courses=1,
    )


def dashboard(found: Standing) -> Dashboard:
    """A Home with this standing, and nothing else to show."""
    settings = Reminding((60, 30), 9, 20, 8)
    dates = DatesShown((), None, frozenset())
    reminders = Overview(True, "Etc/UTC", True, settings)
    return Dashboard(found, dates, Page((), 1, 1, 0), reminders)


def marked(node: Any) -> Iterator[str]:
    """Every text that Slack would read as markup."""
    if isinstance(node, Mapping):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        for value in node.values():
            yield from marked(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from marked(value)


def taken(shown: Message) -> None:
    """Slack takes it, with new and with old blocks, and reads nobody's words as markup."""
    for blocks in (shown.blocks, shown.without_new_blocks().blocks):
        assert message_faults({"text": shown.text, "blocks": list(blocks)}) == []
    for text in (shown.text, *marked([*shown.blocks, *shown.plain])):
        assert "<!channel>" not in text and "<b>" not in text and "<https" not in text
    assert len(shown.text) <= MESSAGE_TEXT and not shown.text.endswith("…")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_reply_is_whole_for_any_chapter(chapter: str) -> None:
    """No answer is cut in what a screen reader hears, whatever a chapter calls itself."""
    found = content(chapter)
    for entry in found.entries.values():
        for approved in (None, Approval(HOSTILE, TODAY)):
            answer = replace(answer_of(entry, found.entries), approved=approved)
            outcome: Outcome = "action" if entry.is_action else "answer"
            reply = Reply(1, MemberRef("slack:T0:U0"), outcome, answer, (), True, False, True)
            shown = reply_message(reply, found.copy, in_channel=True)
            taken(shown)
            assert escaped(spoken(reply, found.copy)) in shown.text
            assert escaped(entry.text) in shown.text


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("outcome", ["clarify", "unknown", "chat"])
def test_every_other_reply_is_whole(chapter: str, outcome: Outcome) -> None:
    """Choices, an honest no and a friendly line are in the text with all their words."""
    found = content(chapter)
    choices = choices_of(sorted(found.entries.values(), key=lambda e: -len(e.question))[:3])
    for after in (False, True):
        reply = Reply(1, MemberRef("slack:T0:U0"), outcome, None, choices, True, after, True)
        shown = reply_message(reply, found.copy, in_channel=True)
        taken(shown)
        assert outcome != "clarify" or all(escaped(c.question) in shown.text for c in choices)


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("approved", ["none", "some", "all"])
def test_the_bot_explains_itself(chapter: str, approved: str) -> None:
    """Help, welcome and announcement are whole, automated is said, and so is the approval."""
    made = bank(chapter)
    entries = dict(made.content.entries)
    for number, (key, entry) in enumerate(entries.items()):
        if approved == "all" or (approved == "some" and number % 2):
            entries[key] = replace(entry, approved=Approval("us", TODAY))
    made = Bank(replace(made.content, entries=entries), made.index)
    for shown in (help_message(made), welcome_message(made)):
        taken(shown)
        assert "automated" in shown.text
    taken(announcement_message(made.content.copy))
    assert escaped(help_text(made)) == help_message(made).text
    said = {"none": "not yet approved", "some": "has not yet approved it", "all": "are approved"}
    assert said[approved] in help_message(made).text


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("given", [None, *PROFILES], ids=str)
def test_every_standing_is_whole(chapter: str, given: Mapping[str, Any] | None) -> None:
    """Where somebody stands is in the text to the last word, and in the Home tab as well."""
    found = standing(given)
    shown = standing_message(found, content(chapter).copy)
    taken(shown)
    for text in standing_texts(found, content(chapter).copy):
        assert escaped(text) in shown.text
    home = home_view(dashboard(found), bank(chapter))
    assert view_faults(home, kind="home") == []
    assert "<!channel>" not in "".join(marked(home))


@pytest.mark.parametrize("given", PROFILES, ids=str)
def test_every_verdict_is_whole(given: Mapping[str, Any]) -> None:
    """Each rule's state, reason and what would settle it stand in the window, uncut."""
    found = verdict(given)
    view = verdict_modal(found, content("empty").copy)
    assert view_faults(view, kind="modal") == []
    shown = json.dumps(view, ensure_ascii=False)
    for rule in found.rules:
        for text in (rule.title, rule.reason.text, rule.settles or "", rule.rule):
            assert json.dumps(text, ensure_ascii=False)[1:-1] in shown
