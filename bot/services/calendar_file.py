"""An event of a member's calendar as an iCalendar file (RFC 5545)."""

from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from bot.domain.calendars import CalendarEvent
from bot.domain.copy import Copy
from bot.domain.dates import name_of
from bot.domain.identity import Workspace

PRODUCT = "-//CLM bot//Dates//EN"
VERSION = "2.0"


def calendar_file(
    event: CalendarEvent, copy: Copy, workspace: Workspace, member: str, now: datetime
) -> bytes:
    """The file; `now` is when it was made (aware UTC).

    An event of a whole day that takes no time; by RFC 5545 it ends on the day after. A withdrawn
    one is cancelled on the day it had.
    There is no alarm: whoever wants to be reminded says so to the bot.
    """
    given = event.given
    made = Event()
    made.add("uid", uid_of(workspace, member, given.subject))
    made.add("dtstamp", now)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.shown_day)
    made.add("dtend", event.shown_day + timedelta(days=1))
    made.add("summary", name_of(given.kind, given.season, copy))
    made.add("description", copy.say("calendar.description"))
    made.add("transp", "TRANSPARENT")
    made.add("status", "CONFIRMED" if event.day else "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", VERSION)
    calendar.add_component(made)
    return bytes(calendar.to_ical())


def uid_of(workspace: Workspace, member: str, subject: str) -> str:
    """What names an event for good, in whichever file it comes; it shows nobody's name."""
    digest = sha256("\n".join((workspace, member, subject)).encode()).hexdigest()
    return f"{digest[:32]}@clm-bot"
