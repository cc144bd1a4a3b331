"""How a hand-off looks, at its largest and at its worst, and that Slack takes it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from bot.domain.handoff import (
    LONGEST_FIELD,
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    LONGEST_REASON,
    OUTCOMES,
    Happened,
    Note,
    Preview,
    Reason,
    Refusal,
    SharedFields,
    State,
    TicketRecord,
)
from bot.domain.handoff_reach import Reach
from bot.domain.identity import MemberRef
from bot.playground.view_rules import view_faults
from handlers.slack.views.blocks import Block
from handlers.slack.views.handoff import refused, refused_modal, told
from handlers.slack.views.handoff_card import card_message
from handlers.slack.views.handoff_preview import preview_modal, sent_modal
from handlers.slack.views.handoff_ticket import ticket_line, ticket_message
from handlers.slack.views.handoff_windows import (
    close_modal,
    note_modal,
    reassign_modal,
    reply_modal,
    snooze_modal,
)
from tests.support.handoff import ADA, CHAIR, DEPUTY
from tests.support.handoff_drawn import (
    COPY,
    EMPTY_COPY,
    KINDS,
    NAMES,
    NASTY,
    NOW,
    TEXTS,
    check,
    line,
    mrkdwn_in,
    ticket,
)


def records() -> Iterator[TicketRecord]:
    """Every state, outcome and reach, with a history and notes as long as they get."""
    for text in TEXTS:
        history = tuple(line(what, text[:LONGEST_REASON]) for what in (*KINDS, *KINDS))
        notes = (Note(DEPUTY, text[:LONGEST_NOTE], NOW),) * 9
        whole = TicketRecord(
            ticket("new", text), history, "delivered", (CHAIR, DEPUTY), notes, NAMES
        )
        for reach in get_args(Reach):
            yield replace(whole, reach=reach)
        for state in ("claimed", "waiting_member", "waiting_chair", "withdrawn"):
            yield replace(whole, ticket=ticket(state, text))
        yield replace(whole, ticket=ticket("claimed", text, snoozed_until=NOW))
        for outcome in OUTCOMES:
            closed = ticket("closed", text, outcome=outcome)
            yield replace(whole, ticket=closed, desk=(CHAIR,), can_reopen=outcome != "not_now")


@pytest.mark.parametrize("copy", [COPY, EMPTY_COPY], ids=["full chapter", "empty chapter"])
def test_every_state_of_a_ticket_is_shown_within_slacks_limits(copy: object) -> None:
    """Each state, with the longest and nastiest texts, draws on both sides and never calls out."""
    drawn = 0
    for record in records():
        check(ticket_message(record, COPY if copy is COPY else EMPTY_COPY))
        for reader in (CHAIR, DEPUTY, ADA):
            check(card_message(record, reader, COPY if copy is COPY else EMPTY_COPY))
            drawn += 1
    assert drawn == len(TEXTS) * 14 * 3


@pytest.mark.parametrize(
    ("reader", "state", "buttons"),
    [
        (CHAIR, "new", ["handoff.claim", "handoff.reply", "handoff.close", "handoff.more"]),
        (CHAIR, "claimed", ["handoff.reply", "handoff.close", "handoff.release", "handoff.more"]),
        (DEPUTY, "claimed", ["handoff.claim", "handoff.more"]),
        (DEPUTY, "waiting_chair", ["handoff.claim", "handoff.more"]),
        (CHAIR, "closed", ["learning.save_reply"]),
        (CHAIR, "withdrawn", []),
        (ADA, "new", []),
    ],
)
def test_a_card_offers_what_its_reader_may_do(
    reader: MemberRef, state: State, buttons: list[str]
) -> None:
    """The one who claimed sees other buttons than the rest of the desk; strangers see none."""
    outcome = "answered" if state == "closed" else None
    record = TicketRecord(
        ticket(state, outcome=outcome), (line("answered"),), "delivered", (CHAIR, DEPUTY)
    )
    shown = card_message(record, reader, COPY)
    found = [
        e["action_id"] for b in shown.blocks for e in b.get("elements", ()) if "action_id" in e
    ]
    assert found == buttons


@pytest.mark.parametrize(
    ("reader", "state", "options"),
    [
        (CHAIR, "new", ["reassign", "snooze", "note"]),
        (CHAIR, "waiting_member", ["reassign", "snooze", "note"]),
        (DEPUTY, "claimed", ["note"]),
    ],
)
def test_the_menu_of_a_card_offers_what_its_reader_may_do(
    reader: MemberRef, state: State, options: list[str]
) -> None:
    """Who has not claimed it notes something; passing on and putting off is the holder's."""
    shown = card_message(
        TicketRecord(ticket(state), (), "delivered", (CHAIR, DEPUTY)), reader, COPY
    )
    menu = shown.blocks[-1]["elements"][-1]
    assert [option["value"] for option in menu["options"]] == [f"{name}:1:3" for name in options]


def test_a_request_closed_without_an_answer_offers_none_to_save() -> None:
    """There is no reply to make an answer of."""
    record = TicketRecord(ticket("closed", outcome="not_now"), (), "delivered", (CHAIR,))
    assert "learning.save_reply" not in repr(card_message(record, CHAIR, COPY).blocks)


def test_the_member_can_reopen_as_long_as_it_may_go_on() -> None:
    """The button and the hint stand below what was closed lately; later the way to ask anew."""
    record = TicketRecord(ticket("closed", outcome="answered"), (), "delivered", (CHAIR,))
    lately = ticket_message(replace(record, can_reopen=True), COPY)
    assert lately.blocks[-1]["elements"][0]["action_id"] == "handoff.reopen"
    assert "14 days" in lately.text
    long_ago = ticket_message(record, COPY)
    assert "To ask anew" in long_ago.text
    assert "elements" not in long_ago.blocks[-1] or "button" not in repr(long_ago.blocks[-1])


def test_the_cards_text_alone_says_everything() -> None:
    """A screen reader, which reads the top-level text, misses nothing that the blocks show."""
    record = TicketRecord(
        ticket("new", "Q & A"),
        (Happened(ADA, "sent", NOW),),
        "delivered",
        (CHAIR,),
        (Note(CHAIR, "Handle & with care", NOW),),
    )
    shown = card_message(record, CHAIR, COPY)
    parts = ("no. 7", "From: Q &amp; A", "Question: Q &amp; A", "Note: Q &amp; A", "claimed")
    for part in (*parts, "never sees", "Handle & with care".replace("&", "&amp;")):
        assert part in shown.text
    assert "<!date^1795426200^{date_short_pretty} {time}|2026-11-23 09:30 UTC>" in shown.text


def test_a_preview_draws_with_the_longest_texts() -> None:
    """The preview is a view that Slack takes, whatever is offered and switched on."""
    for text in TEXTS:
        offered = ticket("new", text).shared
        for adds_to in (None, 7):
            preview = Preview(1, replace(offered, note=""), adds_to)
            for switched_on in ((), ("name",), preview.offered.offered):
                _check_view(preview_modal(preview, switched_on, ADA, (), COPY))
    _check_view(preview_modal(Preview(1, SharedFields(), None), (), ADA, (CHAIR,), COPY))


def test_preview_and_card_show_the_same_blocks() -> None:
    """What was previewed is on the card block for block, the profile line included."""
    shared = replace(ticket("new", NASTY).shared, note="")
    preview = preview_modal(Preview(1, shared, None), shared.offered, ADA, (CHAIR,), COPY)
    record = TicketRecord(ticket("new", shared=shared), (), "delivered", (CHAIR,))
    card = card_message(record, CHAIR, COPY).blocks
    start, end = [at for at, b in enumerate(preview["blocks"]) if b["type"] == "divider"]
    previewed = preview["blocks"][start + 1 : end]
    assert list(card[2 : 2 + len(previewed)]) == previewed


def test_every_window_is_one_that_slack_takes() -> None:
    """Windows of the desk and of the member, with the longest texts."""
    for text in TEXTS:
        one = ticket("new", text)
        _check_view(reply_modal(one, COPY))
        _check_view(close_modal(one, COPY))
        _check_view(reassign_modal(one, {"U0DEV": text[:80], "U0ADM": "b"}, COPY))
        _check_view(snooze_modal(one, NOW.date(), COPY))
        _check_view(note_modal(one, [Note(CHAIR, text[:LONGEST_NOTE], NOW)] * 60, COPY))
        _check_view(note_modal(replace(one, shared=SharedFields()), (), COPY))
    for added in (False, True):
        _check_view(sent_modal(ticket("new"), COPY, added=added, desk=()))
    for reason in get_args(Reason):
        refusal = Refusal(reason, CHAIR)
        _check_view(refused_modal(refusal, COPY, "x" * LONGEST_MESSAGE))


def test_only_the_desk_learns_by_mention_who_was_faster() -> None:
    """The refusal names the winner to whoever clicked."""
    assert "<@U0CHRISTINA>" in refused(Refusal("taken", CHAIR), COPY)
    assert "<@" not in refused(Refusal("closed", CHAIR), COPY)


def test_a_long_question_leaves_the_note_its_place_in_the_spoken_text() -> None:
    """Where the text must be cut each part is cut, and none is left out."""
    shared = SharedFields("Ada", "q" * LONGEST_FIELD, "s" * 300, "Europe/Oslo", "&" * 1_500)
    history = tuple(line(what) for what in (*KINDS, *KINDS))
    shown = card_message(
        TicketRecord(ticket("claimed", shared=shared), history, "delivered", (CHAIR,)), CHAIR, COPY
    )
    for whole in ("From: Ada\n", f"check: {'s' * 300}\n", "zone: Europe/Oslo\n"):
        assert whole in shown.text
    assert f"Question: {'q' * 300}" in shown.text
    assert f"Note: {'&amp;' * 60}" in shown.text
    check(shown)


def test_a_large_desk_still_fits_into_the_window_that_passes_on() -> None:
    """Slack takes ten buttons to choose from and no more."""
    people = {f"U0{number}": f"Deputy {number}" for number in range(30)}
    _check_view(reassign_modal(ticket("new"), people, COPY))


def test_somebody_of_the_desk_reads_who_gets_their_own_request() -> None:
    """Who answers for the chapter may be guessed even without a name, and is told before."""
    preview = Preview(1, SharedFields("Ada"), None)
    with_others = repr(preview_modal(preview, (), CHAIR, (CHAIR, DEPUTY), COPY))
    assert "they may guess that it is yours" in with_others
    assert "to you yourself" in repr(preview_modal(preview, (), CHAIR, (CHAIR,), COPY))
    own = replace(ticket("new"), member=CHAIR)
    sent = repr(sent_modal(own, COPY, added=False, desk=(CHAIR, DEPUTY)))
    assert "on its way to somebody else" in sent


def test_an_open_ticket_has_a_line_for_the_status() -> None:
    """`/clm status` says the number and how far it is."""
    new, claimed = ticket("new"), ticket("claimed")
    assert "No. 7: sent" in ticket_line(TicketRecord(new, (), "delivered", ()), COPY)
    assert "nobody has it" in ticket_line(TicketRecord(new, (), "unreachable", ()), COPY)
    for found, says in (
        (claimed, "taken up."),
        (replace(claimed, snoozed_until=NOW), "put off"),
        (ticket("waiting_member"), "answered"),
        (ticket("waiting_chair"), "waits for an answer"),
    ):
        assert says in ticket_line(TicketRecord(found, (), "delivered", ()), COPY)


def test_our_own_sentences_cannot_be_forged_by_values() -> None:
    """A value that looks like a mention stays text; times are Slack's own token."""
    text = told(COPY, "handoff.happened_claimed", when=NOW, by="<@U0GUS>")
    assert "&lt;@U0GUS&gt;" in text
    assert "<!date^" in text


def _check_view(view: Block) -> None:
    assert view_faults(view, kind="modal") == []
    assert all("<!channel>" not in text for text in mrkdwn_in(view["blocks"]))
