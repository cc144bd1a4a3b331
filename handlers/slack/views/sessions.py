"""How a session looks in its channel, and what a member alone sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.copy import Copy
from bot.domain.eligibility_rules import RuleSet
from bot.domain.identity import MemberRef
from bot.domain.program import long_date
from bot.domain.recertification import RecertificationRules
from bot.domain.sessions import Details, Session, SessionRecord, Tap
from bot.services.bank import Bank
from bot.services.sessions import Credit
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    header,
    marked,
    message,
    quiet,
    words,
)
from handlers.slack.views.handoff import spoken, told
from handlers.slack.views.ledger import all_button, row_text


@dataclass(frozen=True, slots=True)
class Naming:
    """The words for what a session serves: ours, the application's and recertification's."""

    copy: Copy
    rules: RuleSet
    recertification: RecertificationRules

    @property
    def categories(self) -> Mapping[str, str]:
        """The categories of an application, with their labels, in order."""
        return self.rules.labels

    @property
    def subjects(self) -> Mapping[str, str]:
        """The subjects of recertification, with their labels, in order."""
        return {one.id: one.label for one in self.recertification.subjects.values()}

    def lines(self, details: Details) -> list[str]:
        """What a session is, line by line; a category that the rules have lost is left out."""
        copy = self.copy
        category = self.categories.get(details.category or "")
        subject = self.subjects.get(details.subject or "")
        return [
            copy.say(
                "session.when",
                day=long_date(details.day),
                length=self.length(details),
                kind=copy.say(f"session.kind_{details.kind}"),
            ),
            *([copy.say("session.for_category", category=category)] if category else []),
            *([copy.say("session.for_subject", subject=subject)] if subject else []),
        ]

    def length(self, details: Details) -> str:
        """The length as people say it: hours where they come out even, else minutes."""
        quarter = 15
        if details.minutes % quarter or details.minutes < 4 * quarter:
            return self.copy.say("session.minutes", minutes=str(details.minutes))
        return self.rules.amount("hours", details.hours)


def naming_of(bank: Bank) -> Naming:
    """The words of a workspace."""
    content = bank.content
    return Naming(content.copy, content.rule_set, content.recertification)


def card_message(record: SessionRecord, naming: Naming) -> Message:
    """The one card in the channel: a count, and no names."""
    copy, session = naming.copy, record.session
    title = copy.say("session.card_title", title=session.details.title)
    lines = naming.lines(session.details)
    if session.state == "cancelled":
        end = copy.say("session.card_cancelled")
        return message("\n".join([title, *lines, end]), [header(title), words(end), *_told(lines)])
    how = copy.say("session.card_how", day=long_date(session.details.day))
    said = copy.say("session.card_said", count=str(record.said)) if record.said else ""
    small = [text for text in (said, copy.say("session.card_ala")) if text]
    press = button(copy.say("session.attended"), "session.attend", str(session.id), style="primary")
    return message(
        "\n".join([title, *lines, how, *small]),
        [header(title), *_told(lines), words(how), _lasting(actions(press)), quiet(*small)],
    )


def tap_message(found: Tap, session: Session | None, member: MemberRef, naming: Naming) -> Message:
    """What a member who presses the card sees, alone."""
    copy = naming.copy
    if found == "ask" and session is not None:
        return _ask(session, member, copy)
    day = long_date(session.details.day) if session else ""
    text = copy.say(f"session.tap_{found}", day=day)
    row: list[Block] = []
    if found == "noted" and session is not None:
        row.append(button(copy.say("session.undo"), "session.undo", str(session.id)))
    elif found in ("declined", "gone"):
        row.append(button(copy.say("session.chair"), "handoff.open"))
    return message(text, [words(text), *([actions(*row)] if row else [])])


def nothing_noted(copy: Copy) -> Message:
    """The member said no."""
    text = copy.say("session.not_noted")
    return message(text, [words(text)])


def credit_message(found: Credit, naming: Naming) -> Message:
    """What came of it, for the member, with their entry as it was judged."""
    copy = naming.copy
    what = "confirmed_deleted" if found.what == "confirmed" and not found.row else found.what
    text = copy.say(f"session.told_{what}", title=found.session.details.title)
    lines = [row_text(found.row, copy)] if found.row else []
    pressed = []
    if what in ("declined", "taken_back"):
        pressed.append(button(copy.say("session.chair"), "handoff.open", style="primary"))
    elif found.row:
        pressed.append(all_button(copy))
    blocks = [words(text), *_told(lines), *([actions(*pressed)] if pressed else [])]
    return message("\n".join([text, *lines]), blocks)


def _ask(session: Session, member: MemberRef, copy: Copy) -> Message:
    """Before anything goes to the chair: exactly what they will see, and yes or no."""
    before, title = copy.say("session.ask"), session.details.title
    name = told(copy, "session.list_line", who=user_id_of(member))
    yes = button(copy.say("session.yes"), "session.yes", str(session.id), style="primary")
    no = button(copy.say("session.no"), "session.no")
    return Message(
        spoken([before], [copy.say("session.card_title", title=title)], [name]),
        (
            words(before),
            words(copy.say("session.card_title", title=title)),
            marked(name),
            actions(yes, no),
        ),
    )


def _told(lines: list[str]) -> list[Block]:
    return [words("\n".join(lines))] if lines else []


def _lasting(row: Block) -> Block:
    """A row of buttons that keeps its id when the card is edited under somebody's finger."""
    return {**row, "block_id": "session"}
