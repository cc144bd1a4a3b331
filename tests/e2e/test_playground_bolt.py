"""The real slack_bolt talks to the playground without knowing that it is not Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.playground_desk import Desk, running


def plain(text: str) -> dict[str, str]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Form"),
    "submit": plain("Send"),
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": plain("Name"),
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
ASK = {
    "type": "actions",
    "block_id": "ask",
    "elements": [{"type": "button", "action_id": "press", "text": plain("Press"), "value": "v1"}],
}


def small_app(desk: Desk) -> AsyncApp:
    """An app that answers messages, a command, a button and a modal."""
    playground = desk.playground
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
    app = AsyncApp(client=client, signing_secret=playground.signing_secret)

    @app.event("message")
    async def on_message(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("subtype") is None:
            await client.chat_postMessage(
                channel=event["channel"], text=f"heard {event['text']}", blocks=[ASK]
            )

    @app.command("/plain")
    async def on_command(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack(f"acked {body['text']}")
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.action("press")
    async def on_press(ack: Any, action: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(text=f"pressed {action['value']}", replace_original=True)

    @app.view("form")
    async def on_form(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["name"]["text"]["value"]
        if typed == "wrong":
            await ack(response_action="errors", errors={"name": "another one, please"})
        else:
            await ack()

    return app


@asynccontextmanager
async def over_socket() -> AsyncIterator[Desk]:
    """The small app connected over Socket Mode."""
    async with running() as desk:
        playground = desk.playground
        web_client = AsyncWebClient(token=playground.app_token, base_url=playground.api_url)
        handler = AsyncSocketModeHandler(
            small_app(desk), playground.app_token, web_client=web_client
        )
        await handler.connect_async()
        try:
            yield desk
        finally:
            await handler.close_async()


@asynccontextmanager
async def over_http() -> AsyncIterator[Desk]:
    """The small app behind a request URL."""
    async with running() as desk:
        runner = web.AppRunner(small_app(desk).web_app("/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        request_url = f"http://127.0.0.1:{port}/slack/events"
        await desk.do("delivery", mode="http", request_url=request_url)
        try:
            yield desk
        finally:
            await runner.cleanup()


async def converse(desk: Desk) -> None:
    """Go the whole way once: message, button, command, modal with an error, modal accepted."""
    await desk.do("message", channel="dm", user="ada", text="hi")
    await desk.wait("heard hi")
    await desk.wait('"kind": "ack", "name": "message"')
    asked = (await desk.seen("ada"))[-1]
    press = {"block_id": "ask", "action_id": "press", "type": "button", "value": "v1"}
    await desk.do("interact", user="ada", channel="dm", messageTs=asked["ts"], action=press)
    await desk.wait("pressed v1")
    assert await desk.texts("ada") == ["hi", "pressed v1"]

    acked = await desk.do("command", channel="C0CLM", user="ada", command="/plain", text="me")
    assert acked["ack"] == {"text": "acked me"}
    await desk.wait('"name": "views.open"')
    refused = await desk.do("submit", user="ada", values={"name": {"text": "wrong"}})
    assert refused["response_action"] == "errors"
    assert refused["errors"] == {"name": "another one, please"}
    assert refused["view"]["callback_id"] == "form"
    accepted = await desk.do("submit", user="ada", values={"name": {"text": "right"}})
    assert accepted["view"] is None
    assert (await desk.look("views", user="ada"))["views"] == []


async def test_bolt_over_socket_mode_goes_the_whole_way() -> None:
    """A bot built on slack_bolt answers, opens a modal and reads it over Socket Mode."""
    async with over_socket() as desk:
        await converse(desk)


async def test_bolt_over_http_goes_the_whole_way() -> None:
    """The same bot answers, opens a modal and reads it over signed HTTP requests."""
    async with over_http() as desk:
        await converse(desk)


async def test_bolt_reconnects_after_a_refresh_and_goes_on_answering() -> None:
    """A bot that Slack asks to reconnect answers the next message over its new connection."""
    async with over_socket() as desk:
        before = desk.playground.journal.seq
        await desk.do("fault", kind="disconnect", count=1)
        await desk.wait('"name": "hello"', after=before)
        await desk.do("message", channel="dm", user="ada", text="still there?")
        await desk.wait("heard still there?")
        assert "heard still there?" in await desk.texts("ada")


async def test_bolt_uploads_a_file_into_a_channel() -> None:
    """A picture that the bot uploads appears in the channel with its words and can be opened."""
    async with over_socket() as desk:
        playground = desk.playground
        client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
        await client.files_upload_v2(
            channel="D0ADA", filename="chart.png", content=b"png", alt_txt="A chart", title="Chart"
        )
        [message] = await desk.seen("ada")
        [file] = message["files"]
        assert (file["name"], file["title"], file["alt_txt"]) == ("chart.png", "Chart", "A chart")
        async with desk.session.get(file["url_private"]) as answer:
            assert await answer.read() == b"png"
