"""How an answer's text is drawn in Slack."""

from typing import Any

from bot.playground.blocks import message_faults
from handlers.slack.views.prose import prose


def parts(text: str) -> list[Any]:
    block = prose(text)
    assert message_faults({"text": "x", "blocks": [block]}) == []
    return list(block["elements"])


def said(part: Any) -> str:
    return "".join(leaf.get("text") or leaf["url"] for leaf in part["elements"])


def test_lines_with_a_hyphen_become_one_list() -> None:
    """The points of a list hang together below their sentence, and none shows its hyphen."""
    before, points, after = parts("You need:\n- ten hours\n- the code - read it\n\nALA decides.")
    assert said(before) == "You need:"
    assert points["type"] == "rich_text_list"
    assert [said(point) for point in points["elements"]] == ["ten hours", "the code - read it"]
    assert said(after).strip() == "ALA decides."


def test_paragraphs_stay_apart() -> None:
    """An answer without a list is shown as written, blank line included."""
    (only,) = parts("Yes.\n\nAsk ALA - it decides.")
    assert said(only) == "Yes.\n\nAsk ALA - it decides."


def test_an_address_can_be_tapped() -> None:
    """A link ends before the full stop or bracket that follows it."""
    (only,) = parts("See https://ala.org/a.b (or https://ala.org/c). Start at https://ala.org/d.")
    links = [leaf["url"] for leaf in only["elements"] if leaf["type"] == "link"]
    assert links == ["https://ala.org/a.b", "https://ala.org/c", "https://ala.org/d"]
    assert said(only).endswith("Start at https://ala.org/d.")


def test_nothing_in_an_answer_calls_anybody() -> None:
    """A mention or link forged in a chapter's own words stays letters."""
    forged = "<!channel> <@U0ADA> *bold* <javascript:x|here> javascript:alert(1)"
    (only,) = parts(forged)
    assert only["elements"] == [{"type": "text", "text": forged}]


def test_an_overlong_answer_is_cut_where_it_shows() -> None:
    """A text that Slack would refuse arrives shortened, with a mark at its end."""
    (only,) = parts("a" * 4000)
    assert said(only).endswith("a…")
