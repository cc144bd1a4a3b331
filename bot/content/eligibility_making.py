"""What the rules and the dialog of eligibility.yaml are both made with: texts, facts and faults."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.content.documents import Document, Faults, Loc, did_you_mean, extended
from bot.content.templates import finished
from bot.domain.copy import Values
from bot.domain.program import Fact


@dataclass(frozen=True, slots=True)
class Making:
    """One eligibility.yaml on its way to a rule set, with the facts that it may name."""

    document: Document
    program: Document
    facts: Mapping[str, Fact]
    values: Values
    faults: Faults

    def fault(self, loc: Loc, sentence: str) -> None:
        """Note a fault at a place of eligibility.yaml."""
        self.faults.add(self.document, loc, sentence)

    def text(self, template: str, loc: Loc, most: int | None = None) -> str:
        """A finished text of at most `most` characters."""
        text = finished(template, self.values, self.document, loc, self.faults)
        if most is not None and len(text) > most:
            self.fault(loc, f"this has {len(text)} characters; at most {most} can be shown here.")
        return text

    def maybe_text(self, template: str | None, loc: Loc, most: int | None = None) -> str | None:
        """A finished text where there is one."""
        return None if template is None else self.text(template, loc, most)

    def template(self, template: str, loc: Loc, names: Iterable[str]) -> str:
        """A template as it is, checked to name nothing but `names` and the facts."""
        values = extended(self.values, dict.fromkeys(names, "1"))
        finished(template, values, self.document, loc, self.faults)
        return template

    def same_keys(self, given: Collection[str], known: Collection[str], loc: Loc) -> None:
        """Note every key that is not known, and every known one that is not given."""
        for key in given:
            if key not in known:
                self.fault((*loc, key), f"unknown key '{key}'{did_you_mean(key, known)}")
        for key in known:
            if key not in given:
                self.fault(loc, f"'{key}' is missing.")

    def fact(self, name: str, loc: Loc) -> Fact | None:
        """A fact by name; None, with a fault, when there is none."""
        if name not in self.facts:
            self.fault(loc, f"there is no fact '{name}'{did_you_mean(name, self.facts)}")
        return self.facts.get(name)

    def number(self, name: str) -> Decimal:
        """The number of a fact; 0, with a fault, when it has none."""
        fact, loc = self.facts.get(name), ("facts", name)
        if fact is None:
            self.faults.add(self.program, ("facts",), f"the rules need a fact '{name}'.")
        elif not isinstance(fact.value, int | float) or fact.value < 0:
            self.faults.add(self.program, loc, f"the rules need a number in '{name}', 0 or more.")
        else:
            return Decimal(repr(fact.value))
        return Decimal(0)

    def whole(self, name: str) -> int:
        """The whole number of a fact, likewise."""
        number = self.number(name)
        if number != int(number):
            loc = ("facts", name)
            self.faults.add(self.program, loc, f"the rules need a whole number in '{name}'.")
        return int(number)

    def hours(self, name: str) -> Decimal:
        """The hours of a fact that is in hours or minutes."""
        fact = self.facts.get(name)
        return self.number(name) / (60 if fact is not None and fact.unit == "minutes" else 1)
