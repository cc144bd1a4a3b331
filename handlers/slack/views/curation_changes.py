"""What a change of an entry changes, in words for whoever edits it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.curation_difference import Changed
from bot.domain.program import long_date
from bot.services.bank import Bank
from handlers.slack.views.blocks import SECTION_TEXT, Block, cut, words

SHORT = 300


def changed_blocks(changes: Sequence[Changed], bank: Bank) -> list[Block]:
    """Each field as it was and as it is; long ones one below the other."""
    return [block for change in changes for block in _changed(change, bank)]


def _changed(change: Changed, bank: Bank) -> list[Block]:
    copy = bank.content.copy
    field = copy.say(f"curation.field_{change.field}")
    before, after = (_shown(change.field, text, bank) for text in (change.before, change.after))
    both = copy.say("curation.changed", field=field, before=before or None, after=after or None)
    if len(both) <= SHORT:
        return [words(both)]
    was = copy.say("curation.changed_from", field=field, before=before or None)
    now = copy.say("curation.changed_to", field=field, after=after or None)
    return [words(cut(was, SECTION_TEXT)), words(cut(now, SECTION_TEXT))]


def _shown(field: str, text: str, bank: Bank) -> str:
    if not text:
        return ""
    if field in ("verified", "review"):
        return long_date(date.fromisoformat(text))
    if field in ("sources", "related"):
        return "; ".join(_title(field, name, bank) for name in text.split("\n"))
    return text


def _title(field: str, name: str, bank: Bank) -> str:
    content = bank.content
    if field == "sources":
        return content.sources[name].title if name in content.sources else name
    return content.entries[name].question if name in content.entries else name
