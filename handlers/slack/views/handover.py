"""The chair passes on: the window, what each of the two reads, and the next chair's first page."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.digest import HOUR
from bot.domain.identity import MemberRef
from bot.domain.roles import Officer, Roster
from bot.domain.succession import ASKED_FOR, KEPT, Handover, Refused
from bot.services.introduction import Introduction
from bot.services.succession import Belongings
from handlers.slack.views.blocks import (
    SECTION_TEXT,
    Block,
    Message,
    actions,
    button,
    cut,
    escaped,
    header,
    marked,
    modal,
    plain,
    words,
)
from handlers.slack.views.chair import waiting_text
from handlers.slack.views.naming import Named, naming, person
from handlers.slack.views.seasons import season_days

LINE = 100
"""Characters of a line of the next chair's page, which has to fit into one message."""
MOST_LINES = 6
NEXT, KEEPS, NOTES = "next", "keeps", "notes"


def ask_modal(belongings: Belongings, chosen: str, copy: Copy, *, note: str = "") -> Block:
    """Who is next, what moves, and what the chair is afterwards; nothing moves on submitting."""
    picker: Block = {"type": "users_select", "action_id": "value"}
    if chosen:
        picker["initial_user"] = chosen
    keeps = [_option(copy.say(f"handover.keep_{kept}"), kept) for kept in KEPT]
    blocks = [
        *([words(note)] if note else []),
        words(copy.say("handover.intro", days=str(ASKED_FOR.days))),
        words(_moving(belongings, copy)),
        {
            "type": "input",
            "block_id": NEXT,
            "label": plain(copy.say("handover.field_next"), 2000),
            "hint": plain(copy.say("people.hint_person"), 2000),
            "element": picker,
        },
        {
            "type": "input",
            "block_id": KEEPS,
            "label": plain(copy.say("handover.field_keeps"), 2000),
            "element": {
                "type": "radio_buttons",
                "action_id": "value",
                "options": keeps,
                "initial_option": keeps[0],
            },
        },
        _notes(copy),
    ]
    return modal(
        "handover.ask",
        copy.say("handover.title"),
        blocks,
        close=copy.say("people.close"),
        submit=copy.say("handover.ask"),
    )


def pending_modal(pending: Handover, copy: Copy, *, is_own: bool) -> Block:
    """Somebody is asked already: who, until when, and for whoever asked the way back."""
    text = naming(copy, "handover.waits", {"next": _next(pending)}, when=pending.until)
    row = [actions(_withdraw(pending, copy))] if is_own else []
    return _told_modal([marked(text), *row], copy)


def told_modal(text: str, copy: Copy) -> Block:
    """The last window, with what came of it."""
    return _told_modal([words(text)], copy)


def refused_text(refused: Refused, copy: Copy) -> str:
    """Why nothing moved."""
    return copy.say(f"handover.refused_{refused.reason}")


def state_message(found: Handover, reader: MemberRef, roster: Roster, copy: Copy) -> Message:
    """What stands at each of the two, edited as the answer comes; buttons while it is open."""
    is_next = reader == found.successor
    key = f"handover.next_{found.state}" if is_next else f"handover.chair_{found.state}"
    people = {"chair": person(roster, found.chair), "next": _next(found)}
    text = naming(copy, key, people, when=found.until)
    if not found.is_open:
        return _message(text)
    if not is_next:
        return _message(text, row=actions(_withdraw(found, copy)))
    meaning = copy.say("handover.meaning", keeps=copy.say(f"handover.then_{found.keeps}"))
    row = actions(
        button(copy.say("handover.accept"), "handover.accept", str(found.id), style="primary"),
        button(copy.say("handover.decline"), "handover.decline", str(found.id)),
    )
    return _message(text, escaped(meaning), row=row)


def end_message(found: Handover, reader: MemberRef, roster: Roster, copy: Copy) -> Message:
    """What is told anew once there is an answer, or there will be none."""
    people = {"chair": person(roster, found.chair), "next": _next(found)}
    if reader == found.chair:
        text = naming(
            copy,
            f"handover.ended_chair_{found.state}",
            people,
            kept=copy.say(f"handover.now_{found.keeps}"),
            requests=_number(found.requests),
            drafts=_number(found.drafts),
        )
        return _message(text)
    if reader == found.successor:
        return _message(naming(copy, f"handover.ended_next_{found.state}", people))
    return _message(naming(copy, "handover.ended_others", people))


def introduction_message(shown: Introduction, allowed: Sequence[str], copy: Copy) -> Message:
    """One page: what waits, what is coming, who helps, what members ask, and the words to know."""
    title = copy.say("handover.page_title")
    parts = [
        escaped(copy.say("handover.page_intro")),
        _waits(shown, copy),
        _dates(shown, copy),
        _helpers(shown, copy),
        _asked(shown, copy),
        escaped(copy.say("handover.page_monday", hour=str(HOUR))),
        escaped(_words(allowed, copy)),
    ]
    row = actions(button(copy.say("people.open_desk"), "chair.word", style="primary"))
    text = "\n\n".join([escaped(title), *parts])
    return Message(text, (header(title), *map(marked, parts), row))


def _waits(shown: Introduction, copy: Copy) -> str:
    text = escaped(waiting_text(shown.desk, copy))
    if shown.oldest is None:
        return text
    return f"{text}\n{naming(copy, 'handover.page_oldest', {}, when=shown.oldest)}"


def _dates(shown: Introduction, copy: Copy) -> str:
    seasons = dict.fromkeys(one.season for one in shown.dates if one.season)
    lines = [f"- {cut(season_days(season, copy), LINE)}" for season in seasons][:MOST_LINES]
    key = "handover.page_dates" if lines else "handover.page_no_dates"
    return escaped("\n".join([copy.say(key), *lines]))


def _helpers(shown: Introduction, copy: Copy) -> str:
    lines = [
        f"- {naming(copy, 'handover.page_helper', {'name': (one.member, _short(one))}, role=roles)}"
        for one in shown.roster.officers
        if not one.left
        and one.member != shown.handover.successor
        and (roles := ", ".join(copy.say(f"chair.role_{role}") for role in sorted(one.roles)))
    ][:MOST_LINES]
    said = [escaped(copy.say("handover.page_people")), *lines] if lines else []
    if not shown.roster.reachable("deputy"):
        said.append(escaped(copy.say("handover.page_no_deputy")))
    return "\n".join(said)


def _short(officer: Officer) -> str | None:
    return cut(officer.name, LINE) if officer.name else None


def _question(question: str, times: int, copy: Copy) -> str:
    return copy.say("handover.page_topic", question=cut(question, LINE), times=str(times))


def _asked(shown: Introduction, copy: Copy) -> str:
    topics = [_question(question, times, copy) for question, times in shown.topics]
    open_ones = [_question(group.text, group.times, copy) for group in shown.questions]
    said = [copy.say("handover.page_topics"), *topics] if topics else []
    said += [copy.say("handover.page_questions"), *open_ones] if open_ones else []
    return escaped("\n".join(said or [copy.say("handover.page_nothing_asked")]))


def _words(allowed: Sequence[str], copy: Copy) -> str:
    lines = [f"- /clm chair {word}: {copy.say(f'chair.word_{word}')}" for word in allowed]
    return "\n".join([copy.say("handover.page_words"), *lines])


def _moving(belongings: Belongings, copy: Copy) -> str:
    numbers = {
        "requests": _number(belongings.requests),
        "drafts": _number(belongings.drafts),
        "notes": _number(belongings.notes),
    }
    text = copy.say("handover.moves", **numbers)
    return f"{text} {copy.say('handover.admin_too')}" if belongings.is_admin else text


def _notes(copy: Copy) -> Block:
    option = _option(copy.say("handover.with_notes"), NOTES)
    return {
        "type": "input",
        "block_id": NOTES,
        "optional": True,
        "label": plain(copy.say("handover.field_notes"), 2000),
        "hint": plain(copy.say("handover.hint_notes"), 2000),
        "element": {
            "type": "checkboxes",
            "action_id": "value",
            "options": [option],
            "initial_options": [option],
        },
    }


def _option(text: str, value: str) -> Block:
    return {"text": plain(text, 75), "value": value}


def _withdraw(pending: Handover, copy: Copy) -> Block:
    return button(copy.say("handover.withdraw"), "handover.withdraw", str(pending.id))


def _next(found: Handover) -> Named:
    return found.successor, found.name


def _number(count: int | None) -> str:
    return f"{count or 0:,}"


def _told_modal(blocks: Sequence[Block], copy: Copy) -> Block:
    title = copy.say("handover.title")
    return modal("handover.told", title, list(blocks), close=copy.say("people.close"))


def _message(*texts: str, row: Block | None = None) -> Message:
    blocks = [*map(marked, texts), *([row] if row else [])]
    return Message(cut("\n\n".join(texts), SECTION_TEXT), tuple(blocks))
