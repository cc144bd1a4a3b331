"""How the clock of a request looks: when an answer may be expected, and what is said when none
comes."""

from dataclasses import replace

from bot.domain.copy import Copy
from bot.domain.program import long_date
from bot.services.handoff_clock import Promise, Sounding
from handlers.slack.views.away import named
from handlers.slack.views.blocks import Message, marked
from handlers.slack.views.handoff import told


def with_promise(copy: Copy, promise: Promise) -> Copy:
    """The same sentences with `{promise}` filled in: one or two of their own, or nothing."""
    said = _promised(promise, copy)
    return replace(copy, values={**copy.values, "promise": said or None})


def alarm_message(sounding: Sounding, copy: Copy) -> Message:
    """What whoever has the request, who gets it too, or the member is told."""
    heir = named(sounding.heir, copy) if sounding.heir else None
    text = told(
        copy,
        f"promise.alarm_{sounding.what}",
        when=sounding.since,
        number=str(sounding.ticket.number),
        heir=heir,
    )
    return Message(text, (marked(text),), aloud=True)


def _promised(promise: Promise, copy: Copy) -> str:
    away = promise.away
    if away is None or away.away_until is None:
        return _expected(promise, copy)
    day, name = long_date(away.away_until), named(away, copy)
    if promise.stand_in is None:
        return copy.say("promise.nobody_here", name=name, day=day)
    stand_in = copy.say("promise.away", name=name, day=day, stand_in=named(promise.stand_in, copy))
    return f"{_expected(promise, copy)} {stand_in}".strip()


def _expected(promise: Promise, copy: Copy) -> str:
    if promise.days is not None:
        key = "promise.day" if promise.days == 1 else "promise.days"
        return copy.say("promise.usual", days=copy.say(key, number=str(promise.days)))
    return copy.say("promise.made")
