"""How reminders look: the settings, each reminder, and what became of it."""

from datetime import timedelta

from bot.domain.copy import Copy
from bot.domain.dates import MemberDate
from bot.domain.program import listed, long_date
from bot.domain.recertification_pace import Keeping
from bot.domain.reminders import WEEK, Coming, Overview, clock
from bot.domain.sharing import NEAR_DAYS
from bot.services.reminders_telling import Answered, Missing, Telling
from handlers.slack.views.blocks import Block, Message, actions, button, header, message, words
from handlers.slack.views.recertification import pace_texts


def overview_message(overview: Overview, copy: Copy) -> Message:
    """The settings as a message, with the button that changes them."""
    title = copy.say("reminder.title")
    shares = sharing_text(overview.shares, copy)
    text = "\n\n".join([title, *_settings_texts(overview, copy), *shares])
    blocks = [header(title), *settings_blocks(overview, copy)]
    if overview.shares is not None:
        blocks += [*map(words, shares), actions(sharing_button(copy, on=not overview.shares))]
    return message(text, blocks)


def sharing_text(shares: bool | None, copy: Copy) -> list[str]:
    """What the chair may see of a near deadline; empty for whoever has none."""
    if shares is None:
        return []
    return [copy.say("sharing.is_on" if shares else "sharing.is_off", days=str(NEAR_DAYS))]


def sharing_button(copy: Copy, *, on: bool) -> Block:
    """Agree, or take it back."""
    if on:
        return button(copy.say("sharing.turn_on"), "sharing.on")
    return button(copy.say("sharing.turn_off"), "sharing.off")


def settings_blocks(overview: Overview, copy: Copy) -> list[Block]:
    """Whether reminders are on, which come next, and the button that turns them on or off."""
    texts = [words(text) for text in _settings_texts(overview, copy)]
    return [*texts, actions(_turn_button(copy, on=not overview.wanted))]


def reminder_message(telling: Telling, copy: Copy) -> Message:
    """One reminder: the date, how long it is till then, what is missing, and what to do."""
    said = _date_line(telling.date, copy)
    texts = [f"{said} {_left(telling.left, copy)}", *_notes(telling, copy)]
    return message("\n".join(texts), [*map(words, texts), _buttons(telling, copy)])


def answered_message(answered: Answered, copy: Copy) -> Message:
    """What was chosen, in place of the reminder."""
    again = answered.again
    day = again.day - timedelta(days=again.days_before) if again else None
    chosen = copy.say(f"reminder.answered_{answered.outcome}", date=long_date(day) if day else None)
    texts = [_date_line(answered.date, copy), chosen] if answered.date else [chosen]
    is_off = answered.outcome in ("stopped", "off")
    row = [actions(_turn_button(copy, on=True))] if is_off else []
    return message("\n".join(texts), [*map(words, texts), *row])


def _settings_texts(overview: Overview, copy: Copy) -> list[str]:
    settings = overview.settings
    has_quiet = settings.quiet_from != settings.quiet_to
    values = {
        "days": listed([str(days) for days in settings.days_before]),
        "quiet_from": clock(settings.quiet_from) if has_quiet else None,
        "quiet_to": clock(settings.quiet_to) if has_quiet else None,
    }
    if not overview.wanted:
        return [copy.say("reminder.are_off", **values)]
    zone = "reminder.zone_own" if overview.own_zone else "reminder.zone_chapter"
    told = copy.say("reminder.are_on", **values)
    return [
        f"{told} {copy.say(zone, zone=overview.zone.replace('_', ' '))}",
        _coming_text(overview.coming, copy),
    ]


def _coming_text(coming: tuple[Coming, ...], copy: Copy) -> str:
    if not coming:
        return copy.say("reminder.none_to_come")
    lines = [
        copy.say(
            "reminder.to_come_line",
            on=long_date(one.date.day - timedelta(days=one.reminder.days_before)),
            date=_date_line(one.date, copy),
        )
        for one in coming
    ]
    return "\n".join([copy.say("reminder.to_come"), *lines])


def _turn_button(copy: Copy, *, on: bool) -> Block:
    if on:
        return button(copy.say("reminder.turn_on"), "reminders.on")
    return button(copy.say("reminder.turn_off"), "reminders.off")


def _date_line(date: MemberDate, copy: Copy) -> str:
    return copy.say(f"reminder.date_{date.kind}", season=date.name, date=long_date(date.day))


def _left(days: int, copy: Copy) -> str:
    if days > 1:
        return copy.say("reminder.left_days", days=str(days))
    return copy.say("reminder.left_tomorrow" if days else "reminder.left_today")


def _notes(telling: Telling, copy: Copy) -> list[str]:
    match telling.date.kind:
        case "apply_by" | "plan":
            return [_missing_text(telling.missing, copy)]
        case "test_from" | "test_to":
            return [copy.say("reminder.exam")]
        case "anniversary":
            return [*_pace_texts(telling.keeping, copy), copy.say("recertification.hard_stop")]
        case _:
            return []


def _pace_texts(keeping: Keeping | None, copy: Copy) -> list[str]:
    # The first paragraph says how the hours stand; the rest is what Where I stand shows.
    return pace_texts(keeping, copy)[:1] if keeping else []


def _missing_text(missing: Missing | None, copy: Copy) -> str:
    if missing is None:
        return copy.say("reminder.nothing_told")
    if missing.hours:
        return copy.say("reminder.missing", hours=listed(missing.hours))
    if missing.overall is None:
        return copy.say("reminder.hours_complete")
    return copy.say(f"eligibility.overall_{missing.overall}")


def _buttons(telling: Telling, copy: Copy) -> Block:
    number = str(telling.reminder.id)
    done = button(
        copy.say("reminder.done"), "reminders.done", number, label=copy.say("reminder.done_label")
    )
    row = [_next_step(telling, copy), done]
    if telling.left:
        later = "reminder.snooze_week" if telling.left >= WEEK else "reminder.snooze_day"
        row.append(button(copy.say(later), "reminders.snooze", number))
    return actions(*row, button(copy.say("reminder.stop"), "reminders.stop", number))


def _next_step(telling: Telling, copy: Copy) -> Block:
    pace = telling.keeping.pace if telling.keeping else None
    if telling.date.kind in ("apply_by", "plan") and telling.missing is None:
        return button(copy.say("status.next_check"), "eligibility.open", style="primary")
    if pace is not None and pace.missing:
        return button(copy.say("recertification.add"), "ledger.add", style="primary")
    return button(copy.say("reminder.stand"), "standing.show", style="primary")
