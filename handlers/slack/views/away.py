"""How an absence looks to whoever of the desk is away."""

from datetime import timedelta

from bot.domain.copy import Copy
from bot.domain.ledger_days import DayFault
from bot.domain.program import long_date
from bot.domain.roles import Officer
from bot.services.away import Absence, HandedOver
from handlers.slack.views.blocks import Block, Message, actions, button, message, words

_EXAMPLE = timedelta(days=14)


def away_message(absence: Absence, copy: Copy) -> Message:
    """Until when somebody is away, who gets requests meanwhile, and what waits for them."""
    if absence.until is None:
        how = copy.say("away.how", example=long_date(absence.today + _EXAMPLE))
        here = copy.say("away.here")
        return message(f"{here}\n{how}", [words(here), words(how)])
    lines = [copy.say("away.until", day=long_date(absence.until)), _who(absence.stand_in, copy)]
    buttons = [button(copy.say("away.back"), "away.back")]
    if absence.waiting:
        lines.append(_waiting(absence, copy))
    if absence.waiting and absence.stand_in:
        buttons.insert(0, _hand_over(copy))
    return message("\n".join(lines), [*map(words, lines), actions(*buttons)])


def back_message(copy: Copy) -> Message:
    """Somebody is back."""
    text = copy.say("away.is_back")
    return message(text, [words(text)])


def handed_over_message(moved: HandedOver | None, absence: Absence, copy: Copy) -> Message:
    """What went over, or why nothing did; the absence stands below it."""
    key = "handed_over_nobody"
    if moved is not None:
        key = "handed_over_one" if moved.number == 1 else "handed_over"
    values = {"name": named(moved.to, copy), "number": str(moved.number)} if moved else {}
    said, rest = copy.say(f"away.{key}", **values), away_message(absence, copy)
    return message(f"{said}\n{rest.text}", [words(said), *rest.blocks])


def not_read_message(fault: DayFault, absence: Absence, copy: Copy) -> Message:
    """Why what was typed is no day to be away until, and how to write one."""
    lines = [
        copy.say(f"away.{fault.key}", **fault.values),
        copy.say("away.how", example=long_date(absence.today + _EXAMPLE)),
        copy.say("away.still_until", day=long_date(absence.until))
        if absence.until
        else copy.say("away.still_here"),
    ]
    return message("\n".join(lines), [*map(words, lines)])


def named(officer: Officer, copy: Copy) -> str:
    """Somebody of the desk by name, else by role."""
    return officer.name or copy.say(f"away.the_{officer.role}")


def _who(stand_in: Officer | None, copy: Copy) -> str:
    if stand_in is None:
        return copy.say("away.nobody")
    return copy.say("away.stand_in", name=named(stand_in, copy))


def _waiting(absence: Absence, copy: Copy) -> str:
    key = "waiting" if absence.stand_in else "waiting_alone"
    if absence.waiting == 1:
        key = "waiting_one" if absence.stand_in else "waiting_alone_one"
    return copy.say(f"away.{key}", number=str(absence.waiting))


def _hand_over(copy: Copy) -> Block:
    return button(copy.say("away.hand_over"), "away.hand_over")
