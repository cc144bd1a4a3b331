"""The playground refuses a whole message where Slack would, by Slack's name for it."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk

from bot.playground.blocks import message_faults
from tests.support.block_kit import (
    Json,
    actions,
    button,
    cell,
    said,
    section,
    table,
)

POST: Json = {"event_type": "slot", "event_payload": {"id": 7}}


def _refused(payload: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(fault.error, fault.detail) for fault in message_faults(payload)]


LIST_CASES: list[tuple[str, Json, Json, str, str]] = [
    ("50 blocks", said(*[{"type": "divider"}] * 50), said(*[{"type": "divider"}] * 51),
     "invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]"),
    ("block ids differ", said(section(block_id="a"), section(block_id="b")),
     said(section(block_id="a"), section(block_id="a")),
     "invalid_blocks", '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'),
    ("action ids differ within a block", said(actions(button("a"), button("b"))),
     said(actions(button("a"), button("a"))),
     "invalid_blocks", '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/act'),
    ("action ids may repeat over blocks", said(actions(button()), actions(button())),
     said(actions(button(), button())), "invalid_blocks", "already exists"),
    ("one table a message", said(table([[cell()]])), said(table([[cell()]]), table([[cell()]])),
     "invalid_attachments", "only_one_table_allowed"),
    ("markdown 12000 in all", said(*[{"type": "markdown", "text": "x" * 6000}] * 2),
     said(*[{"type": "markdown", "text": "x" * 6000}] * 2, {"type": "markdown", "text": "x"}),
     "msg_blocks_too_long", "12001 characters"),
    ("13000 characters of JSON", said(*[section("x" * 2900)] * 4),
     said(*[section("x" * 2900)] * 4, section("x" * 1200)),
     "msg_blocks_too_long", "about 13000 are allowed"),
    ("blocks is a list", said(), {"text": "x", "blocks": {"type": "divider"}},
     "invalid_blocks_format", "JSON array"),
    ("blocks is not null", {"text": "x"}, {"text": "x", "blocks": None},
     "invalid_blocks_format", "JSON array"),
    ("blocks as text is JSON", {"text": "x", "blocks": json.dumps([section()])},
     {"text": "x", "blocks": "[{]"}, "invalid_blocks_format", "not valid JSON"),
    ("a block is an object", said(section()), {"text": "x", "blocks": ["Hello"]},
     "invalid_blocks", "must be an object [json-pointer:/blocks/0]"),
    ("something is said", {"text": "x"}, {"text": ""}, "no_text", ""),
    ("blanks are not something", {"text": " x "}, {"text": "  \n"}, "no_text", ""),
    ("blocks are something", {"text": "", "blocks": [section()]}, {"text": "", "blocks": []},
     "no_text", ""),
    ("nothing at all", {"blocks": [section()]}, {}, "no_text", ""),
    ("deleting needs no text", {"delete_original": True}, {"delete_original": False},
     "no_text", ""),
    ("text 40000", {"text": "x" * 40_000}, {"text": "x" * 40_001}, "msg_too_long", "40001"),
    ("text is a string", {"text": "3"}, {"text": 3}, "invalid_arguments", "/text"),
    ("markdown_text 12000", {"markdown_text": "x" * 12_000}, {"markdown_text": "x" * 12_001},
     "msg_too_long", "12001"),
    ("markdown_text alone", {"markdown_text": "x"}, {"markdown_text": "x", "text": ""},
     "markdown_text_conflict", ""),
    ("markdown_text is a string", {"markdown_text": "x"}, {"markdown_text": ["x"]},
     "invalid_arguments", "/markdown_text"),
    ("attachments are legacy", {"text": "x", "attachments": []},
     {"text": "x", "attachments": [{"text": "old"}]}, "invalid_attachments", ""),
    ("metadata has two keys", {"text": "x", "metadata": POST},
     {"text": "x", "metadata": {"event_type": "slot"}}, "invalid_metadata_format", ""),
    ("metadata is JSON", {"text": "x", "metadata": json.dumps(POST)},
     {"text": "x", "metadata": "slot"}, "invalid_metadata_format", "not valid JSON"),
    ("metadata type is a word", {"text": "x", "metadata": POST},
     {"text": "x", "metadata": POST | {"event_type": "a slot"}}, "invalid_metadata_format", ""),
    ("metadata payload is an object", {"text": "x", "metadata": POST},
     {"text": "x", "metadata": POST | {"event_payload": [7]}}, "invalid_metadata_format", ""),
    ("metadata holds no null", {"text": "x", "metadata": POST | {"event_payload": {"a": [1]}}},
     {"text": "x", "metadata": POST | {"event_payload": {"a": [None]}}},
     "invalid_metadata_schema", ""),
    ("metadata 8000 bytes", {"text": "x", "metadata": POST | {"event_payload": {"a": "x" * 7954}}},
     {"text": "x", "metadata": POST | {"event_payload": {"a": "x" * 7955}}},
     "metadata_too_large", ""),
    ("replace_original is a boolean", {"text": "x", "replace_original": True},
     {"text": "x", "replace_original": "true"}, "invalid_arguments", "/replace_original"),
    ("response_type known", {"text": "x", "response_type": "in_channel"},
     {"text": "x", "response_type": "public"}, "invalid_arguments", "/response_type"),
]  # fmt: skip


@pytest.mark.parametrize(("accepted", "refusal", "error", "words"), [c[1:] for c in LIST_CASES],
                         ids=[c[0] for c in LIST_CASES])  # fmt: skip
def test_a_message_beyond_a_limit_is_refused_by_name(
    accepted: Json, refusal: Json, error: str, words: str
) -> None:
    """A message at the limit posts; one step further it gets the error that Slack gives it."""
    assert _refused(accepted) == []
    found = _refused(refusal)
    assert [name for name, _ in found] == [error], found
    assert words in found[0][1]


def test_an_update_takes_4000_bytes_of_text() -> None:
    """chat.update counts bytes and takes fewer of them than chat.postMessage."""
    fits, over = {"text": "é" * 2000}, {"text": "é" * 2000 + "x"}
    assert message_faults(fits, method="chat.update") == []
    assert [f.error for f in message_faults(over, method="chat.update")] == ["msg_too_long"]
    assert message_faults(over) == []


def test_an_update_may_clear_metadata() -> None:
    """Empty metadata takes the old away in an update and means nothing in a new message."""
    payload: Json = {"text": "x", "metadata": {}}
    assert message_faults(payload, method="chat.update") == []
    assert [error for error, _ in _refused(payload)] == ["invalid_metadata_format"]


def test_what_the_sdk_builds_is_accepted() -> None:
    """The SDK's own models, rendered, pass: the playground is no stricter than its vocabulary."""
    buttons = sdk.FeedbackButtonsElement(
        action_id="right",
        positive_button=sdk.FeedbackButtonObject(text="Yes", value="yes"),
        negative_button=sdk.FeedbackButtonObject(text="No", value="no"),
    )
    confirm = sdk.ConfirmObject(title="Sure?", text="It is *final*", confirm="Yes", deny="No")
    menu = sdk.StaticSelectElement(
        action_id="m", placeholder="Pick", options=[sdk.Option(text="A", value="a")]
    )
    built = [
        sdk.HeaderBlock(text="CLM"),
        sdk.SectionBlock(text="Hello", accessory=menu),
        sdk.ActionsBlock(elements=[sdk.ButtonElement(text="Go", action_id="g", confirm=confirm)]),
        sdk.ContextActionsBlock(elements=[buttons]),
        sdk.TableBlock(rows=[[sdk.RawTextObject(text="a").to_dict()]]),
        sdk.DividerBlock(),
    ]
    assert _refused(said(*[block.to_dict() for block in built])) == []


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(
    ["section", "actions", "button", "plain_text", "mrkdwn", "input", "table", "rich_text"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["type", "text", "elements", "element", "blocks", "options", "rows", "block_id", "action_id"]
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANYTHING, max_size=3), ANYTHING)
def test_no_json_makes_the_rules_fail(blocks: list[Any], text: Any) -> None:
    """Whatever a bot sends is answered with faults, never with a crash of the playground."""
    faults = message_faults({"text": text, "blocks": blocks, "metadata": text})
    assert all(fault.error for fault in faults)
