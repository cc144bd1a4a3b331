"""Each interactive element sends what Slack sends, and only what it offers can be chosen."""

from typing import Any

import pytest

from tests.support.playground_desk import Json, acting, running, wired


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    """An option whose label is its value in capitals."""
    return {"text": plain(value.upper()), "value": value}


AB = [option("a"), option("b")]
BUTTON: Json = {"type": "button", "action_id": "x", "text": plain("Go"), "value": "v"}
FEEDBACK: Json = {
    "type": "feedback_buttons",
    "action_id": "x",
    "positive_button": {"text": plain("Yes"), "value": "right"},
    "negative_button": {"text": plain("No"), "value": "wrong"},
}
ELEMENTS: list[tuple[Json, Json, Json, Json | None]] = [
    # element, what the person does, what `actions[0]` holds, what `state.values` holds
    (BUTTON, {"value": "v"}, {"value": "v", "text": plain("Go")}, None),
    (
        {"type": "static_select", "options": AB},
        {"selected_option": option("b")},
        {"selected_option": option("b")},
        {"selected_option": option("b")},
    ),
    (
        {"type": "static_select", "option_groups": [{"label": plain("G"), "options": AB}]},
        {"value": "a"},
        {"selected_option": option("a")},
        {"selected_option": option("a")},
    ),
    (
        {"type": "multi_static_select", "options": AB},
        {"selected_options": [{"value": "a"}, {"value": "b"}]},
        {"selected_options": AB},
        {"selected_options": AB},
    ),
    (
        {"type": "overflow", "options": AB},
        {"selected_option": {"value": "a"}},
        {"selected_option": option("a")},
        None,
    ),
    (
        {"type": "radio_buttons", "options": AB},
        {"value": "b"},
        {"selected_option": option("b")},
        {"selected_option": option("b")},
    ),
    (
        {"type": "checkboxes", "options": AB, "initial_options": [option("a")]},
        {"selected_options": []},
        {"selected_options": [], "initial_options": [option("a")]},
        {"selected_options": []},
    ),
    (
        {"type": "datepicker"},
        {"selected_date": "2026-11-23"},
        {"selected_date": "2026-11-23"},
        {"selected_date": "2026-11-23"},
    ),
    (
        {"type": "timepicker", "initial_time": "08:00"},
        {"selected_time": "09:30"},
        {"selected_time": "09:30", "initial_time": "08:00"},
        {"selected_time": "09:30"},
    ),
    (
        {"type": "datetimepicker"},
        {"selected_date_time": 1795413676},
        {"selected_date_time": 1795413676},
        {"selected_date_time": 1795413676},
    ),
    (
        {"type": "users_select"},
        {"selected_user": "U0BEN"},
        {"selected_user": "U0BEN"},
        {"selected_user": "U0BEN"},
    ),
    (
        {"type": "multi_conversations_select"},
        {"selected_conversations": ["C0CLM"]},
        {"selected_conversations": ["C0CLM"]},
        {"selected_conversations": ["C0CLM"]},
    ),
]


def block_with(element: Json) -> Json:
    """The block in which an element may stand."""
    named = {"action_id": "x", **element}
    if element["type"].startswith("multi_"):
        return {"type": "section", "block_id": "b", "text": plain("?"), "accessory": named}
    return {"type": "actions", "block_id": "b", "elements": [named]}


@pytest.mark.parametrize(("element", "deed", "sent", "state"), ELEMENTS)
async def test_an_element_sends_its_choice_and_state(
    element: Json, deed: Json, sent: Json, state: Json | None
) -> None:
    """Using an element sends the action, the message, and the state of all its elements."""
    async with wired() as (desk, bot):
        ts = await desk.said("U0ADA", "choose", blocks=[block_with(element)])
        await bot.hear()
        action = {"block_id": "b", "action_id": "x", "type": element["type"], **deed}
        work = desk.do("interact", user="ada", channel="dm", messageTs=ts, action=action)
        _, payload = await acting(work, bot)
        [done] = payload["actions"]
        head = {"type": element["type"], "action_id": "x", "block_id": "b"}
        assert done == {**head, **sent, "action_ts": done["action_ts"]}
        values = {} if state is None else {"b": {"x": {"type": element["type"], **state}}}
        assert payload["state"] == {"values": values}
        assert payload["container"] == {
            "type": "message",
            "message_ts": ts,
            "channel_id": "D0ADA",
            "is_ephemeral": False,
        }
        assert (payload["message"]["ts"], payload["user"]["id"]) == (ts, "U0ADA")
        assert payload["trigger_id"]
        assert payload["response_url"]


async def test_feedback_buttons_send_the_side_that_was_pressed() -> None:
    """Thumbs up or down arrives as the value of that side; a third value does not exist."""
    async with wired() as (desk, bot):
        block = {"type": "context_actions", "block_id": "b", "elements": [FEEDBACK]}
        ts = await desk.said("U0ADA", "right?", blocks=[block])
        await bot.hear()
        body: Json = {"user": "ada", "channel": "dm", "messageTs": ts}
        press = {"block_id": "b", "action_id": "x", "type": "feedback_buttons", "value": "wrong"}
        _, payload = await acting(desk.do("interact", action=press, **body), bot)
        assert payload["actions"][0]["value"] == "wrong"
        press["value"] = "maybe"
        assert await desk.refused("interact", action=press, **body) == "impossible_choice"


async def test_ids_that_the_author_left_out_are_given() -> None:
    """Blocks and elements without ids get some, so that they can be used and told apart."""
    async with running() as desk:
        nameless = {"type": "button", "text": plain("Go")}
        block = {"type": "actions", "elements": [{**nameless, "action_id": "x"}]}
        await desk.said("U0ADA", "x", blocks=[block, {"type": "divider"}])
        [message] = await desk.seen("ada")
        ids = [block["block_id"] for block in message["blocks"]]
        assert len(set(ids)) == 2
        assert all(ids)


async def test_choices_are_remembered_for_each_person() -> None:
    """What one person chose in a message is in their state.values and in nobody else's."""
    async with wired() as (desk, bot):
        select = {"type": "static_select", "action_id": "s", "options": AB}
        row = {"type": "actions", "block_id": "b", "elements": [select, BUTTON]}
        ts = await desk.said("C0CLM", "choose", blocks=[row])
        await bot.hear()
        place: Json = {"channel": "C0CLM", "messageTs": ts}
        chosen = {"action_id": "s", "value": "b"}
        await acting(desk.do("interact", user="ada", action=chosen, **place), bot)
        seen = {}
        for user in ("ada", "ben"):
            work = desk.do("interact", user=user, action={"action_id": "x"}, **place)
            _, payload = await acting(work, bot)
            seen[user] = payload["state"]["values"]["b"]["s"]["selected_option"]
        assert seen == {"ada": option("b"), "ben": None}


async def test_an_ephemeral_message_is_not_sent_along() -> None:
    """Pressing a button only one person sees brings no message, but can still replace it."""
    async with wired() as (desk, bot):
        row = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
        args: Json = {"channel": "C0CLM", "user": "U0ADA", "text": "psst", "blocks": [row]}
        ts = (await desk.api("chat.postEphemeral", **args))["message_ts"]
        body: Json = {"channel": "C0CLM", "messageTs": ts, "action": {"action_id": "x"}}
        assert await desk.refused("interact", user="ben", **body) == "message_not_found"
        _, payload = await acting(desk.do("interact", user="ada", **body), bot)
        assert payload["container"]["is_ephemeral"] is True
        assert "message" not in payload
        replaced = {"replace_original": True, "text": "replaced"}
        async with desk.session.post(payload["response_url"], json=replaced) as answer:
            assert answer.status == 200
        assert await desk.texts("ada", "C0CLM") == ["replaced"]
        assert await desk.texts("ben", "C0CLM") == []
        async with desk.session.post(
            payload["response_url"], json={"delete_original": True}
        ) as answer:
            assert answer.status == 200
        assert await desk.texts("ada", "C0CLM") == []


@pytest.mark.parametrize(
    ("action", "error"),
    [
        ({"block_id": "b", "action_id": "gone"}, "element_not_found"),
        ({"block_id": "old", "action_id": "x"}, "element_not_found"),
        ({"action_id": "x", "type": "overflow"}, "element_not_found"),
        ({"action_id": "x", "value": "forged"}, "impossible_choice"),
        ({"action_id": "s", "value": "c"}, "impossible_choice"),
        ({"action_id": "d", "selected_date": "tomorrow"}, "impossible_choice"),
        ({}, "missing_field"),
    ],
)
async def test_what_is_not_offered_cannot_be_used(action: Json, error: str) -> None:
    """Elements that are not there and values that they do not offer are refused."""
    async with running() as desk:
        elements: list[Any] = [
            BUTTON,
            {"type": "static_select", "action_id": "s", "options": AB},
            {"type": "datepicker", "action_id": "d"},
        ]
        row = {"type": "actions", "block_id": "b", "elements": elements}
        ts = await desk.said("U0ADA", "choose", blocks=[row])
        body: Json = {"user": "ada", "channel": "dm", "messageTs": ts, "action": action}
        assert await desk.refused("interact", **body) == error


async def test_an_unanswered_press_is_shown_as_failed() -> None:
    """A button whose press is not acked in time fails for the one who pressed it."""
    async with wired(ack_s=0.1, redelivery_s=()) as (desk, bot):
        row = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
        ts = await desk.said("U0ADA", "press", blocks=[row])
        await bot.hear()
        body: Json = {"user": "ada", "channel": "dm", "messageTs": ts}
        refusal = await desk.refused("interact", action={"action_id": "x"}, **body)
        assert refusal == "operation_timeout"
