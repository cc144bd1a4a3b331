"""How dates look: in `/clm dates`, in the Home tab, and in what comes for the calendar."""

import re
from itertools import groupby

from bot.domain.calendars import CalendarEvent
from bot.domain.copy import Copy
from bot.domain.dates import MemberDate, name_of
from bot.domain.program import long_date
from bot.services.calendars import DatesShown, Told
from handlers.slack.views.blocks import (
    Attachment,
    Block,
    Message,
    actions,
    button,
    header,
    message,
    quiet,
    words,
)
from handlers.slack.views.seasons import season_days, source_line

AT_HOME = 3
"""How many dates the Home tab names; the rest is one press away."""

SHOWN = 12
"""How many dates a message names beside the member's own; Slack refuses a message of very many."""


def dates_message(shown: DatesShown, copy: Copy, *, note: str = "") -> Message:
    """The coming dates, each with its source and with the file for a calendar."""
    title = copy.say("dates.title")
    blocks, texts = [header(title)], [title]
    if note:
        blocks.append(words(note))
        texts.append(note)
    named = [one for at, one in enumerate(shown.coming) if at < SHOWN or one.is_own]
    for source, dates in groupby(named, lambda one: _source(one, copy)):
        found = tuple(dates)
        blocks += [*(_date_block(one, shown, copy) for one in found), quiet(source)]
        texts.append("\n".join([*(_line(one, shown, copy) for one in found), source]))
    if more := len(shown.coming) - len(named):
        later = copy.say("dates.later", count=str(more))
        blocks.append(quiet(later))
        texts.append(later)
    if not shown.is_season_coming:
        nothing = nothing_known(shown, copy)
        blocks.append(words(nothing))
        texts.append(nothing)
    return message("\n\n".join(texts), blocks)


def dates_blocks(shown: DatesShown, copy: Copy, *, applies: bool = True) -> list[Block]:
    """The next dates for the Home tab, with the way to the others.

    To whoever no longer `applies` it is nothing that no season is known.
    """
    blocks = [_date_block(one, shown, copy) for one in shown.coming[:AT_HOME]]
    if applies and not shown.is_season_coming:
        blocks.append(words(nothing_known(shown, copy)))
    return [*blocks, actions(button(copy.say("dates.all"), "dates.show"))]


def nothing_known(shown: DatesShown, copy: Copy) -> str:
    """That no season is known to come, and as of when that is; never a day worked out."""
    nothing = copy.say("dates.none")
    if shown.newest is None:
        return nothing
    checked = long_date(shown.newest.checked) if shown.newest.checked else None
    newest = copy.say("dates.newest", checked=checked, days=season_days(shown.newest, copy))
    return f"{nothing} {newest}"


def calendar_message(told: Told, content: bytes, copy: Copy) -> Message:
    """A date for the calendar, as a file, and why it comes."""
    event = told.event
    name = name_of(event.given.kind, event.given.season, copy)
    day = long_date(event.shown_day)
    key = "asked" if told.why == "asked" else event.change
    before = long_date(event.before) if event.before else None
    text = copy.say(f"calendar.{key}", name=name, day=day, before=before)
    if told.source and event.day:
        text = f"{text}\n{source_line(told.source, copy)}"
    file = Attachment(
        name=_file_name(event, copy),
        content=content,
        title=copy.say("calendar.file_title", name=name, day=day),
        alt_text=copy.say("calendar.file_alt", name=name, day=day),
    )
    made = message(text, [words(text)])
    return Message(made.text, made.blocks, files=(file,))


def sent_message(copy: Copy) -> Message:
    """That the file is on its way."""
    text = copy.say("calendar.sent")
    return message(text, [words(text)])


def _date_block(found: MemberDate, shown: DatesShown, copy: Copy) -> Block:
    name, day = name_of(found.kind, found.name, copy), long_date(found.day)
    key = "again" if found.subject in shown.calendar else "add"
    label = copy.say(f"dates.{key}_label", name=name, day=day)
    return {
        **words(_line(found, shown, copy)),
        "accessory": button(copy.say(f"dates.{key}"), "calendar.add", found.subject, label=label),
    }


def _line(found: MemberDate, shown: DatesShown, copy: Copy) -> str:
    line = copy.say(
        "dates.line", day=long_date(found.day), name=name_of(found.kind, found.name, copy)
    )
    is_there = found.subject in shown.calendar
    return f"{line}. {copy.say('dates.in_calendar')}" if is_there else line


def _source(found: MemberDate, copy: Copy) -> str:
    return source_line(found.season, copy) if found.season else copy.say("dates.own")


def _file_name(event: CalendarEvent, copy: Copy) -> str:
    name = copy.say("calendar.file_name", name=name_of(event.given.kind, event.given.season, copy))
    return f"{re.sub(r'[^a-z0-9]+', '-', name.casefold()).strip('-')}.ics"
