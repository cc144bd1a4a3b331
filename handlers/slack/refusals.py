"""What Slack says when it refuses a call, also where the answer is not what its API promises."""

from collections.abc import Mapping

from slack_sdk.errors import SlackApiError


def reason_of(error: SlackApiError) -> str:
    """Slack's name of the refusal; `http 502` where a proxy answered something that is no JSON."""
    data = getattr(error.response, "data", error.response)
    named = data.get("error") if isinstance(data, Mapping) else None
    return str(named) if named else f"http {status_of(error)}"


def status_of(error: SlackApiError) -> int:
    """The HTTP status; 0 when there is none."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return int(status or 0)


def retry_after_of(error: SlackApiError) -> float:
    """Seconds that Slack asks to wait; 1 when it does not say."""
    headers = getattr(error.response, "headers", None) or {}
    for name, value in headers.items():
        if str(name).lower() == "retry-after":
            first = value[0] if isinstance(value, list) else value
            return float(first) if str(first).isdecimal() else 1.0
    return 1.0
