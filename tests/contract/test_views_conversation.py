"""What a reply says beside its answer, in a conversation, is accepted by Slack and complete."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.cli.running import demo_places
from bot.content import ContentBank, load_content
from bot.domain.faq import CHECK, Choice, Outcome, Reply, answer_of, choices_of, spoken
from bot.domain.identity import MemberRef
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from handlers.slack.views.blocks import escaped
from handlers.slack.views.faq import answer_modal, reply_message

HOSTILE = Choice("exam-fee", "<!channel> *bold* <https://example.com|here> & 75 characters long …")


@cache
def content() -> ContentBank:
    return load_content(demo_places(), date(2026, 11, 23))


def reply(outcome: Outcome, entry: str | None = None) -> Reply:
    entries = content().entries
    longest = choices_of(sorted(entries.values(), key=lambda e: -len(e.question))[:3])
    return Reply(
        turn=7,
        member=MemberRef("slack:T0:U0"),
        outcome=outcome,
        answer=answer_of(entries[entry], entries) if entry else None,
        choices=longest if outcome == "clarify" else (),
        late=True,
        after_choices=False,
        introduces=True,
        remark="I am sorry to hear that.",
        follows=longest[0],
        also=(longest[1], HOSTILE),
        offers_check=outcome != "unknown",
    )


def replies() -> Iterator[Reply]:
    longest = max(content().entries.values(), key=lambda e: len(e.text))
    yield reply("answer", longest.id)
    yield reply("action", CHECK)
    yield reply("clarify")
    yield replace(reply("unknown"), second_try=True)


@pytest.mark.parametrize("found", list(replies()), ids=lambda r: r.outcome)
def test_every_line_and_button_of_a_conversation_is_shown(found: Reply) -> None:
    """What was read along, what else was asked and the check are in the text and in the blocks."""
    copy = content().copy
    shown = reply_message(found, copy, in_channel=True)
    for blocks in (shown.blocks, shown.without_new_blocks().blocks):
        assert message_faults({"text": shown.text, "blocks": list(blocks)}) == []
        drawn = str(blocks)
        for line in lines(found):
            assert line in drawn or escaped(line) in drawn, line
        assert ("eligibility.told" in drawn) is found.offers_check
        assert all(f"'value': '{choice.entry}'" in drawn for choice in found.also)
    assert escaped(spoken(found, copy)) in shown.text
    assert all(escaped(line) in shown.text for line in lines(found))
    assert view_faults(answer_modal(found, copy), kind="modal") == []


def lines(found: Reply) -> list[str]:
    """What must be read, in whichever way."""
    assert found.follows is not None
    told = [content().copy.say("ask.told")] if found.offers_check else []
    return [found.remark, f"“{found.follows.question}”", *(c.question for c in found.also), *told]


def test_an_answer_that_comes_again_says_that_there_is_no_more() -> None:
    """A follow-up that leads back to the same answer is not passed off as news."""
    found = reply("answer", "exam-fee")
    again = replace(found, follows=Choice("exam-fee", "What does the exam cost?"))
    assert "I know no more about “What does the exam cost?” than this:" in spoken(
        again, content().copy
    )
    assert "Going on from" in spoken(found, content().copy)
