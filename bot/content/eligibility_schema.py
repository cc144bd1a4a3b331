"""eligibility.yaml and the facts of program.yaml, made into the rule set and its dialog."""

from collections.abc import Mapping

from bot.content.documents import Faults, validated
from bot.content.eligibility_file import EligibilityFile
from bot.content.eligibility_making import Making
from bot.content.eligibility_rule_set import numbers_from, rule_set_from, version_of
from bot.content.eligibility_steps import steps_from
from bot.content.places import Shelf
from bot.domain.copy import Values
from bot.domain.eligibility import RuleSet
from bot.domain.eligibility_dialog import Dialog
from bot.domain.program import Fact, Source


def eligibility_from(
    shelf: Shelf,
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    values: Values,
    faults: Faults,
) -> tuple[RuleSet, Dialog] | None:
    """The rule set and its dialog; None, with every fault noted, when they cannot be made."""
    document = shelf.document("eligibility.yaml")
    file = validated(EligibilityFile, document.data, document, (), faults)
    if file is None:
        return None
    before = len(faults.sentences)
    making = Making(document, shelf.document("program.yaml"), facts, values, faults)
    steps = steps_from(file.dialog, making)
    numbers = numbers_from(file, making)
    version = version_of(file, numbers, steps)
    rule_set = rule_set_from(file, numbers, sources, making, version)
    if len(faults.sentences) > before:
        return None
    return rule_set, Dialog(version, steps, rule_set.categories, numbers)
