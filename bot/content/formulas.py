"""Facts that follow from other facts, worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.content.documents import Document, Faults, did_you_mean
from bot.domain.formula import FormulaFault, names_in, worth
from bot.domain.program import Fact, FactValue


def worked_out(
    facts: Mapping[str, Fact], formulas: Mapping[str, str], document: Document, faults: Faults
) -> dict[str, Fact]:
    """The facts with the value of each formula; one that cannot be worked out is noted."""
    working = _Working(dict(facts), formulas, document, faults)
    for name in formulas:
        working.value(name, ())
    return working.facts


@dataclass(slots=True)
class _Working:
    facts: dict[str, Fact]
    formulas: Mapping[str, str]
    document: Document
    faults: Faults
    done: set[str] = field(default_factory=set)

    def value(self, name: str, above: tuple[str, ...]) -> FactValue:
        """The value of a fact, its formula worked out first. `above`: what is being worked out."""
        if name in self.formulas and name not in self.done:
            self.done.add(name)
            self._work_out(name, above)
        return self.facts[name].value

    def _work_out(self, name: str, above: tuple[str, ...]) -> None:
        formula, way = self.formulas[name], (*above, name)
        try:
            parts = names_in(formula)
            if wrong := next(self._wrong(parts, way), ""):
                raise FormulaFault(wrong)
            found = worth(formula, {part: self.value(part, way) for part in parts})
        except FormulaFault as fault:
            sentence = str(fault)
            self.faults.add(
                self.document,
                ("facts", name, "formula"),
                f"'{name}': {sentence}{'' if sentence.endswith(('.', '?')) else '.'}",
            )
        else:
            self.facts[name] = replace(self.facts[name], value=found, made_of=parts)

    def _wrong(self, parts: tuple[str, ...], way: tuple[str, ...]) -> Iterator[str]:
        for part in parts:
            if part not in self.facts:
                yield f"there is no fact '{part}'{did_you_mean(part, self.facts)}"
            elif part in way:
                yield f"'{part}' would rest on itself"
