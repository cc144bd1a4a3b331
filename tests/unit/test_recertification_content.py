"""recertification.yaml: what ships is sound, and what an editor gets wrong is told in words."""

from pathlib import Path

import pytest

from bot.domain.program import listed
from bot.domain.recertification import CORE_SUBJECTS, SUBJECTS
from tests.support.content import Tree, copied

FILE, PROGRAM = "recertification.yaml", "program.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def test_the_shipped_rules_are_those_of_the_program(tree: Tree) -> None:
    """The subjects bear the very names that the answers give, and the numbers are the facts'."""
    bank = tree.load()
    rules, facts = bank.recertification, bank.facts
    assert tuple(rules.subjects) == SUBJECTS
    labels = [rules.subjects[name].label for name in CORE_SUBJECTS]
    assert listed(labels) == facts["recert_subjects"].text
    minimums = sum(subject.needed for subject in rules.subjects.values())
    assert minimums == facts["recert_fixed_hours"].value
    assert rules.total - minimums == facts["recert_free_hours"].value


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "told"),
    [
        (FILE, "label: financial management", "label: finance", FILE, "does not name 'finance'"),
        (FILE, "  operations:", "  operation:", FILE, "Did you mean 'operations'?"),
        (
            FILE,
            "minimum: recert_ethics",
            "minimum: recert_ethic",
            FILE,
            "Did you mean 'recert_ethics'?",
        ),
        (FILE, "webinar: passive", "webinar: sometimes", FILE, "'full', 'passive'"),
        (FILE, "{number} hours", "{numbr} hours", FILE, "nothing is called {numbr}"),
        (FILE, "  social: none\n", "", FILE, "'social' is missing."),
        (PROGRAM, '"financial management", ', "", FILE, "does not name 'financial management'"),
        (
            PROGRAM,
            "  recert_total:\n    value: 36",
            "  recert_total:\n    value: null",
            PROGRAM,
            "a number",
        ),
        (
            PROGRAM,
            "  recert_cycle_years:\n    value: 3",
            "  recert_cycle_years:\n    value: 0",
            PROGRAM,
            "one or more",
        ),
    ],
)
def test_a_slip_is_told_with_its_place(
    tree: Tree, name: str, old: str, new: str, where: str, told: str
) -> None:
    """An editor who slips reads which file and line, and what is expected there."""
    tree.edit(name, old, new)
    faults = [fault for fault in tree.faults() if told in fault]
    assert faults and faults[0].startswith(f"content/{where}:"), tree.faults()


def test_an_anniversary_that_nobody_knows_any_more_is_no_fault(tree: Tree) -> None:
    """Without the days of the seasons the bot still works; members give their own day then."""
    for season in ("spring", "fall"):
        line = tree.line_of(PROGRAM, f"recert_anniversary_{season}:")
        rows = (tree.content / PROGRAM).read_text(encoding="utf-8").split("\n")
        rows[line] = "    value: null"
        (tree.content / PROGRAM).write_text("\n".join(rows), encoding="utf-8")
    # Answers that name the days tell it themselves; the rules do without them.
    assert all("content/faq/" in fault for fault in tree.faults()), tree.faults()


def test_a_chapters_own_file_is_laid_over(tree: Tree) -> None:
    """A chapter that hears otherwise from ALA changes how a kind counts in a file of its own."""
    tree.own(f"content/{FILE}", "kinds:\n  recording: none\n")
    rules = tree.load().recertification
    assert (rules.kinds["recording"], rules.kinds["webinar"]) == ("none", "passive")
