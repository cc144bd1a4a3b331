"""Content with its places: what the commands for editors look at, beside the bank itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.content.bank import ContentBank, bank_from
from bot.content.documents import Document, Faults, did_you_mean
from bot.content.placed import Placed, placed_entries
from bot.content.places import ContentPlaces, Shelf
from bot.content.style import Style, style_from
from bot.content.texts import Text, texts_from
from bot.domain.program import Fact
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class Survey:
    """Sound content, and where each part of it stands."""

    bank: ContentBank
    style: Style
    texts: tuple[Text, ...]
    placed: Mapping[str, Placed]
    program: Document
    eligibility: Document
    recertification: Document

    def fact(self, name: str) -> Fact:
        """A fact by name; raises ContentError with the one that may have been meant."""
        if name not in self.bank.facts:
            hint = did_you_mean(name, self.bank.facts)
            raise ContentError([f"there is no fact '{name}' in program.yaml{hint}"])
        return self.bank.facts[name]

    def place_of(self, fact: str) -> str:
        """File and line of a fact."""
        return self.program.at(("facts", fact))


def surveyed(places: ContentPlaces, today: date) -> Survey:
    """Everything read and checked, as of `today`; raises ContentError with every fault."""
    shelf = Shelf(places, Faults())
    bank = bank_from(shelf, today)
    style = style_from(shelf, Faults())
    if style is None:
        raise ContentError(["style.yaml cannot be used."])
    return Survey(
        bank=bank,
        style=style,
        texts=texts_from(shelf),
        placed=placed_entries(shelf, Faults()),
        program=shelf.document("program.yaml"),
        eligibility=shelf.document("eligibility.yaml"),
        recertification=shelf.document("recertification.yaml"),
    )
