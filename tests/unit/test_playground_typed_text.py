"""What people type is turned into what Slack sends, and nothing can be forged by typing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.people import load_people
from bot.playground.typed_text import command_text, escape, typed
from bot.playground.workspace import Workspace

WORKSPACE = Workspace(load_people(Path("data/demo.yaml")), "CLM Bot")
BOT = "<@U0CLMBOT>"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("a < b > c & d", "a &lt; b &gt; c &amp; d"),
        ("<!channel> <!here>", "&lt;!channel&gt; &lt;!here&gt;"),
        ("<@U0NOBODY>", "&lt;@U0NOBODY&gt;"),
        ("<https://x.org|y>", "&lt;<https://x.org>|y&gt;"),
        ("@clm hi", f"{BOT} hi"),
        ("@CLM Bot, hi", f"{BOT}, hi"),
        ("@clmbot hi", f"{BOT} hi"),
        ("hey @clm_bot", f"hey {BOT}"),
        (f"{BOT} hi", f"{BOT} hi"),
        ("@clmx hi", "@clmx hi"),
        ("ask @ada or <@U0BEN>", "ask <@U0ADA> or <@U0BEN>"),
        ("@channel look", "<!channel> look"),
        ("mail ada@clm.org", "mail <mailto:ada@clm.org|ada@clm.org>"),
        ("see https://x.org/a?b=1&c=2.", "see <https://x.org/a?b=1&amp;c=2>."),
        ("", ""),
        ("👍 שלום", "👍 שלום"),
    ],
)
def test_typed_text_is_marked_up_as_slack_does(text: str, sent: str) -> None:
    """Mentions of people who exist, links and addresses are marked up, all else is escaped."""
    assert typed(text, WORKSPACE)[0] == sent


@given(st.text(max_size=60))
def test_rich_text_holds_the_same_words(text: str) -> None:
    """The blocks of a message say, unescaped, what its text says."""
    sent, blocks = typed(text, WORKSPACE)
    elements = blocks[0]["elements"][0]["elements"] if blocks else []
    said = "".join(escape(e["text"]) for e in elements if e["type"] == "text")
    assert all(sign in sent for sign in said.split())


@pytest.mark.parametrize(
    ("text", "escaped", "sent"),
    [
        ("ask @ada & go", True, "ask <@U0ADA|ada> &amp; go"),
        ("ask @ada & go", False, "ask @ada &amp; go"),
        ("<!channel>", True, "&lt;!channel&gt;"),
    ],
)
def test_command_text_follows_should_escape(text: str, escaped: bool, sent: str) -> None:
    """A command's mentions come with id and name only where the manifest asks for it."""
    assert command_text(text, WORKSPACE, escaped) == sent


def test_a_long_message_is_read_quickly() -> None:
    """Forty thousand characters without a space need no time worth naming."""
    assert typed("x" * 40_000, WORKSPACE)[0] == "x" * 40_000
    assert typed("a@" * 20_000, WORKSPACE)[0] == "a@" * 20_000
