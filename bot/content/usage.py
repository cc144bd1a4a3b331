"""What rests on a fact: sentences, rules, numbers of the rules, and facts worked out of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.documents import Loc
from bot.content.eligibility_rule_set import RULE_FACTS
from bot.content.recertification_schema import ANNIVERSARY_FACTS, RECERT_FACTS
from bot.content.survey import Survey
from bot.content.texts import Kind, Text
from bot.domain.copy import placeholders
from bot.domain.copy_sentences import sentences

UseKind = Kind | Literal["fact", "number", "smallest", "basis"]


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that rests on a fact.

    `says` is the finished sentence, or the value; empty for a passage of which nothing is shown
    while the fact is empty. `by` is the fact that it names, which may be worked out of the other.
    A `basis` rests on where the fact comes from and how old it is; all others on its value.
    """

    kind: UseKind
    owner: str
    place: str
    says: str
    by: str


def uses_of(name: str, survey: Survey) -> tuple[Use, ...]:
    """Everything that rests on a fact, in the order of the files. Raises ContentError."""
    survey.fact(name)
    names = (name, *_made_of(name, survey))
    facts = (_fact(made, survey) for made in names[1:])
    return (*facts, *_numbers(names, survey), *_settings(names, survey), *_said(names, survey))


def _made_of(name: str, survey: Survey) -> tuple[str, ...]:
    """The facts that are worked out of this one, also by way of others."""
    found = [name]
    for at in found:
        found += [
            fact.name
            for fact in survey.bank.facts.values()
            if at in fact.made_of and fact.name not in found
        ]
    return tuple(found[1:])


def _fact(name: str, survey: Survey) -> Use:
    text = survey.bank.facts[name].text or ""
    return Use("fact", name, survey.place_of(name), text, name)


def _numbers(names: Sequence[str], survey: Survey) -> Iterator[Use]:
    for number, name in RULE_FACTS.items():
        if name in names:
            worth = f"{getattr(survey.bank.rule_set.numbers, number):f}"
            yield Use("number", number, survey.place_of(name), worth, name)
    yield from _recertification(names, survey)


def _recertification(names: Sequence[str], survey: Survey) -> Iterator[Use]:
    """What keeping the CLM takes from a fact by its bare name."""
    minimums = {
        subject: given["minimum"]
        for subject, given in survey.recertification.data["subjects"].items()
        if given.get("minimum")
    }
    for number, name in {**RECERT_FACTS, **ANNIVERSARY_FACTS, **minimums}.items():
        if name in names:
            worth = survey.bank.facts[name].text or ""
            yield Use("number", f"recertification.{number}", survey.place_of(name), worth, name)


def _settings(names: Sequence[str], survey: Survey) -> Iterator[Use]:
    """What eligibility.yaml takes from a fact by its bare name."""
    document, data = survey.eligibility, survey.eligibility.data
    for rule, given in data["rules"].items():
        if given["basis"] in names:
            place = document.at(("rules", rule, "basis"))
            yield Use("basis", f"rules.{rule}", place, "", given["basis"])
    for at, step in enumerate(data["dialog"]["steps"]):
        for number, question in enumerate(step["questions"]):
            if (name := question.get("smallest")) in names:
                loc: Loc = ("dialog", "steps", at, "questions", number, "smallest")
                text = survey.bank.facts[name].text or ""
                yield Use("smallest", f"dialog.{question['id']}", document.at(loc), text, name)


def _said(names: Sequence[str], survey: Survey) -> Iterator[Use]:
    for text in survey.texts:
        named = {place.name for place in placeholders(text.template)}
        told: set[str] = set()
        for name in names:
            uses = _sentences(text, name, survey) if name in named else ()
            yield from (use for use in uses if use.says not in told)
            told |= {use.says for use in uses}


def _sentences(text: Text, name: str, survey: Survey) -> tuple[Use, ...]:
    """A sentence stands where the template names the fact for the same time, or at last."""
    offsets = [at.start() for at in re.finditer(rf"\{{{name}[|}}]", text.template)] or [0]
    # What is filled in for a member later stands as its name in curly brackets.
    later = {one.name: f"{{{one.name}}}" for one in placeholders(text.template)}
    values = {**later, **survey.bank.copy.values}
    found = [one.text for one in sentences(text.template, values) if name in one.names]
    return tuple(
        Use(
            text.kind,
            text.owner,
            text.place(offsets[min(at, len(offsets) - 1)]),
            sentence.removeprefix("- "),
            name,
        )
        for at, sentence in enumerate(found or [""])
    )
