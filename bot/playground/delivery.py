"""The way to the bot: Socket Mode or HTTP, whichever is switched on."""

from bot.playground.clock import Clock
from bot.playground.http_mode import HttpMode
from bot.playground.journal import Journal
from bot.playground.shapes import Ack, Envelope, Json
from bot.playground.socket_mode import SocketMode


class Delivery:
    """Sends envelopes by the mode that is on and logs each of them."""

    def __init__(
        self, clock: Clock, journal: Journal, signing_secret: str, ack_timeout_s: float
    ) -> None:
        self._journal = journal
        self._signing_secret = signing_secret
        self._ack_timeout_s = ack_timeout_s
        self._left_behind: list[HttpMode] = []
        self.socket = SocketMode(clock, journal, ack_timeout_s)
        self.http: HttpMode | None = None

    @property
    def mode(self) -> str:
        """Either "socket" or "http"."""
        return "http" if self.http else "socket"

    def use_http(self, request_url: str) -> HttpMode:
        """Deliver to this URL from now on; it is challenged before the first delivery."""
        self.use_socket()
        self.http = HttpMode(self._journal, self._signing_secret, request_url, self._ack_timeout_s)
        return self.http

    def use_socket(self) -> None:
        """Deliver over Socket Mode from now on."""
        if self.http is not None:
            self._left_behind.append(self.http)
        self.http = None

    async def send(self, envelope: Envelope) -> Ack:
        """Log and send one envelope; a missing ack is logged as well."""
        self._journal.write(
            "to_bot", envelope.kind, envelope.name, user=envelope.user, body=_logged(envelope)
        )
        if self.http is not None:
            return await self.http.send(envelope)
        ack = await self.socket.send(envelope)
        if not ack.ok:
            body = {"reason": ack.reason}
            self._journal.write("from_bot", "ack", envelope.name, user=envelope.user, body=body)
        return ack

    async def close(self) -> None:
        """Close connections and sessions."""
        await self.socket.close()
        for http in [*self._left_behind, self.http]:
            if http is not None:
                await http.close()


def _logged(envelope: Envelope) -> Json:
    if not envelope.retry_num:
        return envelope.payload
    retry = {"retry_num": envelope.retry_num, "retry_reason": envelope.retry_reason}
    return {**envelope.payload, **retry}
