"""The playground refuses buttons, menus and inputs where Slack would, and not before."""

from typing import Any

import pytest

from bot.playground.blocks import message_faults
from tests.support.block_kit import Json, actions, asked, button, mrkdwn, plain, said, section


def option(value: str = "a", text: Json | None = None, **more: Any) -> Json:
    """An option of a menu or of buttons."""
    return {"text": text or plain("A"), "value": value, **more}


def options(count: int) -> list[Json]:
    """That many options with different values."""
    return [option(str(n)) for n in range(count)]


def overflow(choices: list[Json]) -> Json:
    """An overflow menu."""
    return actions({"type": "overflow", "action_id": "o", "options": choices})


def menu(kind: str = "static_select", **more: Any) -> Json:
    """A menu beside a section."""
    return section(accessory={"type": kind, "action_id": "m", **more})


def choice(kind: str = "radio_buttons", **more: Any) -> Json:
    """Radio buttons or checkboxes among actions."""
    return actions({"type": kind, "action_id": "c", "options": options(2), **more})


def typed(**more: Any) -> Json:
    """An input block for text."""
    return asked({"type": "plain_text_input", "action_id": "t", **more})


def number(**more: Any) -> Json:
    """An input block for a number."""
    element = {"type": "number_input", "action_id": "n", "is_decimal_allowed": True}
    return asked(element | more)


def picker(kind: str, **more: Any) -> Json:
    """An input block for a day or a time."""
    return asked({"type": kind, "action_id": "p", **more})


def confirmed(**more: Any) -> Json:
    """A button that asks again."""
    dialog = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()}
    return actions(button(confirm=dialog | more))


def without(block: Json, key: str) -> Json:
    """The same block, its only element lacking a key."""
    element = block["elements"][0]
    return block | {"elements": [{name: v for name, v in element.items() if name != key}]}


# name, accepted, refused, where the refusal points to
CASES: list[tuple[str, Json, Json, str]] = [
    ("button text 75", actions(button(text=plain("x" * 75))), actions(button(text=plain("x" * 76))),
     "/text/text"),
    ("button text plain_text only", actions(button()), actions(button(text=mrkdwn())),
     "/text/type"),
    ("button text required", actions(button()), without(actions(button()), "text"),
     "/elements/0]"),
    ("button value 2000", actions(button(value="x" * 2000)), actions(button(value="x" * 2001)),
     "/value"),
    ("button value not empty", actions(button(value="x")), actions(button(value="")), "/value"),
    ("button url 3000", actions(button(url="https://a.org/".ljust(3000, "x"))),
     actions(button(url="https://a.org/".ljust(3001, "x"))), "/url"),
    ("button url is an address", actions(button(url="mailto:a@ala.org")),
     actions(button(url="ala.org")), "/url"),
    ("button style known", actions(button(style="danger")), actions(button(style="default")),
     "/style"),
    ("button label 75", actions(button(accessibility_label="x" * 75)),
     actions(button(accessibility_label="x" * 76)), "/accessibility_label"),
    ("button keys known", actions(button()), actions(button(emoji=True)), "/elements/0]"),
    ("action_id 255", actions(button("x" * 255)), actions(button("x" * 256)), "/action_id"),
    ("action_id not empty", actions(button("x")), actions(button("")), "/action_id"),
    ("confirm title 100", confirmed(title=plain("x" * 100)), confirmed(title=plain("x" * 101)),
     "/confirm/title/text"),
    ("confirm title plain_text only", confirmed(), confirmed(title=mrkdwn()), "/title/type"),
    ("confirm text 300", confirmed(text=plain("x" * 300)), confirmed(text=plain("x" * 301)),
     "/confirm/text/text"),
    ("confirm button 30", confirmed(confirm=plain("x" * 30)), confirmed(confirm=plain("x" * 31)),
     "/confirm/confirm/text"),
    ("deny button 30", confirmed(deny=plain("x" * 30)), confirmed(deny=plain("x" * 31)),
     "/confirm/deny/text"),
    ("confirm style known", confirmed(style="primary"), confirmed(style="loud"), "/style"),
    ("confirm is whole", confirmed(), actions(button(confirm={"title": plain()})), "/confirm]"),
    ("overflow 5", overflow(options(5)), overflow(options(6)), "/options]"),
    ("overflow 1 at least", overflow(options(1)), overflow([]), "/options]"),
    ("overflow option url", overflow([option(url="https://ala.org")]),
     overflow([option(url="ala")]), "/url"),
    ("overflow is not for inputs", menu(options=options(1)),
     asked({"type": "overflow", "options": options(1)}), "/element/type"),
    ("menu 100 options", menu(options=options(100)), menu(options=options(101)), "/options]"),
    ("menu 1 option at least", menu(options=options(1)), menu(options=[]), "/options]"),
    ("menu has options or groups", menu(options=options(1)), menu(), "/accessory]"),
    ("menu has not both", menu(options=options(1)),
     menu(options=options(1), option_groups=[{"label": plain(), "options": options(1)}]),
     "/accessory]"),
    ("group label 75", menu(option_groups=[{"label": plain("x" * 75), "options": options(1)}]),
     menu(option_groups=[{"label": plain("x" * 76), "options": options(1)}]), "/label/text"),
    ("group not empty", menu(option_groups=[{"label": plain(), "options": options(1)}]),
     menu(option_groups=[{"label": plain(), "options": []}]), "/option_groups/0/options]"),
    ("option value 150", menu(options=[option("x" * 150)]), menu(options=[option("x" * 151)]),
     "/value"),
    ("option value not empty", menu(options=[option("x")]), menu(options=[option("")]), "/value"),
    ("option text 75", menu(options=[option(text=plain("x" * 75))]),
     menu(options=[option(text=plain("x" * 76))]), "/text/text"),
    ("option text plain_text only", menu(options=[option()]),
     menu(options=[option(text=mrkdwn())]), "/text/type"),
    ("option description 75", menu(options=[option(description=plain("x" * 75))]),
     menu(options=[option(description=plain("x" * 76))]), "/description/text"),
    ("option url is for overflow", menu(options=[option()]),
     menu(options=[option(url="https://ala.org")]), "/options/0]"),
    ("option values differ", menu(options=options(2)), menu(options=[option(), option()]),
     "/accessory]"),
    ("initial option is an option", menu(options=options(2), initial_option=option("1")),
     menu(options=options(2), initial_option=option("2")), "/initial_option]"),
    ("initial option in every part", menu(options=[option()], initial_option=option()),
     menu(options=[option()], initial_option=option(text=plain("B"))), "/initial_option]"),
    ("initial option out of a group",
     menu(option_groups=[{"label": plain(), "options": options(2)}], initial_option=option("1")),
     menu(option_groups=[{"label": plain(), "options": options(2)}], initial_option=option("x")),
     "/initial_option]"),
    ("placeholder 150", menu(options=options(1), placeholder=plain("x" * 150)),
     menu(options=options(1), placeholder=plain("x" * 151)), "/placeholder/text"),
    ("placeholder plain_text only", menu(options=options(1), placeholder=plain()),
     menu(options=options(1), placeholder=mrkdwn()), "/placeholder/type"),
    ("multi initial options are options",
     menu("multi_static_select", options=options(2), initial_options=options(2)),
     menu("multi_static_select", options=options(2), initial_options=options(3)),
     "/initial_options]"),
    ("multi initial options not empty",
     menu("multi_static_select", options=options(2), initial_options=options(1)),
     menu("multi_static_select", options=options(2), initial_options=[]), "/initial_options]"),
    ("max_selected_items 1", menu("multi_users_select", max_selected_items=1),
     menu("multi_users_select", max_selected_items=0), "/max_selected_items]"),
    ("min_query_length 0", menu("external_select", min_query_length=0),
     menu("external_select", min_query_length=-1), "/min_query_length]"),
    ("initial user", menu("users_select", initial_user="U0ADA"),
     menu("users_select", initial_user="ada"), "/initial_user]"),
    ("initial users differ", menu("multi_users_select", initial_users=["U0ADA"]),
     menu("multi_users_select", initial_users=["U0ADA", "U0ADA"]), "/initial_users/1]"),
    ("initial channel", menu("channels_select", initial_channel="C0CLM"),
     menu("channels_select", initial_channel="#clm"), "/initial_channel]"),
    ("conversation filter known",
     menu("conversations_select", filter={"include": ["im"]}),
     menu("conversations_select", filter={"include": ["dm"]}), "/filter/include/0]"),
    ("conversation filter not empty", menu("conversations_select", filter={"include": ["im"]}),
     menu("conversations_select", filter={}), "/filter]"),
    ("radio buttons 10", choice(options=options(10)), choice(options=options(11)), "/options]"),
    ("radio buttons 1 at least", choice(options=options(1)), choice(options=[]), "/options]"),
    ("radio text may be mrkdwn", choice(options=[option(text=mrkdwn("*A*"))]),
     choice(options=[option(text=mrkdwn("x" * 76))]), "/text/text"),
    ("radio initial option", choice(initial_option=option("1")), choice(initial_option=option()),
     "/initial_option]"),
    ("radio values differ", choice(), choice(options=[option(), option()]), "/elements/0]"),
    ("checkboxes 10", choice("checkboxes", options=options(10)),
     choice("checkboxes", options=options(11)), "/options]"),
    ("checkboxes initial options", choice("checkboxes", initial_options=options(2)),
     choice("checkboxes", initial_options=[option("1"), option("1")]), "/initial_options]"),
    ("max_length 3000", typed(max_length=3000), typed(max_length=3001), "/max_length]"),
    ("max_length 1", typed(max_length=1), typed(max_length=0), "/max_length]"),
    ("min_length 3000", typed(min_length=3000), typed(min_length=3001), "/min_length]"),
    ("min_length not above max_length", typed(min_length=5, max_length=5),
     typed(min_length=6, max_length=5), "/min_length]"),
    ("length is an integer", typed(max_length=5), typed(max_length="5"), "/max_length]"),
    ("length is not a boolean", typed(max_length=1), typed(max_length=True), "/max_length]"),
    ("initial text within max_length", typed(initial_value="x" * 5, max_length=5),
     typed(initial_value="x" * 6, max_length=5), "/initial_value]"),
    ("initial text may be empty", typed(initial_value=""), typed(initial_value=None),
     "/initial_value]"),
    ("dispatch config known",
     typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
     typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}), "/trigger_actions_on/0]"),
    ("dispatch config not empty",
     typed(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]}),
     typed(dispatch_action_config={"trigger_actions_on": []}), "/trigger_actions_on]"),
    ("number says whether decimals pass", number(), asked({"type": "number_input"}), "/element]"),
    ("number bounds are text", number(min_value="0"), number(min_value=0), "/min_value]"),
    ("number bounds are numbers", number(max_value="9.5"), number(max_value="9,5"), "/max_value]"),
    ("number bounds in order", number(min_value="2", max_value="2"),
     number(min_value="3", max_value="2"), "/min_value]"),
    ("initial number not below", number(min_value="2", initial_value="2"),
     number(min_value="2", initial_value="1.9"), "/initial_value]"),
    ("initial number not above", number(max_value="2", initial_value="2"),
     number(max_value="2", initial_value="10"), "/initial_value]"),
    ("whole numbers only", number(is_decimal_allowed=False, min_value="1"),
     number(is_decimal_allowed=False, min_value="1.5"), "/min_value]"),
    ("date format", picker("datepicker", initial_date="2026-03-09"),
     picker("datepicker", initial_date="2026-3-9"), "/initial_date]"),
    ("date exists", picker("datepicker", initial_date="2028-02-29"),
     picker("datepicker", initial_date="2026-02-29"), "/initial_date]"),
    ("time format", picker("timepicker", initial_time="23:59"),
     picker("timepicker", initial_time="24:00"), "/initial_time]"),
    ("time zone exists", picker("timepicker", timezone="America/Chicago"),
     picker("timepicker", timezone="Chicago"), "/timezone]"),
    ("date and time 10 digits", picker("datetimepicker", initial_date_time=1_700_000_000),
     picker("datetimepicker", initial_date_time=17_000_000_000), "/initial_date_time]"),
    ("web address", asked({"type": "url_text_input", "initial_value": "https://ala.org"}),
     asked({"type": "url_text_input", "initial_value": "ala.org"}), "/initial_value]"),
    ("email address not empty", asked({"type": "email_text_input", "initial_value": "a@b.org"}),
     asked({"type": "email_text_input", "initial_value": ""}), "/initial_value]"),
    ("rich text input has an id", asked({"type": "rich_text_input", "action_id": "r"}),
     asked({"type": "rich_text_input"}), "/element]"),
    ("confirm button plain_text only", confirmed(), confirmed(confirm=mrkdwn()),
     "/confirm/confirm/type"),
    ("deny button plain_text only", confirmed(), confirmed(deny=mrkdwn()), "/confirm/deny/type"),
    ("description plain_text only", menu(options=[option(description=plain())]),
     menu(options=[option(description=mrkdwn())]), "/description/type"),
    ("overflow text 75", overflow([option(text=plain("x" * 75))]),
     overflow([option(text=plain("x" * 76))]), "/text/text"),
    ("overflow text plain_text only", overflow([option()]), overflow([option(text=mrkdwn())]),
     "/text/type"),
    ("overflow value 150", overflow([option("x" * 150)]), overflow([option("x" * 151)]),
     "/value"),
    ("overflow description 75", overflow([option(description=plain("x" * 75))]),
     overflow([option(description=plain("x" * 76))]), "/description/text"),
    ("overflow description plain_text only", overflow([option(description=plain())]),
     overflow([option(description=mrkdwn())]), "/description/type"),
    ("overflow values differ", overflow(options(2)), overflow([option(), option()]),
     "/elements/0]"),
    ("radio value 150", choice(options=[option("x" * 150)]), choice(options=[option("x" * 151)]),
     "/value"),
    ("radio description 75", choice(options=[option(description=mrkdwn("x" * 75))]),
     choice(options=[option(description=mrkdwn("x" * 76))]), "/description/text"),
    ("group label plain_text only", menu(option_groups=[{"label": plain(), "options": options(1)}]),
     menu(option_groups=[{"label": mrkdwn(), "options": options(1)}]), "/label/type"),
    ("group 100 options", menu(option_groups=[{"label": plain(), "options": options(100)}]),
     menu(option_groups=[{"label": plain(), "options": options(101)}]),
     "/option_groups/0/options]"),
    ("dispatch config says each once",
     typed(dispatch_action_config={
         "trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}),
     typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * 2}),
     "/trigger_actions_on/1]"),
    ("filter says each once", menu("conversations_select", filter={"include": ["im", "mpim"]}),
     menu("conversations_select", filter={"include": ["im", "im"]}), "/filter/include/1]"),
    ("initial conversation", menu("conversations_select", initial_conversation="D0ADA"),
     menu("conversations_select", initial_conversation="ada"), "/initial_conversation]"),
    ("initial conversations differ",
     menu("multi_conversations_select", initial_conversations=["D0ADA"]),
     menu("multi_conversations_select", initial_conversations=["D0ADA"] * 2),
     "/initial_conversations/1]"),
    ("initial channels differ", menu("multi_channels_select", initial_channels=["C0CLM"]),
     menu("multi_channels_select", initial_channels=["C0CLM"] * 2), "/initial_channels/1]"),
    ("many: min_query_length 0", menu("multi_external_select", min_query_length=0),
     menu("multi_external_select", min_query_length=-1), "/min_query_length]"),
    ("checkboxes: one initial option at least", choice("checkboxes", initial_options=[option("1")]),
     choice("checkboxes", initial_options=[]), "/initial_options]"),
    ("min_length 0", typed(min_length=0), typed(min_length=-1), "/min_length]"),
    ("date is a string of ten", picker("datepicker", initial_date="2026-03-09"),
     picker("datepicker", initial_date="20260309"), "/initial_date]"),
    ("time zone is a string", picker("timepicker", timezone="UTC"),
     picker("timepicker", timezone=5), "must be a string"),
    ("earliest moment", picker("datetimepicker", initial_date_time=1_000_000_000),
     picker("datetimepicker", initial_date_time=999_999_999), "/initial_date_time]"),
    ("latest moment", picker("datetimepicker", initial_date_time=9_999_999_999),
     picker("datetimepicker", initial_date_time=10_000_000_000), "/initial_date_time]"),
]  # fmt: skip


@pytest.mark.parametrize(("accepted", "refusal", "where"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_an_element_beyond_a_limit_is_invalid_blocks(
    accepted: Json, refusal: Json, where: str
) -> None:
    """An element at the limit posts; one step further Slack's invalid_blocks names the place."""
    assert message_faults(said(accepted)) == []
    found = message_faults(said(refusal))
    assert {fault.error for fault in found} == {"invalid_blocks"}
    assert any(where in fault.detail for fault in found), found
