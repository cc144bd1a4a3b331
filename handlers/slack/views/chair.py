"""The desk on one screen, and what somebody reads who has no role there."""

from collections.abc import Collection, Sequence

from bot.domain.copy import Copy
from bot.domain.roles import RIGHTS, ROLES, Right, Role
from bot.services.chair import Desk
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    header,
    message,
    numbered,
    quiet,
    words,
)

MOST_USED = ("digest", "questions", "bank", "review", "people", "handover")
"""The words that have a button as well."""


def desk_message(desk: Desk, allowed: Sequence[str], copy: Copy, *, unknown: str = "") -> Message:
    """What waits, and every word that this person may use, each with what it does."""
    title = copy.say("chair.title")
    waiting = waiting_text(desk, copy)
    listed = "\n".join(f"- /clm chair {word}: {copy.say(f'chair.word_{word}')}" for word in allowed)
    offer = copy.say("chair.words", words=listed)
    role = copy.say("chair.yours", roles=role_names(desk, copy))
    said = [copy.say("chair.unknown", word=unknown)] if unknown else []
    rows = [_buttons(desk, allowed, copy)] if set(allowed) & set(MOST_USED) else []
    return message(
        "\n\n".join([*said, title, waiting, offer, role]),
        [*map(words, said), header(title), words(waiting), *rows, words(offer), quiet(role)],
    )


def waiting_text(desk: Desk, copy: Copy) -> str:
    """What waits now, as far as it is this person's; one line each, none for what is nothing."""
    waiting, lines = desk.waiting, []
    if "answer" in desk.rights and waiting.requests:
        lines.append(_counted("requests", waiting.requests, copy, mine=waiting.on_me))
    if "edit" in desk.rights:
        counts = {"questions": waiting.questions, "due": waiting.due, "drafts": waiting.drafts}
        lines += [_counted(what, number, copy) for what, number in counts.items() if number]
    if not lines:
        return copy.say("chair.nothing_waits")
    return "\n".join([copy.say("chair.waits"), *lines])


def role_names(desk: Desk, copy: Copy) -> str:
    """Somebody's roles in words, the foremost first."""
    return ", ".join(copy.say(f"chair.role_{role}") for role in _in_order(desk.roles))


def refused_message(right: Right | None, desk: Desk, copy: Copy) -> Message:
    """Whose it is, for somebody without the right; and how to reach the chair, for a member."""
    text = only_text(right, copy)
    if desk.has_role:
        return message(text, [words(text)])
    line = who_text(desk, copy)
    return message(f"{text} {line}", [words(text), words(line), _to_the_chair(copy)])


def only_text(right: Right | None, copy: Copy) -> str:
    """Who has a right, in words."""
    if right is None:
        return copy.say("chair.only_office")
    holders = _in_order([role for role in ROLES if right in RIGHTS[role]])
    *first, last = [copy.say(f"chair.who_{role}") for role in holders]
    who = copy.say("chair.one_or_other", first=", ".join(first), last=last) if first else last
    return copy.say("chair.only", who=who)


def chair_message(desk: Desk, copy: Copy) -> Message:
    """Who the chair is, with the button that writes to them."""
    text = who_text(desk, copy)
    return message(text, [words(text), _to_the_chair(copy)])


def who_text(desk: Desk, copy: Copy) -> str:
    """Who the chair is, for a plain member."""
    if desk.nobody:
        return copy.say("chair.nobody")
    return copy.say("chair.who_it_is" if desk.chair else "chair.no_chair")


def _counted(what: str, number: int, copy: Copy, *, mine: int = 0) -> str:
    line = copy.say(f"chair.waiting_{what}", number=str(number))
    return f"{line} {copy.say('chair.on_me', number=str(mine))}" if mine else line


def _in_order(roles: Collection[Role]) -> list[Role]:
    return [role for role in reversed(ROLES) if role in roles]


def _buttons(desk: Desk, allowed: Sequence[str], copy: Copy) -> Block:
    shown = [word for word in MOST_USED if word in allowed]
    first = _first_of(desk, allowed)
    return actions(
        *(
            button(
                copy.say(f"chair.button_{word}"),
                numbered("chair.word", at),
                word,
                style="primary" if word == first else "",
            )
            for at, word in enumerate(shown)
        )
    )


def _first_of(desk: Desk, allowed: Sequence[str]) -> str:
    """The word that opens what is to be done first; empty where nothing waits."""
    waiting = desk.waiting
    # The digest has a button to reply to each request.
    found = {"digest": waiting.on_me, "questions": waiting.questions, "review": waiting.due}
    return next((word for word, number in found.items() if number and word in allowed), "")


def _to_the_chair(copy: Copy) -> Block:
    return actions(button(copy.say("help.button_chair"), "handoff.open", style="primary"))
