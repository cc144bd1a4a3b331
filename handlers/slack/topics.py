"""The words that open a feature: after /clm, and typed alone in the direct conversation.

`COMMANDS` are private and have a trigger, so they may open a window. `TYPED` have none: Slack
refuses slash commands in threads, and on a phone the word is quicker. The features take `Asked`
and `Typed` from handlers/slack/asked.py, as this table imports them.
"""

from collections.abc import Awaitable, Callable, Mapping

from handlers.slack import (
    chair,
    dates,
    ledger,
    ledger_export,
    plan,
    privacy,
    recertification,
    reminders,
    seasons,
    sessions_windows,
)
from handlers.slack.asked import Asked, Typed

__all__ = ["COMMANDS", "TYPED", "Asked", "Typed"]

COMMANDS: Mapping[str, Callable[[Asked], Awaitable[None]]] = {
    "chair": chair.on_command,
    "dates": dates.on_command,
    "season": seasons.on_command,
    "privacy": privacy.on_command,
    "recert": recertification.on_command,
    "calendar": dates.on_command,
    "reminder": reminders.on_command,
    "reminders": reminders.on_command,
    "plan": plan.on_command,
    "what if": plan.on_command,
    "what-if": plan.on_command,
    "hours": ledger.on_command,
    "log": ledger.on_command,
    "export": ledger_export.on_command,
    "session": sessions_windows.announce,
}

TYPED: Mapping[str, Callable[[Typed], Awaitable[None]]] = {
    "chair": chair.on_typed,
    "dates": dates.on_typed,
    "season": seasons.on_typed,
    "privacy": privacy.on_typed,
    "recert": recertification.on_typed,
    "recertification": recertification.on_typed,
    "calendar": dates.on_typed,
    "reminder": reminders.on_typed,
    "reminders": reminders.on_typed,
    "plan": plan.on_typed,
    "what if": plan.on_typed,
    "what-if": plan.on_typed,
    "hours": ledger.on_typed,
    "log": ledger.on_typed,
    "export": ledger_export.on_typed,
    "session": sessions_windows.announce_typed,
}

COMMANDS_LED: Mapping[str, Callable[[Asked], Awaitable[None]]] = {
    "log": ledger.on_log,
    "chair": chair.on_command,
}
"""Words that what is meant comes after: `/clm log 2 h of writing`, `/clm chair announce`."""

TYPED_LED: Mapping[str, Callable[[Typed], Awaitable[bool]]] = {
    "log": ledger.heard,
    "chair": chair.heard,
}
"""The same in the direct conversation; False where it was no such thing but a question."""
