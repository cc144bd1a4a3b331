"""How a relayed message looks, the same on both sides."""

from dataclasses import replace

import pytest

from bot.domain.handoff import LONGEST_MESSAGE, Said
from handlers.slack.views.blocks import Message, words
from handlers.slack.views.handoff_card import card_relay_message
from handlers.slack.views.handoff_ticket import relay_message
from tests.support.handoff import ADA, CHAIR
from tests.support.handoff_drawn import COPY, NASTY, NOW, check, ticket


@pytest.mark.parametrize("text", [NASTY * 40, "🦊" * LONGEST_MESSAGE, "a"])
@pytest.mark.parametrize("by_member", [True, False])
def test_a_relayed_message_shows_the_same_words_on_both_sides(text: str, by_member: bool) -> None:
    """Both sides have the text literally, and in one plain section where there is no address."""
    said = Said(1, 1, ADA if by_member else CHAIR, by_member, text[:LONGEST_MESSAGE], NOW)
    for one in (said, replace(said, edited_at=NOW)):
        _shows_the_same(one, text[:LONGEST_MESSAGE])
    for shown in _sides(replace(said, text="", edited_at=NOW)):
        check(shown)
        assert "took back what stood here" in shown.text


def test_an_address_is_a_link_on_both_sides() -> None:
    """Nobody can tap an address in a plain section; where Slack refuses it as a link it is text."""
    text = "See https://ala.org/clm?a=1&b=2, <!channel> and *x*"
    for shown in _sides(Said(1, 1, CHAIR, False, text, NOW)):
        check(shown)
        [section] = shown.blocks[-1]["elements"]
        link = {"type": "link", "url": "https://ala.org/clm?a=1&b=2"}
        assert link in section["elements"]
        assert "".join(leaf.get("text", leaf.get("url")) for leaf in section["elements"]) == text
        assert shown.plain[-1]["text"]["text"] == text


def _sides(said: Said) -> list[Message]:
    return [relay_message(said, "Christina", COPY), card_relay_message(said, ticket("new"), COPY)]


def _shows_the_same(said: Said, text: str) -> None:
    for shown in _sides(said):
        check(shown)
        assert ("(edited)" in shown.text) == (said.edited_at is not None)
        assert (shown.plain or shown.blocks)[-1] == words(text)
