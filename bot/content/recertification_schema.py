"""recertification.yaml and the facts of program.yaml, made into the rules of keeping the CLM."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.content.documents import Faults, did_you_mean, validated
from bot.content.eligibility_making import Making
from bot.content.places import Shelf
from bot.content.recertification_file import RecertificationFile, SubjectFile
from bot.domain.copy import Values
from bot.domain.eligibility_profile import KINDS
from bot.domain.program import Fact
from bot.domain.recertification import CORE_SUBJECTS, SUBJECTS, RecertificationRules, Subject

RECERTIFICATION = "recertification.yaml"

RECERT_FACTS = {
    "total": "recert_total",
    "teaching_cap": "recert_teach_cap",
    "passive_cap": "recert_selfstudy_cap",
    "cycle_years": "recert_cycle_years",
}
"""The fact that each number of the rules comes from; subjects name theirs themselves."""

ANNIVERSARY_FACTS = {"spring": "recert_anniversary_spring", "fall": "recert_anniversary_fall"}

_NAMES, _MINIMUM = "recert_subjects", "recert_per_subject"
_LONGEST_LABEL = 75
_UNITS = ("hours",)


def recertification_from(
    shelf: Shelf, facts: Mapping[str, Fact], values: Values, faults: Faults
) -> RecertificationRules | None:
    """The rules; None, with every fault noted, when they cannot be made."""
    document = shelf.document(RECERTIFICATION)
    file = validated(RecertificationFile, document.data, document, (), faults)
    if file is None:
        return None
    before = len(faults.sentences)
    making = Making(document, shelf.document("program.yaml"), facts, values, faults)
    making.same_keys(file.subjects, SUBJECTS, ("subjects",))
    making.same_keys(file.kinds, KINDS, ("kinds",))
    making.same_keys(file.units, _UNITS, ("units",))
    _check_names(file, making)
    rules = RecertificationRules(
        subjects=dict(_subjects(file, making)),
        kinds=file.kinds,
        total=making.hours(RECERT_FACTS["total"]),
        teaching_cap=making.hours(RECERT_FACTS["teaching_cap"]),
        passive_cap=making.hours(RECERT_FACTS["passive_cap"]),
        cycle_years=_cycle_years(making),
        anniversaries=dict(_anniversaries(facts)),
        units=_hours(file, making),
        values=values,
    )
    return rules if len(faults.sentences) == before else None


def _subjects(file: RecertificationFile, making: Making) -> Iterator[tuple[str, Subject]]:
    for name, subject in file.subjects.items():
        loc = ("subjects", name)
        label = making.text(subject.label, (*loc, "label"), _LONGEST_LABEL)
        yield name, Subject(name, label, _needed(name, subject, making))


def _needed(name: str, subject: SubjectFile, making: Making) -> Decimal:
    loc = ("subjects", name, "minimum")
    if subject.minimum is None:
        if name in CORE_SUBJECTS:
            making.fault(("subjects", name), f"'{name}' needs a minimum: {_MINIMUM}.")
        return Decimal(0)
    return making.hours(subject.minimum) if making.fact(subject.minimum, loc) else Decimal(0)


def _check_names(file: RecertificationFile, making: Making) -> None:
    """The subjects with the common minimum are those that the program names, word for word."""
    fact = making.facts.get(_NAMES)
    named = fact.value if fact is not None else ()
    if not isinstance(named, tuple):
        return  # the fact has a fault of its own, or nobody knows the names
    labels = {s.label: name for name, s in file.subjects.items() if s.minimum == _MINIMUM}
    for label, name in labels.items():
        if label not in named:
            hint = did_you_mean(label, named)
            making.fault(
                ("subjects", name, "label"), f"the fact {_NAMES} does not name '{label}'{hint}"
            )
    for label in named:
        if label not in labels:
            making.fault(("subjects",), f"the fact {_NAMES} names '{label}', and no subject does.")


def _cycle_years(making: Making) -> int:
    name = RECERT_FACTS["cycle_years"]
    years = making.whole(name)
    fact = making.facts.get(name)
    if years < 1 and fact is not None and isinstance(fact.value, int | float):
        sentence = f"the rules need a whole number in '{name}', one or more."
        making.faults.add(making.program, ("facts", name), sentence)
    return max(years, 1)


def _anniversaries(facts: Mapping[str, Fact]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The days that are known; where one is not, members give the end of their cycle themselves."""
    for season, name in ANNIVERSARY_FACTS.items():
        fact = facts.get(name)
        if fact is not None and fact.unit == "month_day" and isinstance(fact.value, str):
            month, day = fact.value.split("-")
            yield season, (int(month), int(day))


def _hours(file: RecertificationFile, making: Making) -> tuple[str, str]:
    unit = file.units.get("hours")
    if unit is None:
        return "", ""
    loc = ("units", "hours")
    one = making.template(unit.one, (*loc, "one"), ("number",))
    return one, making.template(unit.other, (*loc, "other"), ("number",))
