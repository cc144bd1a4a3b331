"""The playground refuses views where Slack would, and submissions where Slack's client would."""

import json
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.view_rules import (
    submission_errors,
    submission_faults,
    value_error,
    view_faults,
)
from tests.support.block_kit import Json, asked, button, context, mrkdwn, plain, section, table

DIVIDER: Json = {"type": "divider"}
DAY = asked({"type": "datepicker", "action_id": "d"}, block_id="day")


def modal(**more: Any) -> Json:
    """A modal that opens."""
    return {"type": "modal", "title": plain("CLM"), "blocks": [section()], **more}


def form(*blocks: Json, **more: Any) -> Json:
    """A modal with a submit button."""
    return modal(submit=plain("Next"), blocks=list(blocks), **more)


def home(**more: Any) -> Json:
    """A Home tab that shows."""
    return {"type": "home", "blocks": [section()], **more}


def groups(count: int) -> Json:
    """A menu of that many groups with one option each."""
    entries = [
        {"label": plain(), "options": [{"text": plain(), "value": str(n)}]} for n in range(count)
    ]
    return section(accessory={"type": "static_select", "action_id": "g", "option_groups": entries})


def focus(*on: bool) -> Json:
    """A form whose fields ask for the cursor or not."""
    return form(*[asked({"type": "datepicker", "focus_on_load": each}) for each in on])


Kind = Literal["modal", "home"]
# name, kind, accepted, refused, where the refusal points to
CASES: list[tuple[str, Kind, Json, Json, str]] = [
    ("title 24", "modal", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)),
     "must be less than 25 characters [json-pointer:/view/title/text]"),
    ("title not empty", "modal", modal(title=plain("x")), modal(title=plain("")),
     "must be more than 0 characters [json-pointer:/view/title/text]"),
    ("title required", "modal", modal(), {"type": "modal", "blocks": [section()]},
     "missing required field: title [json-pointer:/view]"),
    ("title plain_text only", "modal", modal(), modal(title=mrkdwn()), "/view/title/type"),
    ("submit 24", "modal", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25)),
     "/view/submit/text"),
    ("close 24", "modal", modal(close=plain("x" * 24)), modal(close=plain("x" * 25)),
     "/view/close/text"),
    ("input needs submit", "modal", form(DAY), modal(blocks=[section(), DAY]),
     "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"),
    ("private_metadata 3000", "modal", modal(private_metadata="x" * 3000),
     modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ("private_metadata is text", "modal", modal(private_metadata=""),
     modal(private_metadata={"draft": 1}), "/view/private_metadata"),
    ("callback_id 255", "modal", modal(callback_id="x" * 255), modal(callback_id="x" * 256),
     "/view/callback_id"),
    ("external_id 255", "modal", modal(external_id="x" * 255), modal(external_id="x" * 256),
     "/view/external_id"),
    ("100 blocks", "modal", modal(blocks=[DIVIDER] * 100), modal(blocks=[DIVIDER] * 101),
     "no more than 100 items allowed [json-pointer:/view/blocks]"),
    ("a block at least", "modal", modal(), modal(blocks=[]), "/view/blocks]"),
    ("blocks is a list", "modal", modal(), modal(blocks="[]"), "/view/blocks]"),
    ("clear_on_close is a boolean", "modal", modal(clear_on_close=True),
     modal(clear_on_close="true"), "/view/clear_on_close"),
    ("notify_on_close is a boolean", "modal", modal(notify_on_close=False),
     modal(notify_on_close=0), "/view/notify_on_close"),
    ("submit_disabled is gone", "modal", modal(), modal(submit_disabled=True),
     "invalid additional property: submit_disabled [json-pointer:/view]"),
    ("what Slack adds is not sent back", "modal", modal(), modal(state={"values": {}}),
     "invalid additional property: state"),
    ("one cursor", "modal", focus(True, False), focus(True, True), "/blocks/1/element/focus_on"),
    ("block ids differ", "modal", modal(blocks=[section(block_id="a"), section(block_id="b")]),
     modal(blocks=[section(block_id="a"), section(block_id="a")]), "/view/blocks/1/block_id"),
    ("blocks keep their own limits", "modal", modal(blocks=[section("x" * 3000)]),
     modal(blocks=[section("x" * 3001)]),
     "must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"),
    ("alert in modals", "modal", modal(blocks=[{"type": "alert", "text": plain("x" * 200)}]),
     modal(blocks=[{"type": "alert", "text": plain("x" * 201)}]), "/view/blocks/0/text/text"),
    ("alert level known", "modal",
     modal(blocks=[{"type": "alert", "text": plain(), "level": "warning"}]),
     modal(blocks=[{"type": "alert", "text": plain(), "level": "fatal"}]), "/level"),
    ("markdown is for messages", "modal", modal(),
     modal(blocks=[{"type": "markdown", "text": "x"}]),
     "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
    ("table is for messages", "modal", modal(),
     modal(blocks=[table([[{"type": "raw_text", "text": "x"}]])]), "/view/blocks/0/type"),
    ("context_actions is for messages", "modal", modal(),
     modal(blocks=[{"type": "context_actions", "elements": []}]), "/view/blocks/0/type"),
    ("files in modals", "modal", form(asked({"type": "file_input", "max_files": 10})),
     form(asked({"type": "file_input", "max_files": 11})), "/element/max_files"),
    ("files do not dispatch", "modal", form(asked({"type": "file_input"}, dispatch_action=False)),
     form(asked({"type": "file_input"}, dispatch_action=True)), "/dispatch_action"),
    ("files may be one", "modal", form(asked({"type": "file_input", "max_files": 1})),
     form(asked({"type": "file_input", "max_files": 0})), "/element/max_files"),
    ("file types named", "modal", form(asked({"type": "file_input", "filetypes": ["pdf"]})),
     form(asked({"type": "file_input", "filetypes": []})), "/element/filetypes]"),
    ("file types differ", "modal", form(asked({"type": "file_input", "filetypes": ["pdf"]})),
     form(asked({"type": "file_input", "filetypes": ["pdf", "pdf"]})), "/filetypes/1]"),
    ("response_url in modals", "modal",
     form(asked({"type": "channels_select", "response_url_enabled": True})),
     form(section(accessory={"type": "channels_select", "response_url_enabled": True})),
     "/response_url_enabled"),
    ("100 groups of options", "modal", modal(blocks=[groups(100)]), modal(blocks=[groups(101)]),
     "/accessory/option_groups]"),
    ("a modal is a modal", "modal", modal(), home(), "unsupported type: home"),
    ("a view is an object", "modal", modal(), [], "must be an object [json-pointer:/view]"),  # type: ignore[list-item]
    ("a Home is a Home", "home", home(), modal(), "unsupported type: modal"),
    ("Home has no title", "home", home(), home(title=plain()),
     "invalid additional property: title [json-pointer:/view]"),
    ("Home has no submit", "home", home(), home(submit=plain()),
     "invalid additional property: submit [json-pointer:/view]"),
    ("Home takes inputs without submit", "home", home(blocks=[DAY]), home(blocks=[asked(button())]),
     "/element/type"),
    ("Home 100 blocks", "home", home(blocks=[DIVIDER] * 100), home(blocks=[DIVIDER] * 101),
     "/view/blocks]"),
    ("Home private_metadata 3000", "home", home(private_metadata="x" * 3000),
     home(private_metadata="x" * 3001), "/view/private_metadata"),
    ("alert is not for Home", "home", home(), home(blocks=[{"type": "alert", "text": plain()}]),
     "/view/blocks/0/type"),
    ("files are not for Home", "home", home(blocks=[DAY]),
     home(blocks=[asked({"type": "file_input"})]), "/element/type"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "accepted", "refusal", "where"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_a_view_beyond_a_limit_is_invalid_arguments(
    kind: Kind, accepted: Json, refusal: Json, where: str
) -> None:
    """A view at the limit opens; one step further Slack's invalid_arguments names the place."""
    assert view_faults(accepted, kind=kind) == []
    found = view_faults(refusal, kind=kind)
    assert {fault.error for fault in found} == {"invalid_arguments"}
    assert any(where in fault.detail for fault in found), found


def test_a_view_above_250_kilobytes_is_too_large() -> None:
    """Slack names a view that is too large by an error of its own; the last byte decides."""
    full = [context(*[mrkdwn("x" * 2450)]) for _ in range(99)]
    room = 250_000 - len(json.dumps(modal(blocks=[*full, section("")]), separators=(",", ":")))
    fits, over = (modal(blocks=[*full, section("x" * (room + more))]) for more in (0, 1))
    assert view_faults(fits, kind="modal") == []
    assert [fault.error for fault in view_faults(over, kind="modal")] == ["view_too_large"]


def test_a_view_may_come_as_json_text() -> None:
    """Form-encoded calls carry the view as text; broken text is an invalid argument."""
    assert view_faults(json.dumps(modal()), kind="modal") == []
    assert [f.error for f in view_faults("{", kind="modal")] == ["invalid_arguments"]


A_AND_B = [{"text": plain(letter), "value": letter.lower()} for letter in "AB"]


def field(kind: str, **more: Any) -> Json:
    """One field of a form; `action_id` is "a", `block_id` "b"."""
    if kind in ("static_select", "radio_buttons", "checkboxes", "multi_static_select"):
        more.setdefault("options", A_AND_B)
    if kind == "number_input":
        more.setdefault("is_decimal_allowed", True)
    return asked({"type": kind, "action_id": "a", **more}, block_id="b")


# name, field, submitted, refused, words of the refusal
FIELDS: list[tuple[str, Json, object, object, str]] = [
    ("text required", field("plain_text_input"), "x", "", "fill this in"),
    ("nothing given", field("plain_text_input"), "x", None, "fill this in"),
    ("text 3000", field("plain_text_input"), "x" * 3000, "x" * 3001, "at most 3000"),
    ("max_length", field("plain_text_input", max_length=5), "x" * 5, "x" * 6, "at most 5"),
    ("min_length", field("plain_text_input", min_length=5), "x" * 5, "x" * 4, "at least 5"),
    ("one line", field("plain_text_input"), "a b", "a\nb", "single line"),
    ("many lines", field("plain_text_input", multiline=True), "a\nb", 7, "takes text"),
    ("a number", field("number_input"), "3.5", "three", "Enter a number"),
    ("a point in a number", field("number_input"), "-3", "3,5", "Enter a number"),
    ("a number is text", field("number_input"), "3", 3, "Enter a number"),
    ("a whole number", field("number_input", is_decimal_allowed=False), "3", "3.0", "whole"),
    ("number not below", field("number_input", min_value="0"), "0", "-0.1", "0 or more"),
    ("number not above", field("number_input", max_value="99"), "99", "99.1", "99 or less"),
    ("a day", field("datepicker"), "2028-02-29", "2026-02-29", "Pick a day"),
    ("a day as Slack writes it", field("datepicker"), "2026-03-09", "20260309", "Pick a day"),
    ("a time", field("timepicker"), "09:30", "9:30", "Pick a time"),
    ("a moment", field("datetimepicker"), 1_700_000_000, "2026-03-09", "day and a time"),
    ("an option", field("static_select"), "a", "c", "one of the options"),
    ("an option of a group",
     field("static_select", options=[], option_groups=[{"label": plain(), "options": A_AND_B}]),
     "b", "c", "one of the options"),
    ("a radio button", field("radio_buttons"), "b", "B", "one of the options"),
    ("checkboxes", field("checkboxes"), ["a", "b"], ["a", "c"], "one of the options"),
    ("a box is checked", field("checkboxes"), ["a"], [], "fill this in"),
    ("checkboxes are a list", field("checkboxes"), ["a"], "a", "takes a list"),
    ("each once", field("multi_static_select"), ["a", "b"], ["a", "a"], "once"),
    ("max_selected_items", field("multi_static_select", max_selected_items=1), ["a"], ["a", "b"],
     "at most 1"),
    ("a person", field("users_select"), "U0ADA", "ada", "Pick a person"),
    ("people", field("multi_users_select"), ["U0ADA"], ["ada"], "Pick a person"),
    ("a channel", field("channels_select"), "C0CLM", "clm", "Pick a channel"),
    ("channels", field("multi_channels_select"), ["C0CLM"], ["clm"], "Pick a channel"),
    ("a conversation", field("conversations_select"), "D0ADA", "ada", "Pick a conversation"),
    ("conversations", field("multi_conversations_select"), ["G0ADA"], ["x"],
     "Pick a conversation"),
    ("an outside option", field("external_select"), "x", 3, "one of the options"),
    ("outside options", field("multi_external_select"), ["x"], [3], "one of the options"),
    ("an email", field("email_text_input"), "ada@ala.org", "ada@ala", "email address"),
    ("an address", field("url_text_input"), "https://ala.org", "ala.org", "web address"),
    ("files", field("file_input", max_files=1), ["F0AB"], ["F0AB", "F0AC"], "at most 1"),
    ("formatted text", field("rich_text_input"), {"type": "rich_text", "elements": []}, "x",
     "formatted text"),
    ("as state object", field("static_select"),
     {"type": "static_select", "selected_option": A_AND_B[0]},
     {"type": "static_select", "selected_option": None}, "fill this in"),
    ("as state of many", field("checkboxes"), {"type": "checkboxes", "selected_options": A_AND_B},
     {"type": "checkboxes", "selected_options": []}, "fill this in"),
    ("as state of files", field("file_input"), {"type": "file_input", "files": [{"id": "F0AB"}]},
     {"type": "file_input", "files": [{"id": "x"}]}, "Pick a file"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "sent", "kept", "words"), [c[1:] for c in FIELDS],
                         ids=[c[0] for c in FIELDS])  # fmt: skip
def test_the_client_keeps_a_form_that_is_not_filled_in_well(
    block: Json, sent: object, kept: object, words: str
) -> None:
    """A field at its limit is submitted; one step further the form stays open and says why."""
    assert submission_faults(form(block), {"b": {"a": sent}}) == []
    found = submission_faults(form(block), {"b": {"a": kept}})
    assert [fault.error for fault in found] == ["invalid_submission"]
    assert found[0].detail.startswith("b: ")
    assert words in found[0].detail


def test_a_single_element_refuses_what_its_form_would() -> None:
    """An element that tells the app at once sends no value that a form would keep back."""
    number = field("number_input", min_value="0")["element"]
    assert value_error(number, "1") is None
    assert value_error(number, "") is None
    assert value_error(number, "one") == "Enter a number."
    assert value_error(button(), "anything") is None


def test_an_optional_field_may_stay_empty() -> None:
    """Only fields that are not optional must be filled in."""
    optional = field("plain_text_input", min_length=3) | {"optional": True}
    assert submission_faults(form(optional), {}) == []
    assert submission_errors(form(field("plain_text_input")), {}) == {"b": "Please fill this in."}


def test_elements_outside_inputs_need_no_answer() -> None:
    """A menu beside a section is part of the state and is checked, but never required."""
    menu = {"type": "static_select", "action_id": "a", "options": A_AND_B}
    view = modal(blocks=[section(block_id="b", accessory=menu)])
    assert submission_faults(view, {}) == []
    assert submission_faults(view, {"b": {"a": "b"}}) == []
    assert [f.error for f in submission_faults(view, {"b": {"a": "x"}})] == ["invalid_submission"]


def test_a_field_that_is_not_there_cannot_be_filled_in() -> None:
    """A submission for another view is a mistake of the test or page that makes it."""
    view = form(field("plain_text_input"))
    assert [f.error for f in submission_faults(view, {"b": {"a": "x", "z": "y"}})] == [
        "unknown_field"
    ]
    assert submission_faults(view, {"c": {"a": "y"}, "b": {"a": "x"}})[0].detail == (
        "the view has no field c/a"
    )


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.text(max_size=3) | st.integers(),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["type", "value", "id"]), inner)),
       st.sampled_from([entry[1] for entry in FIELDS]))  # fmt: skip
def test_no_value_makes_the_client_fail(value: Any, block: Json) -> None:
    """Whatever is typed or sent, the form is either submitted or kept with a sentence."""
    for fault in submission_faults(form(block), {"b": {"a": value}}):
        assert fault.error == "invalid_submission"
