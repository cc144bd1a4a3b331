"""conversation.yaml, made into the phrases of a conversation."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.content.documents import Faults, validated
from bot.content.places import Shelf
from bot.content.schema import Line, Strict
from bot.domain.phrasing import Phrasing
from bot.domain.small_talk import phrases


class ConversationFile(Strict):
    """conversation.yaml: two numbers, and lists of phrases."""

    remembered_minutes: Annotated[int, Field(ge=0, le=1440)]
    longest_follow_up: Annotated[int, Field(ge=1, le=40)]
    joints: list[Line]
    asking: list[Line]
    openers: list[Line]
    pointers: list[Line]
    plain: list[Line]
    corrections: list[Line]
    refusals: list[Line]
    none_of_these: list[Line]


def phrasing_of(file: ConversationFile) -> Phrasing:
    """The phrases as they are compared."""
    return Phrasing(
        remembered=timedelta(minutes=file.remembered_minutes),
        longest_follow_up=file.longest_follow_up,
        joints=phrases(file.joints),
        asking=phrases(file.asking),
        openers=phrases(file.openers),
        pointers=phrases(file.pointers),
        plain=phrases(file.plain),
        corrections=phrases(file.corrections),
        refusals=phrases(file.refusals),
        none_of_these=phrases(file.none_of_these),
    )


def phrasing_from(shelf: Shelf, faults: Faults) -> Phrasing | None:
    """The phrases of a conversation; None, with every fault noted, when they cannot be used."""
    document = shelf.document("conversation.yaml")
    file = validated(ConversationFile, document.data, document, (), faults)
    return phrasing_of(file) if file else None
