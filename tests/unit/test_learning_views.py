"""The desk's windows of questions: within Slack's limits, and only letters of what was asked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.faq import Reply, answer_of
from bot.domain.identity import MemberRef
from bot.domain.learning import Gathered, Opened, Proposal, group_of
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from bot.services import handoff, saved_replies
from bot.services.saved_replies import SavedReplies
from bot.services.wishes import Fulfilled
from handlers.slack.views.faq import reply_message
from handlers.slack.views.learning import (
    assign_modal,
    done_modal,
    group_modal,
    list_modal,
    waiting_modal,
)
from handlers.slack.views.saved_replies import reply_modal
from handlers.slack.views.wishes import fulfilled_message, taken_back_message, wished_message
from handlers.slack.views.wordings import wordings_modal
from tests.support.handoff import ADA, CHAIR, chapter_of, copy_of
from tests.support.learning import School, pool_entries, wording

HOSTILE = "<!channel> *bold* <https://example.org|here> & " + "very long words " * 300
COPY = copy_of(chapter_of())
QUESTIONS = {"ticket-price": HOSTILE[:75]}


def buttons(view: Any) -> list[str]:
    return [
        element["text"]["text"]
        for block in view["blocks"]
        for element in (*block.get("elements", ()), block.get("accessory") or {})
        if element.get("type") == "button"
    ]


def group(number: int, entry: str | None = None) -> Any:
    return group_of(
        [wording(f"{HOSTILE} {n}", number * 50 + n, times=3, entry=entry) for n in range(1, 40)]
    )


def unforged(view: Any) -> None:
    """Slack takes the window, and reads nobody's words as markup."""
    assert view_faults(view, kind="modal") == []
    for block in view["blocks"]:
        for text in (block.get("text"), *block.get("elements", ())):
            if isinstance(text, dict) and text.get("type") == "mrkdwn":
                assert "<!channel>" not in text["text"] and "<https" not in text["text"]


@pytest.mark.parametrize("page", [0, 1, 99])
def test_the_list_fits_however_much_was_asked(page: int) -> None:
    """A page of the longest questions is a window that Slack takes; a page too far is the last."""
    groups = [group(n, "ticket-price" if n % 2 else None) for n in range(1, 20)]
    view = list_modal(groups, page, 7, QUESTIONS, COPY)
    unforged(view)
    assert "Suggested wordings (7)" in buttons(view)
    assert ("Further ones" in buttons(view)) == (page < 2)


def test_an_empty_list_says_so() -> None:
    """Nothing to do is said in a friendly line, without a button that leads nowhere."""
    view = list_modal([], 0, 0, {}, COPY)
    unforged(view)
    assert "Nothing waits" in str(view) and buttons(view) == []


def test_a_group_shows_its_wordings_and_one_first_step() -> None:
    """Write an answer comes first where there is none, Edit that answer where one was wrong."""
    unknown = group_modal(Opened(group(1), 12, 3), 0, QUESTIONS, COPY)
    wrong = group_modal(Opened(group(1, "ticket-price"), 12, 0), 0, QUESTIONS, COPY)
    for view in (unknown, wrong):
        unforged(view)
        assert "and 24 more" in str(view) and "by 12 people" in str(view)
    assert buttons(unknown)[0] == "Write an answer" and "3 people want to hear" in str(unknown)
    assert buttons(wrong)[0] == "Edit that answer" and "want to hear" not in str(wrong)


def test_a_single_short_question_is_not_repeated() -> None:
    """One wording stands there once."""
    view = group_modal(Opened(group_of([wording("why?", 1)]), 1, 1), 0, {}, COPY)
    assert str(view["blocks"]).count("why?") == 1
    assert "Asked once, on" in str(view) and "Somebody wants to hear" in str(view)


def test_the_window_of_answers_to_choose_from_fits() -> None:
    """The longest questions and ids, and a search that found nothing, are windows as well."""
    found = Gathered(1, (HOSTILE, "b"), None)
    choices = [(f"entry-{n}-{'x' * 40}", HOSTILE[:75]) for n in range(8)]
    unforged(assign_modal(found, 0, choices, "", COPY))
    nothing = assign_modal(found, 0, [], HOSTILE[:90], COPY)
    unforged(nothing)
    assert "I found no answer" in str(nothing)
    unforged(waiting_modal(COPY))
    unforged(done_modal("learning.dismissed", 0, COPY, undo=1))


def test_suggested_wordings_fit_and_the_rest_comes_after() -> None:
    """Ten on a page, each with its own buttons and what they say to a screen reader."""
    many = [Proposal(n, "ticket-price", HOSTILE[:300], n) for n in range(1, 40)]
    view = wordings_modal(many, QUESTIONS, COPY, note="Done.")
    unforged(view)
    assert buttons(view).count("Accept") == 10 and "Accept all 10 on this page" in buttons(view)
    unforged(wordings_modal([], {}, COPY))


def test_replies_to_choose_from_fit() -> None:
    """Five of the longest replies, one, and none."""
    for replies in ((HOSTILE,) * 5, (HOSTILE,), ()):
        view = reply_modal(SavedReplies(1, HOSTILE, replies), COPY)
        unforged(view)
        assert ("submit" in view) == bool(replies)
        assert "Which reply?" in str(view) or len(replies) < 2


def test_the_wished_answer_says_all_of_it() -> None:
    """The question, the answer and the lines below it are in the text; the blocks are those of any
    answer, so that it can be voted on."""
    entries = pool_entries()
    reply = Reply(
        turn=7,
        member=MemberRef("slack:T0:U0"),
        outcome="answer",
        answer=answer_of(entries["ticket-price"], entries),
        choices=(),
        late=False,
        after_choices=False,
    )
    shown = fulfilled_message(Fulfilled(HOSTILE[:400], reply), COPY)
    for blocks in (shown.blocks, shown.without_new_blocks().blocks):
        assert message_faults({"text": shown.text, "blocks": list(blocks)}) == []
    assert "Answer to ticket-price." in shown.text and "<!channel>" not in shown.text
    usual = reply_message(reply, COPY, in_channel=False)
    assert shown.blocks[1:] == usual.blocks
    forgotten = fulfilled_message(Fulfilled("", reply), COPY)
    assert "could not answer then" in forgotten.text


def test_every_answer_to_tell_me_is_a_message() -> None:
    """Only an open wish can be taken back."""
    for outcome in ("wished", "again", "answered", "told", "gone", "not_yours"):
        shown = wished_message(outcome, 7, COPY)
        assert shown.text
        has_button = any(block["type"] == "actions" for block in shown.blocks)
        assert has_button == (outcome in ("wished", "again"))
    assert taken_back_message(True, COPY).text != taken_back_message(False, COPY).text


async def test_a_saved_reply_names_nobody(tmp_path: Path) -> None:
    """What is left of a closed request: no name of member or desk, the last reply first; an open
    request, and a member's press, bring nothing."""
    school = School(tmp_path)
    school.entries = {name: replace(entry) for name, entry in school.entries.items()}
    opened = await school.asks(note="Christina, is Ada Okafor in?")
    ticket = opened.ticket.id
    await school.settle()
    await school.run(handoff.reply, CHAIR, ticket, "Hi Ada, first answer.", "reply-1")
    await school.run(handoff.reply, CHAIR, ticket, "Ada, ask Devika. Thanks, Christina", "reply-2")
    assert await school.run(saved_replies.of_ticket, CHAIR, ticket, ()) is None
    await school.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    assert await school.run(saved_replies.of_ticket, ADA, ticket, ()) is None
    assert await school.run(saved_replies.people_of, ADA, ticket) is None
    assert await school.run(saved_replies.people_of, CHAIR, ticket) == (ADA, CHAIR)
    found = await school.run(saved_replies.of_ticket, CHAIR, ticket, ("Ada Lovelace",))
    assert found.replies == ("Ask ….", "First answer.")
    assert found.question == "Is … in?"
    text = await school.run(saved_replies.as_entry, found, 1)
    assert (text.answer, text.utterances["chat"]) == ("First answer.", ())
    school.runtime.close()
