"""How a hand-off looks, at its largest and at its worst, and that Slack takes it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.domain.handoff import (
    LONGEST_FIELD,
    LONGEST_MESSAGE,
    OUTCOMES,
    Happened,
    Preview,
    Reach,
    Reason,
    Refusal,
    Said,
    SharedFields,
    State,
    Ticket,
    TicketRecord,
    What,
)
from bot.domain.identity import MemberRef
from bot.playground.blocks import message_faults
from bot.playground.view_rules import view_faults
from handlers.slack.typed import cleaned, readable
from handlers.slack.views.blocks import Block, Message
from handlers.slack.views.handoff import (
    preview_modal,
    refused,
    refused_modal,
    relay_message,
    sent_modal,
    ticket_line,
    ticket_message,
    told,
)
from handlers.slack.views.handoff_card import (
    card_message,
    card_relay_message,
    close_modal,
    reply_modal,
)
from tests.support.handoff import ADA, CHAIR, DEPUTY, HERE, NOBODY, chapter_of, copy_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COPY = copy_of(chapter_of())
EMPTY_COPY = copy_of(chapter_of(NOBODY, NOBODY, name=None, reply_promise=None))
NASTY = "<!channel> <@U0GUS> & <b>bold</b> *x* `y` <https://x.org|z> 🦊 שלום "
TEXTS = [NASTY * 30, "🦊" * LONGEST_FIELD, "&" * LONGEST_FIELD, "a"]
KINDS: tuple[What, ...] = get_args(What)


def ticket(state: State, text: str = "a", **more: object) -> Ticket:
    """A ticket with this text in every field."""
    cut = text[:LONGEST_FIELD]
    shared = SharedFields(cut[:80], cut, cut[:300], "America/Chicago", cut)
    claimed = None if state == "new" else CHAIR
    made = Ticket(1, HERE, 7, ADA, state, 3, claimed, None, shared, NOW, NOW)
    return replace(made, **more)  # type: ignore[arg-type]


def records() -> Iterator[TicketRecord]:
    """Every state, outcome and reach, with a history as long as it gets."""
    history = tuple(Happened(CHAIR, what, NOW) for what in (*KINDS, *KINDS))
    for text in TEXTS:
        for reach in get_args(Reach):
            yield TicketRecord(ticket("new", text), history, reach, (CHAIR, DEPUTY))
        for state in ("claimed", "withdrawn"):
            yield TicketRecord(ticket(state, text), history, "delivered", (CHAIR, DEPUTY))
        for outcome in OUTCOMES:
            closed = ticket("closed", text, outcome=outcome)
            yield TicketRecord(closed, history, "delivered", (CHAIR,))


def check(shown: Message) -> None:
    """Slack takes it, posted and edited, and nothing in it can call or forge anybody."""
    body = {"text": shown.text, "blocks": list(shown.blocks)}
    for method in ("chat.postMessage", "chat.update"):
        assert message_faults(body, method=method) == []
    marked = [shown.text, *_mrkdwn(list(shown.blocks))]
    for text in marked:
        assert "<!channel>" not in text
        assert "<@U0GUS>" not in text
        assert "<https" not in text


@pytest.mark.parametrize("copy", [COPY, EMPTY_COPY], ids=["full chapter", "empty chapter"])
def test_every_state_of_a_ticket_is_shown_within_slacks_limits(copy: object) -> None:
    """Each state, with the longest and nastiest texts, draws on both sides and never calls out."""
    drawn = 0
    for record in records():
        check(ticket_message(record, COPY if copy is COPY else EMPTY_COPY))
        for reader in (CHAIR, DEPUTY, ADA):
            check(card_message(record, reader, COPY if copy is COPY else EMPTY_COPY))
            drawn += 1
    assert drawn == len(TEXTS) * 11 * 3


@pytest.mark.parametrize(
    ("reader", "state", "buttons"),
    [
        (CHAIR, "new", ["handoff.claim", "handoff.reply", "handoff.close"]),
        (CHAIR, "claimed", ["handoff.reply", "handoff.close", "handoff.release"]),
        (DEPUTY, "claimed", ["handoff.claim"]),
        (CHAIR, "closed", []),
        (CHAIR, "withdrawn", []),
        (ADA, "new", []),
    ],
)
def test_a_card_offers_what_its_reader_may_do(
    reader: MemberRef, state: State, buttons: list[str]
) -> None:
    """The one who claimed sees other buttons than the rest of the desk; strangers see none."""
    outcome = "answered" if state == "closed" else None
    record = TicketRecord(ticket(state, outcome=outcome), (), "delivered", (CHAIR, DEPUTY))
    shown = card_message(record, reader, COPY)
    found = [
        e["action_id"] for b in shown.blocks for e in b.get("elements", ()) if "action_id" in e
    ]
    assert found == buttons


def test_the_cards_text_alone_says_everything() -> None:
    """A screen reader, which reads the top-level text, misses nothing that the blocks show."""
    record = TicketRecord(
        ticket("new", "Q & A"), (Happened(ADA, "sent", NOW),), "delivered", (CHAIR,)
    )
    shown = card_message(record, CHAIR, COPY)
    for part in ("no. 7", "From: Q &amp; A", "Question: Q &amp; A", "Note: Q &amp; A", "claimed"):
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
    for added in (False, True):
        _check_view(sent_modal(ticket("new"), COPY, added=added, desk=()))
    for reason in get_args(Reason):
        refusal = Refusal(reason, CHAIR)
        _check_view(refused_modal(refusal, COPY, "x" * LONGEST_MESSAGE))


def test_only_the_desk_learns_by_mention_who_was_faster() -> None:
    """The refusal names the winner to whoever clicked."""
    assert "<@U0CHRISTINA>" in refused(Refusal("taken", CHAIR), COPY)
    assert "<@" not in refused(Refusal("closed", CHAIR), COPY)


@pytest.mark.parametrize("text", [NASTY * 40, "🦊" * LONGEST_MESSAGE, "a"])
@pytest.mark.parametrize("by_member", [True, False])
def test_a_relayed_message_shows_the_same_words_on_both_sides(text: str, by_member: bool) -> None:
    """Both sides have the text in one plain section, literally."""
    said = Said(1, 1, ADA if by_member else CHAIR, by_member, text[:LONGEST_MESSAGE], NOW)
    sides = [relay_message(said, (CHAIR,), COPY), card_relay_message(said, ticket("new"), COPY)]
    for shown in sides:
        check(shown)
        assert shown.blocks[-1]["text"]["text"] == text[:LONGEST_MESSAGE]
        assert shown.blocks[-1]["text"]["type"] == "plain_text"


def test_an_open_ticket_has_a_line_for_the_status() -> None:
    """`/clm status` says the number and how far it is."""
    new, claimed = ticket("new"), ticket("claimed")
    answered = (Happened(CHAIR, "answered", NOW),)
    assert "No. 7: sent" in ticket_line(TicketRecord(new, (), "delivered", ()), COPY)
    assert "nobody has it" in ticket_line(TicketRecord(new, (), "unreachable", ()), COPY)
    assert "taken up" in ticket_line(TicketRecord(claimed, (), "delivered", ()), COPY)
    assert "answered" in ticket_line(TicketRecord(claimed, answered, "delivered", ()), COPY)


def test_our_own_sentences_cannot_be_forged_by_values() -> None:
    """A value that looks like a mention stays text; times are Slack's own token."""
    text = told(COPY, "handoff.happened_claimed", when=NOW, by="<@U0GUS>")
    assert "&lt;@U0GUS&gt;" in text
    assert "<!date^" in text


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("<https://ala.org/x?a=1&amp;b=2>", "https://ala.org/x?a=1&b=2"),
        ("<https://ala.org|the site>", "the site (https://ala.org)"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("<http://ala.org|ala.org>", "ala.org"),
        ("<@U0BEN|ben> and <@U0GUS>", "@ben and @U0GUS"),
        ("<#C0CLM|clm>", "#clm"),
        ("<!channel> <!here|here> <!subteam^S1|@board>", "@channel @here @board"),
        ("&lt;@U0BEN&gt;", "<@U0BEN>"),
        ("  \x00tab\there\x07\r\n ", "tab\there"),
    ],
)
def test_typed_text_is_read_as_its_author_saw_it(sent: str, read: str) -> None:
    """Escapes are undone once, links pass, mentions become plain words."""
    assert readable(sent) == read


def test_control_characters_are_left_out() -> None:
    """Slack refuses or swallows them; line breaks stay."""
    assert cleaned("a\x00\nb\x1b") == "a\nb"


def _check_view(view: Block) -> None:
    assert view_faults(view, kind="modal") == []
    assert all("<!channel>" not in text for text in _mrkdwn(view["blocks"]))


def _mrkdwn(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [str(node["text"])] if node.get("type") == "mrkdwn" else []
        return own + [text for value in node.values() for text in _mrkdwn(value)]
    if isinstance(node, list):
        return [text for value in node for text in _mrkdwn(value)]
    return []
