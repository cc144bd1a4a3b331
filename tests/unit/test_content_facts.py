"""`clm content facts`: the facts, and everything that rests on one of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.content import ContentPlaces
from bot.content.recertification_schema import RECERT_FACTS
from bot.content.survey import Survey, surveyed
from bot.content.usage import Use, uses_of
from bot.domain.copy import placeholders
from bot.domain.copy_sentences import sentences
from tests.support.cli import Terminal, terminal
from tests.support.content import TODAY, Tree, copied

IN_TEXTS = ("answer", "message", "rule", "dialog")
OWN = "content/program.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def survey(tree: Tree, day: date = TODAY) -> Survey:
    return surveyed(ContentPlaces(tree.content, own=tree.home), day)


def said(found: Survey) -> set[tuple[str, str]]:
    """Every finished sentence of every text, with whose it is."""
    values = found.bank.copy.values
    return {
        (text.owner, sentence.text.removeprefix("- "))
        for text in found.texts
        for later in [{one.name: f"{{{one.name}}}" for one in placeholders(text.template)}]
        for sentence in sentences(text.template, {**later, **values})
    }


def numbers(found: Survey) -> dict[str, Any]:
    rules, keeping = found.bank.rule_set.numbers, found.bank.recertification
    values = {
        **{name: getattr(keeping, name) for name in RECERT_FACTS},
        **{name: subject.needed for name, subject in keeping.subjects.items()},
        **keeping.anniversaries,
    }
    return {
        **{name: getattr(rules, name) for name in rules.__dataclass_fields__},
        **{f"recertification.{name}": value for name, value in values.items()},
    }


def smallest(found: Survey) -> dict[str, Any]:
    steps = found.bank.dialog.steps
    return {f"dialog.{q.id}": q.smallest for step in steps for q in step.questions}


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def owners(uses: tuple[Use, ...], kind: str) -> set[str]:
    return {use.owner for use in uses if use.kind == kind}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("edu_total_hours", "11"),
        ("edu_min_session_minutes", "90"),
        ("edu_specialist_extra", "17"),
        ("experience_years", "4"),
        ("edu_window_months", "30"),
        ("specialist_areas", '["financial", "marketing"]'),
        ("edu_categories", '["writing skills", "typing"]'),
        ("recert_per_subject", "2"),
        ("recert_teach_cap", "5"),
        ("recert_anniversary_fall", '"12-01"'),
        ("exam_fee_member", "512"),
        ("retired_return_rule", '"you tell ALA"'),
        ("ala_phone", '"+1-555-0100"'),
        ("code_of_ethics_endorsed", '"always"'),
    ],
)
def test_one_fact_changes_what_rests_on_it_and_nothing_else(
    tree: Tree, name: str, value: str
) -> None:
    """A chapter changes one value, and exactly the sentences and numbers listed change with it."""
    before = survey(tree)
    uses = uses_of(name, before)
    tree.own(OWN, f"facts:\n  {name}: {{value: {value}}}\n")
    after = survey(tree)

    gone = said(before) - said(after)
    assert gone == {(use.owner, use.says) for use in uses if use.kind in IN_TEXTS and use.says}
    facts = changed(
        {key: fact.value for key, fact in before.bank.facts.items()},
        {key: fact.value for key, fact in after.bank.facts.items()},
    )
    assert facts == {name} | owners(uses, "fact")
    assert changed(numbers(before), numbers(after)) == owners(uses, "number")
    assert changed(smallest(before), smallest(after)) == owners(uses, "smallest")


def test_a_rule_follows_its_fact(tree: Tree) -> None:
    """The rule of the check asks for the new number, in its words and in its judgement."""
    tree.own(OWN, "facts:\n  edu_total_hours: {value: 11}\n")
    rules = tree.load().rule_set
    assert rules.rules["education_total"].rule.startswith("At least 11 hours of education")
    assert rules.numbers.total_hours == 11


def test_each_use_is_told_with_its_line(tree: Tree) -> None:
    """The line that is told is the one in which the fact is named."""
    uses = uses_of("edu_min_session_minutes", survey(tree))
    lines = [use.place for use in uses if use.owner == "chapter-events-count"]
    line = tree.line_of("faq/education.yaml", "- at least {edu_min_session_minutes} minutes")
    assert lines == [f"content/faq/education.yaml:{at}" for at in (line, line + 1)]


def test_a_basis_is_told_apart(tree: Tree) -> None:
    """A rule that shows the source and age of a fact is listed for that."""
    tree.own(OWN, 'facts:\n  edu_total_hours: {as_of: "March 2031"}\n')
    found = survey(tree)
    assert owners(uses_of("edu_total_hours", found), "basis") == {"rules.education_total"}
    assert found.bank.rule_set.rules["education_total"].as_of == "March 2031"


def test_facts_are_listed(shell: Terminal) -> None:
    """Every fact is told in one line with value, unit, confidence, age and source."""
    ran = shell.runs("content", "facts")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.split("\n")
    assert (
        "recert_fee: $189 (USD; confidence medium; as of about 2018 to 2023; "
        "source ala-recertifying-older)"
    ) in lines
    assert "retake_fee: nobody knows (USD; confidence unknown)" in lines
    assert len(lines) > 140


def test_where_shows_the_sentences(shell: Terminal) -> None:
    """`--where` shows each sentence finished, and those that a worked-out value brings along."""
    ran = shell.runs("content", "facts", "--where", "edu_specialist_extra")
    assert ran.code == 0
    assert "the fact edu_specialist_total, worked out: 25" in ran.out
    assert "so 25 in all." in ran.out
    assert "the number extra_hours of the rules: 15" in ran.out
    assert "rule rules.specialist_extra: Functional specialists need 15 further hours" in ran.out
    assert "dialog dialog.extra: By older ALA pages" in ran.out


def test_an_unknown_fact_is_told_with_the_one_that_was_meant(shell: Terminal) -> None:
    """A misspelled name ends with exit code 65 and a hint."""
    ran = shell.runs("content", "facts", "--where", "edu_totl_hours")
    assert (ran.code, ran.out) == (65, "")
    assert ran.err == (
        "there is no fact 'edu_totl_hours' in program.yaml. Did you mean 'edu_total_hours'?\n"
    )


def test_a_worked_out_value_is_unknown_with_its_parts(tree: Tree) -> None:
    """What follows from a value that nobody knows is not known either."""
    tree.own(
        OWN, "facts:\n  ours: {formula: exam_hours * 2 - retake_fee, unit: USD, confidence: high}"
    )
    assert tree.load().facts["ours"].text is None
    tree.own(OWN, "facts:\n  ours: {formula: exam_hours * 2 - 1, unit: hours, confidence: high}")
    assert tree.load().facts["ours"].text == "7"


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("exam_hour + 1", "'ours': there is no fact 'exam_hour'. Did you mean 'exam_hours'?"),
        ("exam_hours / 2", "'ours': a formula is made of names of facts, whole numbers, + - *"),
        ("exam_hours +", "'ours': a formula is made of names of facts"),
        ("ours + 1", "'ours': 'ours' would rest on itself."),
        ("exam_vendor + 1", "'ours': 'exam_vendor' is no number."),
        ("count(exam_hours)", "'ours': 'exam_hours' is no list, so it cannot be counted."),
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_told(
    tree: Tree, formula: str, sentence: str
) -> None:
    """A formula with a mistake is told in one line, in words."""
    path = tree.own(
        OWN, f'facts:\n  ours: {{formula: "{formula}", unit: number, confidence: high}}\n'
    )
    faults = tree.faults()
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{path}:2: {sentence}")


def test_a_value_beside_a_formula_is_told(tree: Tree) -> None:
    """A chapter that overwrites a worked-out value learns what to change instead."""
    tree.own(OWN, "facts:\n  edu_specialist_total: {value: 30}\n")
    assert len(tree.faults()) == 1 and "write formula: null" in tree.faults()[0]
    tree.own(OWN, "facts:\n  edu_specialist_total: {value: 30, formula: null}\n")
    assert tree.load().facts["edu_specialist_total"].value == 30
