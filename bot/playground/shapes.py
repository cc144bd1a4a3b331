"""The words that the parts of the playground share: JSON objects, refusals, ids, acks."""

import secrets
import string
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_ALPHABET = string.ascii_uppercase + string.digits


def fresh_id(prefix: str) -> str:
    """Make an id as Slack's look (a prefix and ten signs).

    Random rather than counted: a bot that outlives a restart of the playground must never meet
    an event id a second time.
    """
    return prefix + "0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))


class SlackError(Exception):
    """A Web API refusal: `error` is Slack's own name for it, `extra` goes into the answer."""

    def __init__(self, error: str, detail: str = "", **extra: Any) -> None:
        super().__init__(f"{error}: {detail}" if detail else error)
        self.error = error
        self.detail = detail
        self.extra = extra

    def body(self) -> Json:
        """Return the answer's JSON, with the detail where Slack puts it."""
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.detail and "response_metadata" not in answer:
            answer["response_metadata"] = {"messages": [f"[ERROR] {self.detail}"]}
        return answer


class ControlError(Exception):
    """A refusal of a control route: what a person at the screen could not have done."""

    def __init__(self, error: str, detail: str, status: int = 400, **extra: Any) -> None:
        super().__init__(f"{error}: {detail}")
        self.error = error
        self.detail = detail
        self.status = status
        self.extra = extra

    def body(self) -> Json:
        """Return the answer's JSON."""
        return {"ok": False, "error": self.error, "detail": self.detail, **self.extra}


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing on its way to the bot. `kind` is event, command or interactive."""

    kind: str
    name: str
    user: str | None
    payload: Json
    retry_num: int = 0
    retry_reason: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """What the bot answered to an envelope; `reason` is why it counts as not acked, else empty."""

    ok: bool
    payload: Json = field(default_factory=dict)
    reason: str = ""
    may_retry: bool = True
