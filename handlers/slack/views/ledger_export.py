"""How the export looks: its button, and the message above its files."""

from bot.domain.copy import Copy
from bot.domain.program import long_date
from bot.services.ledger_export import Exported, Recorded
from handlers.slack.views.blocks import (
    Attachment,
    Block,
    Message,
    actions,
    button,
    spoken_text,
    words,
)
from handlers.slack.views.blocks import message as shown
from handlers.slack.views.ledger import add_button


def export_button(copy: Copy) -> Block:
    """The button for a row of buttons below the member's hours."""
    return button(copy.say("export.button"), "ledger.export", label=copy.say("export.button_label"))


def on_its_way_message(copy: Copy) -> Message:
    """Said to whoever asked, while the files are made."""
    text = copy.say("export.on_its_way")
    return shown(text, [words(text)])


def nothing_message(copy: Copy) -> Message:
    """Instead of files, where nothing is recorded."""
    text = copy.say("export.nothing")
    return shown(text, [words(text), actions(add_button(copy))])


def export_message(exported: Exported, recorded: Recorded, copy: Copy) -> Message:
    """The two files with what is in them."""
    date = long_date(recorded.today)
    text = copy.say("export.message", date=date, count=str(len(recorded.entries)))
    return Message(
        text=spoken_text(text),
        blocks=(words(text),),
        files=(
            Attachment(
                f"{exported.name}.csv",
                exported.table,
                copy.say("export.table_title", date=date),
                copy.say("export.table_alt"),
            ),
            Attachment(
                f"{exported.name}.html",
                exported.page,
                copy.say("export.page_title", date=date),
                copy.say("export.page_alt"),
            ),
        ),
    )
