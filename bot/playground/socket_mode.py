"""Socket Mode: tickets, connections, envelopes and their acks."""

import asyncio
import contextlib
import json
import secrets
import time

from aiohttp import WSMsgType, web

from bot.playground.clock import Clock
from bot.playground.journal import Journal
from bot.playground.passes import Tickets
from bot.playground.shapes import Ack, Envelope, Json
from bot.playground.workspace import APP_ID

MAX_CONNECTIONS = 10
WIRE_TYPES = {"event": "events_api", "command": "slash_commands", "interactive": "interactive"}


class SocketMode:
    """The bot's WebSocket connections. Each envelope goes to exactly one of them.

    An ack counts whichever connection it comes over: after a refresh the bot answers on the new
    connection what it heard on the old one.
    """

    def __init__(self, clock: Clock, journal: Journal, ack_timeout_s: float) -> None:
        self._journal = journal
        self._tickets = Tickets(clock)
        self._ack_timeout_s = ack_timeout_s
        self._connections: list[web.WebSocketResponse] = []
        self._transports: dict[int, asyncio.Transport] = {}
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._names: dict[str, tuple[str, str | None, float]] = {}
        self._turn = 0

    @property
    def connections(self) -> int:
        """How many connections stand."""
        return len(self._connections)

    def issue_path(self) -> str:
        """Return the path and query of a fresh single-use WebSocket address."""
        return f"/link/?ticket={self._tickets.issue()}&app_id={APP_ID}"

    async def serve(self, request: web.Request, *, refused: bool) -> web.StreamResponse:
        """Serve one connection until it ends; a bad ticket (or `refused`) is answered with 404."""
        good = self._tickets.redeem(request.query.get("ticket", ""))
        if refused or not good:
            body = {"trouble": "refuse_connect"} if refused else {}
            self._journal.write("from_bot", "connect", "refused", status=404, body=body)
            return web.Response(status=404, text="unknown or used ticket")
        ws = web.WebSocketResponse(heartbeat=30)
        await ws.prepare(request)
        if len(self._connections) >= MAX_CONNECTIONS:
            await self._say_goodbye(ws, "too_many_websockets")
            return ws
        self._connections.append(ws)
        if request.transport is not None:
            self._transports[id(ws)] = request.transport
        self._journal.write("from_bot", "connect", "hello", status=101)
        try:
            await ws.send_json(self._hello())
            async for frame in ws:
                if frame.type is WSMsgType.TEXT:
                    self._hear(frame.data)
        except ConnectionError:
            pass
        finally:
            if ws in self._connections:
                self._connections.remove(ws)
            self._transports.pop(id(ws), None)
            self._journal.write("from_bot", "connect", "closed")
        return ws

    async def send(self, envelope: Envelope) -> Ack:
        """Send one envelope over one connection and wait for its ack."""
        envelope_id = secrets.token_hex(16)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        self._remember(envelope_id, envelope)
        try:
            if not await self._send_to_one(_frame(envelope, envelope_id)):
                return Ack(False, reason="connection_failed")
            async with asyncio.timeout(self._ack_timeout_s):
                payload = await answer
        except TimeoutError:
            return Ack(False, reason="timeout")
        finally:
            self._waiting.pop(envelope_id, None)
        return Ack(True, payload)

    async def refresh(self, reason: str) -> None:
        """Tell every connection to make way (`warning`, `refresh_requested`, `link_disabled`)."""
        for ws in list(self._connections):
            await self._say_goodbye(ws, reason)

    def drop(self) -> None:
        """Cut every connection without a word, as a broken network does."""
        for ws in list(self._connections):
            self._connections.remove(ws)
            transport = self._transports.get(id(ws))
            if transport is not None:
                transport.abort()

    async def close(self) -> None:
        """Close every connection at the end of the playground."""
        for ws in list(self._connections):
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(1):
                    await ws.close()
        self._connections.clear()

    async def _say_goodbye(self, ws: web.WebSocketResponse, reason: str) -> None:
        # No further envelope may go to a connection that was told to leave.
        if ws in self._connections:
            self._connections.remove(ws)
        self._journal.write("to_bot", "connect", "disconnect", body={"reason": reason})
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
        with contextlib.suppress(ConnectionError):
            await ws.send_json(notice)

    async def _send_to_one(self, frame: str) -> bool:
        while self._connections:
            self._turn += 1
            ws = self._connections[self._turn % len(self._connections)]
            if not ws.closed:
                with contextlib.suppress(ConnectionError):
                    await ws.send_str(frame)
                    return True
            if ws in self._connections:
                self._connections.remove(ws)
        return False

    def _hear(self, text: str) -> None:
        try:
            heard = json.loads(text)
            envelope_id = heard["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self._journal.write("from_bot", "ack", "unreadable", status=400, body={"text": text})
            return
        payload = heard.get("payload")
        payload = payload if isinstance(payload, dict) else {}
        answer = self._waiting.get(envelope_id)
        in_time = answer is not None and not answer.done()
        name, user, sent = self._names.pop(envelope_id, ("unknown", None, time.monotonic()))
        self._journal.write(
            "from_bot",
            "ack",
            name,
            user=user,
            status=200 if in_time else 408,
            ms=(time.monotonic() - sent) * 1000,
            body=payload,
        )
        if answer is not None and in_time:
            answer.set_result(payload)

    def _remember(self, envelope_id: str, envelope: Envelope) -> None:
        self._names[envelope_id] = (envelope.name, envelope.user, time.monotonic())
        if len(self._names) > 1000:
            del self._names[next(iter(self._names))]

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }


def _frame(envelope: Envelope, envelope_id: str) -> str:
    frame: Json = {
        "envelope_id": envelope_id,
        "payload": envelope.payload,
        "type": WIRE_TYPES[envelope.kind],
        "accepts_response_payload": envelope.kind != "event",
    }
    if envelope.kind == "event":
        frame |= {"retry_attempt": envelope.retry_num, "retry_reason": envelope.retry_reason}
    return json.dumps(frame)
