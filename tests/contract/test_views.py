"""Everything the bot can show is accepted by Slack and says all of it in its text."""

import functools
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.cli.running import demo_places
from bot.content import ContentBank, load_content
from bot.domain.eligibility import check
from bot.domain.eligibility_dialog import Answers, profile_from, progress
from bot.domain.faq import Outcome, Reply, answer_of, choices_of, spoken
from bot.domain.identity import MemberRef
from bot.domain.privacy import KINDS, Kept, Overview
from bot.domain.standing import Standing
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services.eligibility import StepShown
from handlers.slack.views.announcement import announcement_message, preview_blocks, preview_text
from handlers.slack.views.blocks import Message, escaped, message
from handlers.slack.views.eligibility import step_modal, verdict_modal
from handlers.slack.views.faq import answer_modal, ask_modal, reply_message
from handlers.slack.views.privacy import (
    confirm_modal,
    erased_modal,
    export_message,
    page_message,
    really_modal,
)
from handlers.slack.views.standing import standing_message

TODAY = date(2026, 11, 23)
HOSTILE = "<!channel> <@U0ADA> *bold* <https://example.com|here> <b>&amp;</b> \u202e"
SPECIALIST: Answers = {"role": "functional_specialist", "specialty": "hr", "employed_now": "no"}


@functools.cache
def content() -> ContentBank:
    return load_content(demo_places(), TODAY)


def reply(outcome: Outcome, entry: str | None = None, choices: tuple[str, ...] = ()) -> Reply:
    entries = content().entries
    return Reply(
        turn=7,
        member=MemberRef("slack:T0:U0"),
        outcome=outcome,
        answer=answer_of(entries[entry], entries) if entry else None,
        choices=choices_of([entries[choice] for choice in choices]),
        late=True,
        after_choices=False,
        introduces=True,
    )


def replies() -> Iterator[Reply]:
    for entry in content().entries.values():
        yield reply("action" if entry.is_action else "answer", entry.id)
    longest = sorted(content().entries.values(), key=lambda e: -len(e.question))[:3]
    yield reply("clarify", None, tuple(entry.id for entry in longest))
    yield reply("unknown")
    yield reply("chat")


def faults(shown: Message) -> list[str]:
    return [
        fault.detail
        for blocks in (shown.blocks, shown.plain or shown.blocks)
        for fault in message_faults({"text": shown.text, "blocks": list(blocks)})
    ]


@pytest.mark.parametrize(
    "found", list(replies()), ids=lambda r: r.answer.entry if r.answer else r.outcome
)
def test_every_reply_is_accepted_and_its_text_is_complete(found: Reply) -> None:
    """Whatever is asked, Slack shows the reply, and a screen reader hears all of it."""
    shown = reply_message(found, content().copy, in_channel=True)
    assert faults(shown) == []
    assert escaped(spoken(found, content().copy)) in shown.text
    assert view_faults(answer_modal(found, content().copy), kind="modal") == []


def standings() -> Iterator[Standing]:
    content_ = content()
    for answers in ({}, SPECIALIST):
        profile = profile_from(answers, content_.dialog, TODAY)
        for verdict in (None, check(profile, content_.rule_set, TODAY)):
            yield Standing(
                verdict=verdict,
                told_at=datetime(2026, 11, 1, tzinfo=UTC) if verdict else None,
                rules_changed=verdict is not None,
                draft_step="Your role",
                ticket=None,
                seasons=content_.seasons,
                today=TODAY,
            )


@pytest.mark.parametrize("found", list(standings()), ids=range(4))
def test_every_standing_is_accepted(found: Standing) -> None:
    """Where a member stands can be shown, whatever is open."""
    shown = standing_message(found, content().copy)
    assert faults(shown) == []
    assert "Where you stand" in shown.text


def steps() -> Iterator[StepShown]:
    dialog = content().dialog
    for step in dialog.steps:
        yield StepShown(
            draft=1,
            version=1,
            step=step,
            answers=SPECIALIST,
            progress=progress(SPECIALIST, dialog, step),
            has_back=True,
            rules_changed=True,
        )


@pytest.mark.parametrize("found", list(steps()), ids=lambda s: s.step.id)
def test_every_step_of_the_dialog_is_accepted(found: StepShown) -> None:
    """Each step opens, also with what was typed before in it."""
    pending = {question.id: HOSTILE for question in found.step.questions}
    for view in (step_modal(found, content().copy), step_modal(found, content().copy, pending)):
        assert view_faults(view, kind="modal") == []


@pytest.mark.parametrize("answers", [{}, SPECIALIST], ids=["nothing told", "specialist"])
def test_every_verdict_is_accepted(answers: Answers) -> None:
    """A verdict with all its rules fits into the window."""
    profile = profile_from(answers, content().dialog, TODAY)
    verdict = check(profile, content().rule_set, TODAY)
    assert view_faults(verdict_modal(verdict, content().copy), kind="modal") == []


def test_the_remaining_windows_and_messages_are_accepted() -> None:
    """The announcement, its preview, and what is asked before erasing can be shown."""
    copy = content().copy
    preview = message(preview_text(copy, "C0CLM"), preview_blocks(copy, "C0CLM"))
    for shown in (announcement_message(copy), preview):
        assert faults(shown) == []
    for view in (ask_modal(copy), confirm_modal(copy), really_modal(copy), erased_modal(copy)):
        assert view_faults(view, kind="modal") == []


def test_the_page_of_what_is_kept_is_accepted_at_its_longest() -> None:
    """Every kind of data, in great numbers and seen by several, fits into one message whose text
    alone names every kind."""
    copy = content().copy
    seen = tuple(MemberRef(f"slack:T0:U0DESK{at}") for at in range(4))
    since = datetime(2020, 1, 1, tzinfo=UTC)
    kept = tuple(Kept(kind, 123_456, since, 36_500, seen) for kind in KINDS)
    shown = page_message(Overview(kept, 1_000, 1_825, 30), copy)
    assert faults(shown) == []
    for kind in KINDS:
        assert copy.say(f"privacy.kind_{kind}") in shown.text
    assert faults(page_message(Overview((), 0, None, 30), copy)) == []
    assert faults(export_message({"turns": [{"id": 1, "question": HOSTILE}]}, copy)) == []


def test_what_people_wrote_is_shown_literally() -> None:
    """A forged mention or link in a question stays letters, in the window as in the message."""
    view = ask_modal(content().copy, HOSTILE)
    assert view_faults(view, kind="modal") == []
    assert HOSTILE not in json.dumps(list(mrkdwn_of(view)))


def mrkdwn_of(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "mrkdwn":
            yield str(node["text"])
        for value in node.values():
            yield from mrkdwn_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from mrkdwn_of(value)
