"""Submitting and closing modals: what Slack's client holds back, and what an answer does."""

from typing import Any

import pytest

from tests.support.playground_desk import Desk, Json, WireBot, acting, wired
from tests.support.playground_views import asking, modal, opened, plain, stack

TROUBLE = "We had some trouble connecting"
OPTIONS = [{"text": plain(v), "value": v} for v in ("a", "b")]
FILLED: Json = {"name": {"a": "Ada"}}


async def submitted(desk: Desk, bot: WireBot, answer: Json | None = None) -> tuple[Json, Json]:
    """Submit the open modal and let the bot answer; returns the route's answer and the payload."""
    (_, body), payload = await acting(desk.ask("submit", user="ada", values=FILLED), bot, answer)
    return body, payload


async def test_a_submission_carries_the_whole_state() -> None:
    """Typed, chosen and untouched fields all stand in state.values, in Slack's shapes."""
    async with wired() as (desk, bot):
        select: Json = {"type": "static_select", "action_id": "a", "options": OPTIONS}
        boxes: Json = {"type": "checkboxes", "action_id": "a", "options": OPTIONS}
        view = modal(
            asking("name"),
            asking("pick", select),
            asking("many", boxes),
            asking("free", optional=True),
            private_metadata="kept",
        )
        shown = await opened(desk, bot, view)
        values: Json = {
            "name": {"a": "Ada & co"},
            "pick": {"a": "b"},
            "many": {"a": {"type": "checkboxes", "selected_options": [OPTIONS[0]]}},
        }
        work = desk.do("submit", user="ada", view_id=shown["id"], values=values)
        answer, payload = await acting(work, bot)
        assert payload["type"] == "view_submission"
        assert payload["view"]["private_metadata"] == "kept"
        assert payload["view"]["state"]["values"] == {
            "name": {"a": {"type": "plain_text_input", "value": "Ada & co"}},
            "pick": {"a": {"type": "static_select", "selected_option": OPTIONS[1]}},
            "many": {"a": {"type": "checkboxes", "selected_options": [OPTIONS[0]]}},
            "free": {"a": {"type": "plain_text_input", "value": None}},
        }
        assert (answer["response_action"], answer["errors"], answer["view"]) == (None, {}, None)
        assert await stack(desk) == []


async def test_an_empty_required_field_is_held_back_by_the_client() -> None:
    """A form lacking a required field is not sent; the field says why and the bot hears nothing."""
    async with wired() as (desk, bot):
        await opened(desk, bot)
        before = desk.playground.journal.seq
        status, answer = await desk.ask("submit", user="ada", values={})
        assert (status, answer["error"]) == (422, "invalid_submission")
        assert list(answer["errors"]) == ["name"]
        assert desk.playground.journal.seq == before
        assert await stack(desk) == ["Form"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"nowhere": {"a": "x"}}, "unknown_field"),
        ({"name": {"b": "x"}}, "unknown_field"),
        ({"name": "x"}, "invalid_field"),
        ({"name": {"a": {"nested": 1}}}, "impossible_choice"),
        ({"name": {"a": "x" * 3001}}, "invalid_submission"),
    ],
)
async def test_values_that_nobody_could_enter(values: Json, error: str) -> None:
    """Fields that the modal does not have and impossible values are refused."""
    async with wired() as (desk, bot):
        await opened(desk, bot)
        assert await desk.refused("submit", user="ada", values=values) == error


async def test_errors_keep_the_modal_and_the_entries() -> None:
    """An answer with errors shows them at their fields; what was typed stays."""
    async with wired() as (desk, bot):
        await opened(desk, bot)
        errors = {"name": "Who is that?"}
        answer, _ = await submitted(desk, bot, {"response_action": "errors", "errors": errors})
        assert (answer["response_action"], answer["errors"]) == ("errors", errors)
        assert answer["view"]["state"]["values"]["name"]["a"]["value"] == "Ada"
        assert await stack(desk) == ["Form"]


async def test_update_and_push_and_clear_do_as_they_say() -> None:
    """Update changes the modal in place, push lays one over it, clear closes all of them."""
    async with wired() as (desk, bot):
        shown = await opened(desk, bot)
        update = {"response_action": "update", "view": modal(title=plain("Two"))}
        answer, _ = await submitted(desk, bot, update)
        assert (answer["view"]["id"], await stack(desk)) == (shown["id"], ["Two"])
        push = {"response_action": "push", "view": modal(title=plain("Over"))}
        answer, _ = await submitted(desk, bot, push)
        assert answer["view"]["previous_view_id"] == shown["id"]
        assert await stack(desk) == ["Two", "Over"]
        answer, _ = await submitted(desk, bot)
        assert await stack(desk) == ["Two"]
        assert answer["view"]["id"] == shown["id"]
        answer, _ = await submitted(desk, bot, {"response_action": "clear"})
        assert (answer["view"], await stack(desk)) == (None, [])


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {"note": "not an input"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"name": ""}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "update"},
        {"response_action": "dance"},
        {"text": "a message"},
    ],
)
async def test_an_answer_that_slack_does_not_understand_is_trouble(answer: Json) -> None:
    """Errors for anything but inputs, faulty views and unknown actions all show Slack's trouble."""
    async with wired() as (desk, bot):
        note = {"type": "section", "block_id": "note", "text": plain("Note")}
        await opened(desk, bot, modal(asking("name"), note))
        body, _ = await submitted(desk, bot, answer)
        assert (body["ok"], body["error"]) == (False, "invalid_response")
        assert TROUBLE in body["detail"]
        assert await stack(desk) == ["Form"]


async def test_a_push_over_three_modals_is_trouble() -> None:
    """A fourth modal cannot be pushed by an answer either."""
    async with wired() as (desk, bot):
        await opened(desk, bot)
        for _ in range(2):
            await submitted(desk, bot, {"response_action": "push", "view": modal()})
        body, _ = await submitted(desk, bot, {"response_action": "push", "view": modal()})
        assert TROUBLE in body["detail"]
        assert "push_limit_reached" in body["detail"]


async def test_without_an_ack_slack_says_so_and_keeps_the_modal() -> None:
    """A submission that is not acked in time shows Slack's own sentence; nothing typed is lost."""
    async with wired(ack_s=0.1) as (desk, bot):
        await opened(desk, bot)
        status, answer = await desk.ask("submit", user="ada", values=FILLED)
        assert (status, answer["error"]) == (504, "operation_timeout")
        assert TROUBLE in answer["detail"]
        assert answer["view"]["state"]["values"]["name"]["a"]["value"] == "Ada"
        assert await stack(desk) == ["Form"]


async def test_a_modal_without_submit_cannot_be_submitted() -> None:
    """Where there is no submit button nothing is sent."""
    async with wired() as (desk, bot):
        note = {"type": "section", "text": plain("Note")}
        view = modal(note)
        view.pop("submit")
        await opened(desk, bot, view)
        assert await desk.refused("submit", user="ada", values={}) == "no_submit"
        await desk.do("close", user="ada")
        assert await desk.refused("submit", user="ada", values={}) == "view_not_found"


async def test_closing_is_told_where_the_view_asks_for_it() -> None:
    """Closing a modal with notify_on_close sends view_closed; another closes without a word."""
    async with wired() as (desk, bot):
        await opened(desk, bot, modal(notify_on_close=True))
        _, payload = await acting(desk.do("close", user="ada"), bot)
        assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
        assert "trigger_id" not in payload
        await opened(desk, bot)
        before = desk.playground.journal.seq
        await desk.do("close", user="ada")
        assert (desk.playground.journal.seq, await stack(desk)) == (before, [])
        assert await desk.refused("close", user="ada") == "view_not_found"


@pytest.mark.parametrize(
    ("options", "asked"), [({"clear_on_close": True}, {}), ({}, {"all": True})]
)
async def test_clearing_closes_the_whole_stack(options: Json, asked: dict[str, Any]) -> None:
    """Clearing takes every modal away and tells the bot that all were cleared."""
    async with wired() as (desk, bot):
        await opened(desk, bot)
        over = modal(notify_on_close=True, **options)
        await submitted(desk, bot, {"response_action": "push", "view": over})
        _, payload = await acting(desk.do("close", user="ada", **asked), bot)
        assert payload["is_cleared"] is True
        assert await stack(desk) == []


async def test_typing_is_kept_quietly_unless_the_field_asks() -> None:
    """An input is only told while typing where dispatch_action is on."""
    async with wired() as (desk, bot):
        shown = await opened(desk, bot, modal(asking("name"), asking("live", dispatch_action=True)))
        body: Json = {"user": "ada", "view_id": shown["id"]}
        quiet = await desk.do("interact", action={"block_id": "name", "action_id": "a",
                                                  "value": "x"}, **body)  # fmt: skip
        assert quiet["dispatched"] is False
        live: Json = {"block_id": "live", "action_id": "a", "value": "y"}
        _, payload = await acting(desk.do("interact", action=live, **body), bot)
        assert payload["actions"][0]["value"] == "y"
        assert payload["view"]["state"]["values"]["name"]["a"]["value"] == "x"
