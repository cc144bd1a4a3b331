"""Control routes that bend the world: faults, time, redelivery, delivery mode, uninstall, reset."""

from bot.playground.control_routes import Request
from bot.playground.faults import KINDS, Trouble
from bot.playground.shapes import ControlError, Json


async def fault(request: Request) -> Json:
    """Order trouble: kind, method?, channel?, count?, retry_after?.

    `disconnect` without a method happens at once: with Slack's notice (`reason`, by default
    refresh_requested), or without a word when `reason` is "none". All others wait for the calls
    they are meant for.
    """
    kind = request.need("kind")
    if kind not in KINDS:
        raise ControlError("invalid_field", f"kind must be one of {', '.join(KINDS)}")
    trouble = Trouble(
        kind,
        method=request.get("method"),
        channel=_channel(request),
        count=_positive(request, "count"),
        retry_after=_positive(request, "retry_after"),
        error=request.text("error") or "fatal_error",
    )
    if kind == "disconnect" and trouble.method is None:
        await _disconnect(request)
    else:
        request.slack.troubles.ordered.append(trouble)
    return {}


async def redeliver(request: Request) -> Json:
    """Send an event once more: event_id."""
    request.needs_app()
    if not request.slack.events.redeliver(request.need("event_id")):
        raise ControlError("event_not_found", "no such event was sent", 404)
    return {}


async def clock(request: Request) -> Json:
    """Move the playground's clock forward: advance_s."""
    try:
        request.slack.clock.advance(request.number("advance_s", -1))
    except ValueError as problem:
        raise ControlError("invalid_field", "advance_s must be 0 or more") from problem
    return {"now": request.slack.clock.now()}


async def reset(request: Request) -> Json:
    """Go back to the start: no messages, views or faults, everybody where the file has them."""
    request.slack.reset()
    return {}


async def uninstall(request: Request) -> Json:
    """Remove the app from the workspace."""
    request.needs_app()
    request.slack.uninstall()
    return {}


async def rates(request: Request) -> Json:
    """Switch the rate limits on or off: enabled."""
    enabled = request.get("enabled")
    if not isinstance(enabled, bool):
        raise ControlError("invalid_field", "enabled must be true or false")
    request.slack.rates.enabled = enabled
    return {"enabled": enabled}


async def delivery(request: Request) -> Json:
    """Switch between Socket Mode and HTTP: mode, request_url? (which must answer the challenge)."""
    slack = request.slack
    mode = request.need("mode")
    if mode == "socket":
        slack.delivery.use_socket()
        return {"mode": mode}
    if mode != "http":
        raise ControlError("invalid_field", "mode must be socket or http")
    http = slack.delivery.use_http(request.need("request_url"))
    if not await http.verify():
        slack.delivery.use_socket()
        raise ControlError("url_verification_failed", "the URL did not repeat the challenge", 400)
    await slack.delivery.socket.refresh("link_disabled")
    return {"mode": mode}


async def _disconnect(request: Request) -> None:
    reason = request.text("reason") or "refresh_requested"
    socket = request.slack.delivery.socket
    if reason == "none":
        socket.drop()
    else:
        await socket.refresh(reason)


def _channel(request: Request) -> str | None:
    named = request.get("channel")
    if named is None:
        return None
    if named == "dm":
        return request.channel(request.person()).id
    return str(named)


def _positive(request: Request, name: str) -> int:
    number = int(request.number(name, 1))
    if number < 1:
        raise ControlError("invalid_field", f"{name} must be 1 or more")
    return number
