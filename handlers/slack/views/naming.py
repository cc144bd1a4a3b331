"""Sentences that name people: by the name that was kept with their role, else as a mention."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.identity import MemberRef
from bot.domain.roles import Roster
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import escaped

_FIRST_MARK, _WHEN = 0xFDD0, "\ufdef"

Named = tuple[MemberRef | None, str | None]
"""Somebody and their name; without either the sentence falls back to its own words."""


def person(roster: Roster, member: MemberRef | None) -> Named:
    """Somebody by the name that their role has."""
    found = roster.of(member) if member else None
    return member, found.name if found else None


def naming(
    copy: Copy,
    key: str,
    people: Mapping[str, Named],
    when: datetime | None = None,
    **values: str | None,
) -> str:
    """A sentence of ours in mrkdwn with people in it, and a day as the reader's own zone has it;
    all else in it is shown literally."""
    marks = {name: chr(_FIRST_MARK + at) for at, name in enumerate(people)}
    shown = {name: _shown(*who) for name, who in people.items()}
    given = {name: mark if shown[name] else None for name, mark in marks.items()}
    text = escaped(copy.say(key, when=_WHEN if when else None, **values, **given))
    text = text.replace(_WHEN, _day(when) if when else "")
    for name, mark in marks.items():
        text = text.replace(mark, shown[name])
    return text


def _shown(member: MemberRef | None, name: str | None) -> str:
    if name:
        return escaped(name)
    return f"<@{user_id_of(member)}>" if member else ""


def _day(when: datetime) -> str:
    return f"<!date^{int(when.timestamp())}^{{date_long}}|{when:%Y-%m-%d}>"
