"""Ids that a chat platform gives, as a chapter copies them into its settings."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator


def _member_id(text: str) -> str:
    if not re.fullmatch(r"[UW][A-Z0-9]+", text):
        raise ValueError(
            f"'{text}' is not a member id. It begins with U or W, such as U02ABCDEF; in Slack open "
            "the person's profile, three dots, Copy member ID."
        )
    return text


def _channel_id(text: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]+", text):
        raise ValueError(
            f"'{text}' is not a channel id. It begins with C or G, such as C02ABCDEF; in Slack "
            "press the channel's name, About, Copy channel ID."
        )
    return text


def blank_is_none(given: Any) -> Any:
    """A value of nothing but spaces counts as none."""
    return None if isinstance(given, str) and not given.strip() else given


MaybeId = Annotated[
    Annotated[str, AfterValidator(_member_id)] | None, BeforeValidator(blank_is_none)
]
MaybeChannel = Annotated[
    Annotated[str, AfterValidator(_channel_id)] | None, BeforeValidator(blank_is_none)
]
