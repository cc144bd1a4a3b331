"""What is kept about a member, and how erasing it is asked for and confirmed."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.privacy import Kept, Overview, Rows, as_json, as_table
from bot.domain.spreadsheet import csv_bytes
from handlers.slack.ids import is_person, user_id_of
from handlers.slack.views.blocks import (
    Attachment,
    Block,
    Message,
    actions,
    button,
    escaped,
    header,
    marked,
    message,
    modal,
    quiet,
    text_input,
    words,
)

LINES_A_BLOCK = 5
LONGEST_WORD = 100
WORD = "word"

_WHEN, _WHO = "\ufdd0", "\ufdd1"


def page_message(overview: Overview, copy: Copy) -> Message:
    """Everything that is kept, one line a kind, with the way to take it along or erase it."""
    title = copy.say("privacy.title")
    if not overview.kept:
        nothing = copy.say("privacy.nothing")
        return message(f"{title}\n{nothing}", [header(title), words(nothing)])
    intro = copy.say("privacy.intro")
    lines = [_line(kept, copy) for kept in overview.kept]
    notes = _notes(overview, copy)
    blocks = [
        header(title),
        words(intro),
        *(marked("\n".join(part)) for part in _in_parts(lines)),
        quiet(*notes),
        privacy_actions(copy),
    ]
    text = "\n".join([escaped(title), escaped(intro), *lines, *map(escaped, notes)])
    return Message(text, tuple(blocks))


def privacy_actions(copy: Copy) -> Block:
    """Take it along, or erase it."""
    return actions(
        button(copy.say("privacy.export"), "privacy.export", style="primary"),
        button(copy.say("home.erase"), "privacy.ask"),
    )


def show_button(copy: Copy) -> Block:
    """The way to the page from elsewhere."""
    return button(copy.say("privacy.show"), "privacy.show")


def on_its_way_message(copy: Copy) -> Message:
    """The files come in the direct conversation."""
    text = copy.say("privacy.export_on_its_way")
    return message(text, [words(text)])


def export_message(rows: Rows, copy: Copy) -> Message:
    """Everything that is kept as two files."""
    text = copy.say("privacy.export_message")
    head = [copy.say(f"privacy.csv_{name}") for name in ("kind", "number", "field", "value")]
    table = [[copy.say(f"privacy.kind_{kind}"), *rest] for kind, *rest in as_table(rows)]
    files = (
        Attachment(
            "clm-my-data.csv",
            csv_bytes([head, *table]),
            copy.say("privacy.export_csv"),
            copy.say("privacy.export_csv_alt"),
        ),
        Attachment(
            "clm-my-data.json",
            as_json(rows),
            copy.say("privacy.export_json"),
            copy.say("privacy.export_json_alt"),
        ),
    )
    shown = message(text, [words(text)])
    return Message(shown.text, shown.blocks, files=files)


def confirm_modal(copy: Copy, *, has_role: bool = False) -> Block:
    """The first step: what goes, and that a role does not."""
    role = [words(copy.say("privacy.confirm_role"))] if has_role else []
    return modal(
        "privacy.really",
        copy.say("privacy.confirm_title"),
        [words(copy.say("privacy.confirm")), *role, quiet(copy.say("privacy.confirm_export"))],
        close=copy.say("privacy.keep"),
        submit=copy.say("privacy.go_on"),
    )


def really_modal(copy: Copy) -> Block:
    """The second step: it is meant, in the member's own hand."""
    word = copy.say("privacy.word")
    field = text_input(
        WORD,
        copy.say("privacy.really_label", word=word),
        hint=copy.say("privacy.really_hint"),
        longest=LONGEST_WORD,
    )
    return modal(
        "privacy.erase",
        copy.say("privacy.confirm_title"),
        [words(copy.say("privacy.really")), field],
        close=copy.say("privacy.keep"),
        submit=copy.say("privacy.erase"),
    )


def erased_modal(copy: Copy, *, done: bool = True) -> Block:
    """It is done, or is being done and cannot fail any more."""
    return modal(
        "privacy.erased",
        copy.say("privacy.confirm_title"),
        [words(copy.say("privacy.erased" if done else "privacy.erasing"))],
        close=copy.say("ask.modal_close"),
    )


def _line(kept: Kept, copy: Copy) -> str:
    what = copy.say(f"privacy.kind_{kept.kind}")
    text = copy.say(
        "privacy.line",
        what=what,
        number=f"{kept.number:,}",
        since=_WHEN if kept.since else None,
        who=_WHO if kept.seen_by else None,
        **_going(kept, copy),
    )
    since = _day(kept.since) if kept.since else ""
    return escaped(text).replace(_WHEN, since).replace(_WHO, _readers(kept.seen_by, copy))


def _going(kept: Kept, copy: Copy) -> dict[str, str | None]:
    """When it goes by itself; it is counted from another moment for each kind."""
    if kept.days is None:
        return {"days": None, "from": None}
    return {"days": f"{kept.days:,}", "from": copy.say(f"privacy.from_{kept.kind}")}


def _day(when: datetime) -> str:
    """A day as Slack shows it in the reader's own zone."""
    return f"<!date^{int(when.timestamp())}^{{date_long}}|{when:%Y-%m-%d}>"


def _readers(seen_by: Sequence[MemberRef | ConversationRef], copy: Copy) -> str:
    channel = escaped(copy.say("privacy.desk_channel"))
    return ", ".join(
        f"<@{user_id_of(reader)}>" if is_person(reader) else channel for reader in seen_by
    )


def _notes(overview: Overview, copy: Copy) -> list[str]:
    notes = [copy.say("privacy.slack_keeps")]
    if overview.inactive is not None:
        notes.append(copy.say("privacy.inactive", days=f"{overview.inactive:,}"))
    notes.append(copy.say("privacy.grace", days=f"{overview.grace:,}"))
    if overview.office:
        notes.append(copy.say("privacy.office", number=f"{overview.office:,}"))
    return notes


def _in_parts(lines: Sequence[str]) -> list[Sequence[str]]:
    return [lines[at : at + LINES_A_BLOCK] for at in range(0, len(lines), LINES_A_BLOCK)]
