"""small_talk.yaml, made into the words of small talk."""

from bot.content.documents import Faults, validated
from bot.content.places import Shelf
from bot.content.schema import Line, Strict
from bot.domain.small_talk import SmallTalk, phrases


class SmallTalkFile(Strict):
    """small_talk.yaml: lists of phrases."""

    greetings: list[Line]
    greetings_alone: list[Line]
    addressees: list[Line]
    thanks: list[Line]
    reactions: list[Line]
    trying_out: list[Line]
    softeners: list[Line]
    keyboard_rows: list[Line]


def small_talk_of(file: SmallTalkFile) -> SmallTalk:
    """The phrases as they are compared."""
    return SmallTalk(
        greetings=phrases(file.greetings),
        greetings_alone=phrases(file.greetings_alone),
        addressees=phrases(file.addressees),
        thanks=phrases(file.thanks),
        reactions=phrases(file.reactions),
        trying_out=phrases(file.trying_out),
        softeners=phrases(file.softeners),
        keyboard_rows=tuple(row.lower() for row in file.keyboard_rows),
    )


def small_talk_from(shelf: Shelf, faults: Faults) -> SmallTalk | None:
    """The words of small talk; None, with every fault noted, when the file cannot be used."""
    document = shelf.document("small_talk.yaml")
    file = validated(SmallTalkFile, document.data, document, (), faults)
    return small_talk_of(file) if file else None
