"""Elements that show something or take a click: image, buttons, overflow, menus, choices.

Limits: Slack's block element reference and the constants of slack_sdk 3.47.
"""

from .block_objects import (
    ADDRESS,
    BUTTON_OPTION,
    CHANNEL,
    CONFIRM,
    CONVERSATION,
    FILTER,
    ID,
    LABEL,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    SLACK_FILE,
    STYLE,
    TYPE,
    USER,
    distinct_values,
    image_address,
    initial_among,
    plain,
)
from .checks import Check, array, exactly_one, flag, one_of, record, string, whole

VALUE = string(2000)
ACTED = {"action_id": ID, "confirm": CONFIRM}
FOCUSED = {**ACTED, "focus_on_load": flag}
_MENU = {**FOCUSED, "placeholder": PLACEHOLDER}
_MANY = {**_MENU, "max_selected_items": whole(1)}
_LISTED = {"options": array(MENU_OPTION, 1, 100), "option_groups": array(OPTION_GROUP, 1, 100)}
_EITHER = exactly_one("options", "option_groups")
_PICKED = array(MENU_OPTION, 1)
_CHOICES = array(BUTTON_OPTION, 1, 10)


def _menu(**fields: Check) -> Check:
    return record({"type": TYPE}, {**_MENU, **fields})


def _menus(**fields: Check) -> Check:
    return record({"type": TYPE}, {**_MANY, **fields})


IMAGE = record(
    {"type": TYPE, "alt_text": string(2000)},
    {"image_url": image_address, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
BUTTON = record(
    {"type": TYPE, "text": plain(75)},
    {**ACTED, "url": ADDRESS, "value": VALUE, "style": STYLE, "accessibility_label": LABEL},
)
OVERFLOW = record(
    {"type": TYPE, "options": array(OVERFLOW_OPTION, 1, 5)}, {**ACTED}, distinct_values
)
_FEEDBACK = record({"text": plain(75), "value": VALUE}, {"accessibility_label": LABEL})
FEEDBACK_BUTTONS = record(
    {"type": TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}
)
ICON_BUTTON = record(
    {"type": TYPE, "icon": one_of("trash"), "text": plain(75)},
    {
        **ACTED,
        "value": VALUE,
        "accessibility_label": LABEL,
        "visible_to_user_ids": array(USER, 1, 10, unique=True),
    },
)
CHECKBOXES = record(
    {"type": TYPE, "options": _CHOICES},
    {**FOCUSED, "initial_options": array(BUTTON_OPTION, 1, 10)},
    distinct_values,
    initial_among("initial_options"),
)
RADIO_BUTTONS = record(
    {"type": TYPE, "options": _CHOICES},
    {**FOCUSED, "initial_option": BUTTON_OPTION},
    distinct_values,
    initial_among("initial_option"),
)
STATIC_SELECT = record(
    {"type": TYPE},
    {**_MENU, **_LISTED, "initial_option": MENU_OPTION},
    _EITHER,
    distinct_values,
    initial_among("initial_option"),
)
MULTI_STATIC_SELECT = record(
    {"type": TYPE},
    {**_MANY, **_LISTED, "initial_options": _PICKED},
    _EITHER,
    distinct_values,
    initial_among("initial_options"),
)

MENUS: dict[str, Check] = {
    "static_select": STATIC_SELECT,
    "external_select": _menu(initial_option=MENU_OPTION, min_query_length=whole(0)),
    "users_select": _menu(initial_user=USER),
    "conversations_select": _menu(
        initial_conversation=CONVERSATION,
        default_to_current_conversation=flag,
        response_url_enabled=flag,
        filter=FILTER,
    ),
    "channels_select": _menu(initial_channel=CHANNEL, response_url_enabled=flag),
    "multi_static_select": MULTI_STATIC_SELECT,
    "multi_external_select": _menus(initial_options=_PICKED, min_query_length=whole(0)),
    "multi_users_select": _menus(initial_users=array(USER, 1, unique=True)),
    "multi_conversations_select": _menus(
        initial_conversations=array(CONVERSATION, 1, unique=True),
        default_to_current_conversation=flag,
        filter=FILTER,
    ),
    "multi_channels_select": _menus(initial_channels=array(CHANNEL, 1, unique=True)),
}
CHOICES: dict[str, Check] = {"checkboxes": CHECKBOXES, "radio_buttons": RADIO_BUTTONS}
CLICKS: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW}
