"""The windows in which the desk announces a session, changes it, and decides on some."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.sessions import DECISIONS, KINDS, LONGEST_TITLE, Details, Session, SessionRecord
from handlers.slack.views.blocks import (
    Block,
    cut,
    divider,
    header,
    marked,
    modal,
    plain,
    quiet,
    text_input,
    words,
)
from handlers.slack.views.sessions import Naming

LENGTH_TEXT = 60
NOTHING = "none"
"""Value of the option that chooses nothing; Slack's menus cannot be emptied on a phone."""


def draft_modal(naming: Naming, channel: str, today: date, session: Session | None = None) -> Block:
    """The window that takes a session, or what is to be changed in one."""
    copy, details = naming.copy, session.details if session else None
    kinds: dict[str, str] = {kind: copy.say(f"session.kind_{kind}") for kind in KINDS}
    length = copy.say("session.minutes", minutes=str(details.minutes)) if details else ""
    blocks = [
        text_input(
            "title",
            copy.say("session.field_title"),
            initial=details.title if details else "",
            longest=LONGEST_TITLE,
        ),
        _day(copy.say("session.field_day"), details.day if details else today),
        text_input(
            "length",
            copy.say("session.field_length"),
            hint=copy.say("session.hint_length"),
            initial=length,
            longest=LENGTH_TEXT,
        ),
        _choice("kind", copy.say("session.field_kind"), kinds, details.kind if details else ""),
        _menu(
            "category",
            copy.say("session.field_category"),
            naming.categories,
            details.category if details else None,
            copy.say("session.none"),
        ),
        _menu(
            "subject",
            copy.say("session.field_subject"),
            naming.subjects,
            details.subject if details else None,
            copy.say("session.none"),
        ),
    ]
    return modal(
        "session.draft",
        copy.say("session.window_change" if session else "session.window"),
        blocks,
        close=copy.say("session.window_close"),
        submit=copy.say("session.next"),
        metadata={
            "channel": channel,
            "session": session.id if session else 0,
            "version": session.version if session else 0,
        },
    )


def preview_modal(
    details: Details, naming: Naming, metadata: Mapping[str, Any], before: SessionRecord | None
) -> Block:
    """How the card will look, what there is to know first, and the choice to go on."""
    copy, channel = naming.copy, str(metadata["channel"])
    question = "session.preview_change" if before else "session.preview"
    blocks = [
        marked(copy.say(question, channel=f"<#{channel}>")),
        divider(),
        header(copy.say("session.card_title", title=details.title)),
        words("\n".join(naming.lines(details))),
        divider(),
    ]
    if details.is_too_short(naming.rules.numbers):
        blocks.append(words(copy.say("session.too_short")))
    confirmed = len(before.marked("confirmed")) if before else 0
    if before and confirmed and not before.session.details.is_retitled(details):
        blocks.append(words(copy.say("session.preview_told", count=str(confirmed))))
    if not before:
        blocks.append(quiet(copy.say("session.preview_after")))
    return modal(
        "session.post",
        copy.say("session.window_change" if before else "session.window"),
        blocks,
        close=copy.say("session.back"),
        submit=copy.say("session.save" if before else "session.post"),
        metadata={**metadata, "details": as_metadata(details)},
    )


def refused_modal(reason: str, naming: Naming) -> Block:
    """Why nothing was done."""
    copy = naming.copy
    return modal(
        "session.refused",
        copy.say("session.window_refused"),
        [words(copy.say(f"session.refused_{reason}"))],
        close=copy.say("session.window_close"),
    )


def decide_modal(record: SessionRecord, naming: Naming) -> Block:
    """The window that takes people of the list, and whether they attended."""
    copy, session = naming.copy, record.session
    decisions: dict[str, str] = {one: copy.say(f"session.decision_{one}") for one in DECISIONS}
    people: Block = {
        "type": "input",
        "block_id": "people",
        "label": plain(copy.say("session.field_people"), 2000),
        "hint": plain(copy.say("session.hint_people"), 2000),
        "element": {"type": "multi_users_select", "action_id": "value"},
    }
    return modal(
        "session.decide",
        copy.say("session.window_decide"),
        [
            words(copy.say("session.card_title", title=session.details.title)),
            people,
            _choice("decision", copy.say("session.field_decision"), decisions, ""),
        ],
        close=copy.say("session.window_close"),
        submit=copy.say("session.save"),
        metadata={"session": session.id, "version": session.version},
    )


def as_metadata(details: Details) -> dict[str, Any]:
    """The details as a window carries them from one step to the next."""
    return {
        "title": details.title,
        "day": details.day.isoformat(),
        "minutes": details.minutes,
        "kind": details.kind,
        "category": details.category,
        "subject": details.subject,
    }


def from_metadata(carried: Mapping[str, Any]) -> Details:
    """The details that a window carried."""
    return Details(
        title=str(carried["title"]),
        day=date.fromisoformat(carried["day"]),
        minutes=int(carried["minutes"]),
        kind=str(carried["kind"]),
        category=carried["category"],
        subject=carried["subject"],
    )


def _day(label: str, day: date) -> Block:
    element = {"type": "datepicker", "action_id": "value", "initial_date": day.isoformat()}
    return {"type": "input", "block_id": "day", "label": plain(label, 2000), "element": element}


def _choice(block_id: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    options = [_option(text, value) for value, text in choices.items()]
    element: Block = {"type": "radio_buttons", "action_id": "value", "options": options}
    if chosen in choices:
        element["initial_option"] = _option(choices[chosen], chosen)
    return {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}


def _menu(
    block_id: str, label: str, choices: Mapping[str, str], chosen: str | None, none: str
) -> Block:
    options = [_option(none, NOTHING), *(_option(text, value) for value, text in choices.items())]
    element: Block = {"type": "static_select", "action_id": "value", "options": options}
    known = choices.get(chosen or "")
    element["initial_option"] = _option(known, chosen or "") if known else options[0]
    return {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}


def _option(text: str, value: str) -> Block:
    return {"text": plain(cut(text, 75), 75), "value": value}
