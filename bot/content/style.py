"""style.yaml: how answers are to be worded, and for how long content holds.

A chapter's own lists (hedges, who_knows, digits) are added to the shipped ones, so that a sentence
that ships stays allowed; every other value of its own takes the place of ours.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.content.documents import Faults, did_you_mean, validated
from bot.content.places import Shelf
from bot.content.schema import Line, Strict
from bot.domain.freshness import Freshness

STYLE = "style.yaml"

Months = Annotated[int, Field(gt=0, le=240)]
Few = Annotated[int, Field(gt=0, le=1000)]


class FreshnessFile(Strict):
    """How long content holds, in months; and whether each exam season asks for a new look."""

    review_after_months: Months
    withhold_after_months: Months
    with_each_season: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.withhold_after_months < self.review_after_months:
            raise ValueError("a value is withheld no sooner than it is due to be checked again.")
        return self


class LimitsFile(Strict):
    """Beyond which an answer is remarked upon."""

    grade: Annotated[float, Field(gt=0, le=30)]
    first_sentence_words: Few
    lists: Few
    list_items: Few


class DigitsFile(Strict):
    """A number that may stand in a text: where (everywhere when empty), and why."""

    text: Line
    why: Line
    at: Annotated[list[Line], Field(default_factory=list)]


class StyleFile(Strict):
    """style.yaml."""

    freshness: FreshnessFile
    limits: LimitsFile
    hedges: Annotated[list[Line], Field(default_factory=list)]
    who_knows: Annotated[list[Line], Field(default_factory=list)]
    digits: Annotated[list[DigitsFile], Field(default_factory=list)]


@dataclass(frozen=True, slots=True)
class Style:
    """The style that holds for a workspace. `hedges` and `who_knows` are in small letters."""

    freshness: Freshness
    limits: LimitsFile
    hedges: tuple[str, ...]
    who_knows: tuple[str, ...]
    allowed: tuple[DigitsFile, ...]

    def allows(self, number: str, owner: str) -> bool:
        """Whether a number may stand in the text of `owner`, though it comes from no fact."""
        return any(one.text == number and (not one.at or owner in one.at) for one in self.allowed)


def style_from(shelf: Shelf, faults: Faults) -> Style | None:
    """The style; None, with every fault noted, when the file cannot be used."""
    document = shelf.document(STYLE)
    file = validated(StyleFile, document.data, document, (), faults)
    if file is None:
        return None
    files = [file]
    if document.is_own:
        shipped = shelf.shipped_document(STYLE)
        ours = validated(StyleFile, shipped.data, shipped, (), Faults())
        files += [ours] if ours else []
    return Style(
        freshness=Freshness(
            file.freshness.review_after_months,
            file.freshness.withhold_after_months,
            file.freshness.with_each_season,
        ),
        limits=file.limits,
        hedges=_joined([one.hedges for one in files]),
        who_knows=_joined([one.who_knows for one in files]),
        allowed=tuple(allowed for one in files for allowed in one.digits),
    )


def check_places(shelf: Shelf, owners: Collection[str], faults: Faults) -> None:
    """Note each place of an allowed number that no text has."""
    document = shelf.document(STYLE)
    file = validated(StyleFile, document.data, document, (), Faults())
    for at, allowed in enumerate(file.digits if file else ()):
        for which, owner in enumerate(allowed.at):
            if owner not in owners:
                hint = did_you_mean(owner, owners)
                loc = ("digits", at, "at", which)
                faults.add(document, loc, f"there is no text called '{owner}'{hint}")


def _joined(lists: list[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.casefold() for one in lists for text in one))
