"""Whether texts say only what the facts tell: no number of their own, low confidence worded as
such, and whom to ask where nobody here knows."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.content.documents import Faults
from bot.content.style import Style
from bot.content.texts import Text
from bot.domain.copy import TemplateFault, Values, fill, placeholders
from bot.domain.copy_sentences import MARK, saying
from bot.domain.program import Fact

_NAME = re.compile(r"\{[^{}|]*")
_DIGITS = re.compile(r"[^\s{}\[\]|]*\d[^\s{}\[\]|]*")
_EDGES = ".,;:!?\"'“”‘’"
_ONES = "two|three|four|five|six|seven|eight|nine|ten"
_LARGE = (
    "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
    "forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen"
)
_UNITS = "years?|months?|weeks?|days?|hours?|minutes?|questions?|percent|dollars?|lawyers?"
# Ten and less are everyday words ("two things to watch"), except before a unit of the program.
_SPELLED = re.compile(
    rf"\b(?:(?:one|{_ONES}|a)[ -])?(?:{_LARGE})(?:[ -](?:and )?(?:one|{_ONES}|{_LARGE}))*\b"
    rf"|\b(?:{_ONES})(?=[ -](?:[\w-]+ )?(?:{_UNITS})\b)",
    re.IGNORECASE,
)


def check_truth(
    texts: Sequence[Text],
    facts: Mapping[str, Fact],
    values: Values,
    style: Style,
    faults: Faults,
) -> None:
    """Note each number that stands in a text itself, and each answer that claims too much."""
    for text in texts:
        for offset, number in numbers_in(text.template):
            if not style.allows(number, text.owner):
                faults.note(text.place(offset), _own_number(number))
        if text.kind == "answer":
            _check_answer(text, facts, values, style, faults)


def numbers_in(template: str) -> Iterator[tuple[int, str]]:
    """Every number, in digits or words, that stands outside of the placeholders' names."""
    literal = _NAME.sub(lambda name: " " * len(name.group()), template)
    for pattern in (_DIGITS, _SPELLED):
        for found in pattern.finditer(literal):
            number = found.group().strip(_EDGES)
            is_whole = number.count("(") == number.count(")")
            yield found.start(), number if is_whole else number.strip("()")


def _own_number(number: str) -> str:
    return (
        f"'{number}' stands in the text itself. Name a value of program.yaml in curly brackets, "
        "or allow the number in style.yaml under 'digits' and say why."
    )


def _check_answer(
    text: Text, facts: Mapping[str, Fact], values: Values, style: Style, faults: Faults
) -> None:
    try:
        named = {place.name for place in placeholders(text.template)}
        used = [facts[name] for name in sorted(named) if name in facts]
        for fact in used:
            if fact.confidence == "low" and fact.value is not None:
                _check_hedged(text, fact, values, style, faults)
        unknown = [fact.name for fact in used if fact.value is None]
        if not all(_says_who_knows(text, name, unknown, values, style) for name in unknown):
            faults.note(text.place(), _nobody_named(text))
    except (KeyError, TemplateFault):
        return  # told already, as a placeholder without a value or a template that cannot be read


def _check_hedged(text: Text, fact: Fact, values: Values, style: Style, faults: Faults) -> None:
    for sentence in saying(text.template, values, fact.name):
        lower = sentence.casefold()
        if not any(re.search(rf"\b{re.escape(hedge)}\b", lower) for hedge in style.hedges):
            shown = sentence.replace(MARK, f"{{{fact.name}}}").removeprefix("- ")
            faults.note(
                text.place(max(text.template.find(f"{{{fact.name}"), 0)),
                f"{{{fact.name}}} is of low confidence, and this is said as if it were sure: "
                f"'{_short(shown)}' Use one of the hedges of style.yaml in the same sentence.",
            )


def _says_who_knows(
    text: Text, name: str, unknown: Sequence[str], values: Values, style: Style
) -> bool:
    """Whether the answer names somebody who knows, even once only `name` is still unknown."""
    found = {other: MARK for other in unknown if other != name}
    lower = fill(text.template, {**values, **found}).casefold()
    return any(re.search(rf"\b{re.escape(words)}\b", lower) for words in style.who_knows)


def _nobody_named(text: Text) -> str:
    return (
        f"'{text.owner}' says that something is not known, and not who knows it. Use one of the "
        "words under 'who_knows' in style.yaml."
    )


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:90]}…"
