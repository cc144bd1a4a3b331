"""Who holds which role: the window that shows it and changes it, and what the people are told."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.identity import MemberRef
from bot.domain.roles import RIGHTS, Role
from bot.domain.succession import Refused
from bot.services.people import People, PersonInOffice, RoleChange, RoleHeld
from handlers.slack.views.blocks import (
    SECTION_TEXT,
    Block,
    Message,
    actions,
    button,
    cut,
    divider,
    marked,
    modal,
    numbered,
    plain,
    quiet,
    words,
)
from handlers.slack.views.naming import naming

MOST = 30
"""People that one window shows; a chapter has a handful."""
PERSON, ROLE = "person", "role"


def people_modal(people: People, copy: Copy, *, note: str = "") -> Block:
    """Everybody with a role, since when and by whom; below, whom to give one, for those who may."""
    blocks = [words(note)] if note else []
    blocks.append(words(copy.say("people.intro")))
    for one in people.people[:MOST]:
        blocks += _person_blocks(one, copy)
    if not people.people:
        blocks.append(words(copy.say("people.nobody")))
    if len(people.people) > MOST:
        blocks.append(quiet(copy.say("people.more", number=str(len(people.people) - MOST))))
    if (pending := people.handover) is not None:
        both = {
            "chair": (pending.chair, people.chair),
            "next": (pending.successor, pending.name),
        }
        blocks.append(marked(naming(copy, "people.pending", both, when=pending.until)))
    blocks += _form(people.gives, copy) if people.gives else [quiet(copy.say("people.read_only"))]
    return modal(
        "people.give",
        copy.say("people.title"),
        blocks,
        close=copy.say("people.close"),
        submit=copy.say("people.give") if people.gives else "",
    )


def refused_text(refused: Refused, copy: Copy) -> str:
    """Why nothing changed."""
    return copy.say(f"people.refused_{refused.reason}")


def note_modal(text: str, copy: Copy) -> Block:
    """The window when there is nothing more to be done in it."""
    return modal(
        "people.done", copy.say("people.title"), [words(text)], close=copy.say("people.close")
    )


def change_message(change: RoleChange, reader: MemberRef, copy: Copy) -> Message:
    """What somebody reads whose role changed, and those who give roles."""
    decided = change.decided
    role = copy.say(f"people.as_{decided.role}")
    people = {"name": (decided.member, change.name), "by": (decided.by, change.by)}
    verb = "given" if decided.held else "taken"
    if reader != decided.member:
        return _message(naming(copy, f"people.told_{verb}", people, role=role))
    own = {"by": people["by"]} if decided.by else {}
    text = naming(copy, f"people.you_{verb}", own, role=role)
    if not decided.held:
        return _message(text)
    row = button(copy.say("people.open_desk"), "chair.word", style="primary")
    return _message(text, rights_text(decided.role, copy), row=row)


def rights_text(role: Role, copy: Copy) -> str:
    """What a role lets somebody do, one line each."""
    lines = [f"- {copy.say(f'people.can_{right}')}" for right in sorted(RIGHTS[role])]
    return "\n".join([copy.say("people.can"), *lines])


def no_chair_message(copy: Copy, *, may_name: bool) -> Message:
    """What those who stand in read when the chair can no longer be reached."""
    text = copy.say("people.no_chair")
    if not may_name:
        return _message(text, copy.say("people.no_chair_others"))
    row = button(copy.say("chair.button_people"), "chair.word", "people", style="primary")
    return _message(text, copy.say("people.no_chair_name"), row=row)


def _message(*texts: str, row: Block | None = None) -> Message:
    rows = [actions(row)] if row else []
    return Message(cut("\n\n".join(texts), SECTION_TEXT), (*map(marked, texts), *rows))


def _person_blocks(one: PersonInOffice, copy: Copy) -> list[Block]:
    lines = [naming(copy, "people.person", {"name": (one.member, one.name)})]
    lines += [_role_line(held, copy) for held in one.roles]
    if one.left:
        lines.append(copy.say("people.left"))
    elif one.away_until is not None:
        lines.append(copy.say("people.away"))
    takeable = [held.role for held in one.roles if held.may_be_taken]
    row = [actions(*(_take(one, role, at, copy) for at, role in enumerate(takeable)))]
    return [divider(), marked("\n".join(lines)), *(row if takeable else [])]


def _role_line(held: RoleHeld, copy: Copy) -> str:
    role = copy.say(f"chair.role_{held.role}")
    if held.since is None:
        return naming(copy, "people.role_of_files", {}, role=role)
    by = {"by": (held.by, held.by_name)} if held.by else {}
    return naming(copy, "people.role_since", by, when=held.since, role=role)


def _take(one: PersonInOffice, role: Role, at: int, copy: Copy) -> Block:
    named = copy.say(f"chair.role_{role}")
    text = copy.say("people.take", role=named)
    made = button(
        text,
        numbered("people.take", at),
        f"{role}|{one.member}",
        style="danger",
        label=copy.say("people.take_label", name=one.name, role=named),
    )
    made["confirm"] = {
        "title": plain(text, 100),
        "text": plain(copy.say("people.take_sure"), 300),
        "confirm": plain(copy.say("people.take_yes"), 30),
        "deny": plain(copy.say("people.take_no"), 30),
    }
    return made


def _form(gives: Sequence[Role], copy: Copy) -> list[Block]:
    options = [{"text": plain(copy.say(f"chair.role_{role}"), 75), "value": role} for role in gives]
    return [
        divider(),
        {
            "type": "input",
            "block_id": PERSON,
            "label": plain(copy.say("people.field_person"), 2000),
            "hint": plain(copy.say("people.hint_person"), 2000),
            "element": {"type": "users_select", "action_id": "value"},
        },
        {
            "type": "input",
            "block_id": ROLE,
            "label": plain(copy.say("people.field_role"), 2000),
            "element": {"type": "static_select", "action_id": "value", "options": options},
        },
    ]
