"""HTTP mode: signed requests to the bot's address, and what it answers in the body."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.journal import Journal
from bot.playground.shapes import Ack, Envelope, Json


class HttpMode:
    """Posts envelopes to one request URL, after the URL has answered Slack's challenge."""

    def __init__(
        self, journal: Journal, signing_secret: str, request_url: str, ack_timeout_s: float
    ) -> None:
        self.request_url = request_url
        self._journal = journal
        self._secret = signing_secret
        self._session: ClientSession | None = None
        self._timeout = ClientTimeout(total=ack_timeout_s)
        self._verified = False

    async def verify(self) -> bool:
        """Ask the URL to repeat a challenge; True once it has done so."""
        if self._verified:
            return True
        challenge = secrets.token_hex(16)
        body = {"token": "verification", "challenge": challenge, "type": "url_verification"}
        self._journal.write("to_bot", "connect", "url_verification", body=body)
        ack, text = await self._post(json.dumps(body), "application/json", {})
        repeated = ack.payload.get("challenge") == challenge or text.strip() == challenge
        self._verified = ack.ok and repeated
        status = 200 if self._verified else 400
        self._journal.write("from_bot", "connect", "url_verification", status=status)
        return self._verified

    async def send(self, envelope: Envelope) -> Ack:
        """Post one envelope and read the answer as its ack."""
        if not await self.verify():
            return self._heard(envelope, Ack(False, reason="connection_failed"), "", 0)
        headers: dict[str, str] = {}
        if envelope.retry_num:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_num)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        body, content_type = _body(envelope)
        began = time.monotonic()
        ack, text = await self._post(body, content_type, headers)
        return self._heard(envelope, ack, text, (time.monotonic() - began) * 1000)

    async def close(self) -> None:
        """Close the client session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _heard(self, envelope: Envelope, ack: Ack, text: str, ms: float) -> Ack:
        self._journal.write(
            "from_bot",
            "ack",
            envelope.name,
            user=envelope.user,
            status=200 if ack.ok else None,
            ms=ms,
            body=ack.payload if ack.ok else {"reason": ack.reason, "text": text},
        )
        return ack

    async def _post(self, body: str, content_type: str, headers: dict[str, str]) -> tuple[Ack, str]:
        if self._session is None:
            self._session = ClientSession(timeout=self._timeout)
        headers = {**headers, **self._signed(body), "Content-Type": content_type}
        try:
            async with self._session.post(
                self.request_url, data=body.encode(), headers=headers, allow_redirects=False
            ) as answer:
                text = await answer.text()
                may_retry = answer.headers.get("X-Slack-No-Retry") != "1"
                if not 200 <= answer.status < 300:
                    return Ack(False, reason="http_error", may_retry=may_retry), text
                return Ack(True, _payload(text, answer.content_type)), text
        except TimeoutError:
            return Ack(False, reason="http_timeout"), ""
        except (ClientError, OSError, asyncio.IncompleteReadError):
            return Ack(False, reason="connection_failed"), ""

    def _signed(self, body: str) -> dict[str, str]:
        # Real time, not the playground's clock: the bot refuses what is five minutes old.
        stamp = str(int(time.time()))
        base = f"v0:{stamp}:{body}".encode()
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _body(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "event":
        return json.dumps(envelope.payload), "application/json"
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "command":
        return urlencode({k: v for k, v in envelope.payload.items() if v is not None}), form
    return urlencode({"payload": json.dumps(envelope.payload)}), form


def _payload(text: str, content_type: str) -> Json:
    if content_type == "application/json":
        try:
            parsed = json.loads(text)
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}
    return {"text": text} if text.strip() else {}
