"""What people typed is read as they saw it."""

import pytest

from handlers.slack.typed import cleaned, readable


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
