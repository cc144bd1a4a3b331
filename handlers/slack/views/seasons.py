"""How a season looks while the committee enters it, and once they have."""

from collections.abc import Mapping
from datetime import date

from bot.domain.copy import Copy
from bot.domain.program import Season, long_date
from bot.domain.seasons import DAYS, LONGEST_SOURCE
from bot.services.seasons import SeasonChange, SeasonForm, SeasonPreview
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    modal,
    plain,
    quiet,
    text_input,
    words,
)

WHICH = "season"
SOURCE = "source"


def season_days(season: Season, copy: Copy) -> str:
    """The name of a season and its days, those that are not known named as such."""
    return copy.say(
        "season.days",
        name=season.name,
        apply_by=_day(season.apply_by),
        exam=exam_days(season, copy),
    )


def exam_days(season: Season, copy: Copy) -> str:
    """The days of the exam, as far as they are known."""
    first, last = _day(season.test_from), _day(season.test_to)
    if first and last:
        if first == last:
            return copy.say("season.exam_day", test_from=first)
        return copy.say("season.exam", test_from=first, test_to=last)
    if first:
        return copy.say("season.exam_from", test_from=first)
    return copy.say("season.exam_to", test_to=last) if last else copy.say("season.exam_unknown")


def source_line(season: Season, copy: Copy) -> str:
    """Where a season stands and how old that is; the committee's word where they entered it."""
    if season.entered:
        edition = copy.say("season.entered_on", date=_day(season.checked))
        named = copy.say("ask.one_source", title=season.source, edition=edition)
    elif season.cited:
        named = copy.say(
            "dates.source_named",
            title=season.cited.title,
            edition=season.cited.edition,
            as_of=season.as_of or None,
            checked=_day(season.checked),
        )
    else:
        named = season.source
    return copy.say("dates.source", source=named)


def offer_message(copy: Copy, *, is_desk: bool) -> Message:
    """What the word brings where no window can open."""
    if not is_desk:
        return only_desk_message(copy)
    text = copy.say("season.offer")
    row = actions(button(copy.say("season.open"), "season.open", style="primary"))
    return message(text, [words(text), row])


def only_desk_message(copy: Copy) -> Message:
    """Whose it is to enter seasons."""
    text = copy.say("season.only_desk")
    return message(text, [words(text)])


def season_modal(form: SeasonForm, copy: Copy, filled: Mapping[str, str]) -> Block:
    """The window for one season: what is known of it is filled in, else what was typed before.

    The fields carry the name of the season, so that choosing another one really shows that one.
    """
    known = form.known
    values = _known_values(known) if known else dict(filled)
    if filled.get(SOURCE) and not (known and known.entered):
        values[SOURCE] = filled[SOURCE]
    said = copy.say("season.known", days=season_days(known, copy)) if known else ""
    blocks = [
        _which(form, copy),
        quiet(said or copy.say("season.not_known"), source_line(known, copy) if known else ""),
        *(_picker(field, form.name, values.get(field, ""), copy) for field in DAYS),
        text_input(
            field_id(SOURCE, form.name),
            copy.say("season.source"),
            hint=copy.say("season.source_hint"),
            initial=values.get(SOURCE, ""),
            longest=LONGEST_SOURCE,
        ),
    ]
    if known and known.entered:
        blocks.append(actions(_withdraw_button(form.name, copy)))
    return modal(
        "season.enter",
        copy.say("season.title"),
        blocks,
        submit=copy.say("season.preview"),
        close=copy.say("season.cancel"),
    )


def preview_modal(found: SeasonPreview, copy: Copy, *, note: str = "") -> Block:
    """What would be said from now on, before anything is kept."""
    season = found.season
    lines = [copy.say("season.preview_intro"), season_days(season, copy)]
    small = [source_line(season, copy)]
    if found.before:
        days = season_days(found.before, copy)
        small += [copy.say("season.preview_before", days=days), source_line(found.before, copy)]
    if found.members:
        small.append(copy.say("season.preview_told", members=str(found.members)))
    if found.changed_meanwhile:
        note = copy.say("season.changed_meanwhile")
    blocks = [*map(words, lines), quiet(*small), *([words(note)] if note else [])]
    return modal(
        "season.save",
        copy.say("season.preview_title"),
        blocks,
        submit=copy.say("season.save"),
        close=copy.say("season.back"),
        metadata={**_known_values(season), "name": season.name, "version": found.version},
    )


def saved_modal(season: Season, copy: Copy) -> Block:
    """It is kept; closing leaves the whole stack of windows."""
    text = copy.say("season.saved", days=season_days(season, copy))
    return _last_modal(copy.say("season.saved_title"), text, copy)


def withdrawn_modal(name: str, copy: Copy, *, was_there: bool) -> Block:
    """It is taken out."""
    text = copy.say("season.gone" if was_there else "season.gone_already", name=name)
    return _last_modal(copy.say("season.gone_title"), text, copy)


def change_message(change: SeasonChange, by: str, copy: Copy) -> Message:
    """What the committee is told of a change."""
    before = season_days(change.before, copy) if change.before else ""
    after = season_days(change.after, copy) if change.after else ""
    if change.before and change.after:
        text = copy.say("season.told_changed", by=by, before=before, days=after)
    elif change.after:
        text = copy.say("season.told_entered", by=by, days=after)
    else:
        text = copy.say("season.told_withdrawn", by=by, days=before)
    season = change.after or change.before
    source = source_line(season, copy) if season else ""
    return message(f"{text}\n{source}", [words(text), quiet(source)])


def field_id(field: str, name: str) -> str:
    """The block id of a field of a season."""
    return f"{field}:{name}"


def _last_modal(title: str, text: str, copy: Copy) -> Block:
    view = modal("season.done", title, [words(text)], close=copy.say("season.close"))
    return {**view, "clear_on_close": True}


def _which(form: SeasonForm, copy: Copy) -> Block:
    options = [{"text": plain(name, 75), "value": name} for name in form.names]
    chosen = next(option for option in options if option["value"] == form.name)
    return {
        "type": "input",
        "block_id": WHICH,
        "dispatch_action": True,
        "label": plain(copy.say("season.which"), 2000),
        "element": {
            "type": "static_select",
            "action_id": "season.choose",
            "options": options,
            "initial_option": chosen,
        },
    }


def _picker(field: str, name: str, initial: str, copy: Copy) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    if initial:
        element["initial_date"] = initial
    made: Block = {
        "type": "input",
        "block_id": field_id(field, name),
        "label": plain(copy.say(f"season.{field}"), 2000),
        "element": element,
        "optional": True,
    }
    if field == DAYS[0]:
        made["hint"] = plain(copy.say("season.days_hint"), 2000)
    return made


def _withdraw_button(name: str, copy: Copy) -> Block:
    made = button(copy.say("season.withdraw"), "season.withdraw", name, style="danger")
    made["confirm"] = {
        "title": plain(copy.say("season.withdraw_title"), 100),
        "text": plain(copy.say("season.withdraw_text"), 300),
        "confirm": plain(copy.say("season.withdraw_yes"), 30),
        "deny": plain(copy.say("season.withdraw_no"), 30),
    }
    return made


def _known_values(season: Season) -> dict[str, str]:
    days = {"apply_by": season.apply_by, "test_from": season.test_from, "test_to": season.test_to}
    found = {field: day.isoformat() for field, day in days.items() if day}
    return {**found, SOURCE: season.source} if season.entered else found


def _day(day: date | None) -> str | None:
    return long_date(day) if day else None
