"""`clm eval`: what is counted, and how files are read."""

import json
from collections.abc import Sequence

import pytest

from bot.domain.faq import Decision
from bot.domain.matching import Example
from bot.domain.measures import Case, auroc, percentile
from bot.errors import InputError
from bot.evaluation import (
    Report,
    cases_of,
    cross_validate,
    evaluate,
    evaluate_bank,
    report_json,
    report_text,
)
from tests.support.small_bank import pool_bank

ANSWERS = {
    "fee": Decision("answer", "fee", 0.9, (), (("fee", 0.8), ("date", 0.1))),
    "status": Decision("action", "status", 0.95, (), (("status", 0.8), ("fee", 0.1))),
    "dates": Decision("answer", "fee", 0.7, (), (("fee", 0.5), ("date", 0.4))),
    "when": Decision("clarify", None, 0.5, ("fee", "date"), (("fee", 0.4), ("date", 0.3))),
    "hm": Decision("clarify", None, 0.4, ("fee",), (("fee", 0.4), ("date", 0.3))),
    "what": Decision("unknown", None, 0.2, (), (("date", 0.1), ("fee", 0.05))),
    "lunch": Decision("unknown", None, 0.1, (), (("fee", 0.1),)),
    "thanks": Decision("chat", None, 0.0, (), (("fee", 0.1),)),
    "notary": Decision("answer", "fee", 0.8, (), (("fee", 0.6),)),
    "gala": Decision("clarify", None, 0.45, ("fee",), (("fee", 0.3),)),
}
CASES = [
    Case("fee", "fee"),
    Case("status", "status"),
    Case("dates", "date"),
    Case("when", "date"),
    Case("hm", "date"),
    Case("what", "date"),
    Case("lunch", "oos"),
    Case("thanks", "oos"),
    Case("notary", "oos"),
    Case("gala", "oos"),
]


def _report(cases: Sequence[Case]) -> Report:
    return evaluate(cases, ANSWERS.__getitem__, build_s=1.5)


def test_every_share_is_counted_as_the_contract_says() -> None:
    """Right, wrong, offered and missed, and what happened to messages out of scope."""
    report = json.loads(report_json(_report(CASES)))
    assert report["in_scope"] == pytest.approx(
        {
            "n": 6,
            "top1": 3 / 6,
            "top3": 1.0,
            "right": 2 / 6,
            "wrong": 1 / 6,
            "offered": 1 / 6,
            "missed": 2 / 6,
        }
    )
    assert report["oos"] == {"n": 4, "answered": 0.25, "offered": 0.25, "declined": 0.5}
    assert report["build_s"] == 1.5
    assert 0 <= report["latency_ms"]["p50"] <= report["latency_ms"]["p99"]


def test_labels_have_their_own_figures() -> None:
    """For each label of the file: its shares, and what came first instead."""
    labels = json.loads(report_json(_report(CASES)))["per_label"]
    assert list(labels) == ["date", "fee", "status"]
    assert labels["date"] == {
        "n": 4,
        "top1": 0.25,
        "right": 0.0,
        "wrong": 0.25,
        "offered": 0.25,
        "missed": 0.5,
        "confused_with": {"fee": 3},
    }
    assert labels["fee"]["confused_with"] == {}


def test_the_keys_are_those_of_the_contract() -> None:
    """Tools outside read these keys."""
    report = json.loads(report_json(_report(CASES)))
    assert list(report) == ["in_scope", "oos", "auroc", "latency_ms", "build_s", "per_label"]


@pytest.mark.parametrize("cases", [[], CASES[:6], CASES[6:]])
def test_kinds_without_messages_are_zero_not_nan(cases: list[Case]) -> None:
    """A file with one kind of message, or none, gives numbers and an unknown AUROC."""
    text = report_json(_report(cases))
    report = json.loads(text)
    assert "NaN" not in text
    assert report["auroc"] is None
    assert report["in_scope"]["n"] + report["oos"]["n"] == len(cases)
    assert report_text(_report(cases))


def test_auroc_is_the_chance_of_a_higher_confidence() -> None:
    """One when all in scope are surer, one half when there is no difference, ties half."""
    assert auroc([0.9, 0.8], [0.1]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.2, 0.6], [0.4, 0.4]) == 0.5
    assert auroc([0.1], [0.9, 0.1]) == 0.25
    assert auroc([], [0.1]) is None


@pytest.mark.parametrize(("share", "value"), [(0.5, 3.0), (0.99, 5.0), (0.0, 1.0)])
def test_percentiles(share: float, value: float) -> None:
    """The middle and the tail of what messages took."""
    assert percentile([5.0, 1.0, 2.0, 3.0, 4.0], share) == value


def test_the_text_names_the_worst_labels_and_strange_ones() -> None:
    """A person reads where to look first, and which labels the bank does not have."""
    report = evaluate(CASES, ANSWERS.__getitem__, build_s=0, labels=["fee", "date"])
    text = report_text(report)
    assert "date: 25% of 4; fee 3" in text
    assert "does not know: status" in text
    assert "right entry first 50.0%" in text


def test_lines_become_cases() -> None:
    """Other keys, empty lines, a leading mark and Windows line ends do no harm."""
    lines = ['\ufeff{"text": "a", "label": "x", "style": 1}\r', "", '{"label": "oos", "text": ""}']
    assert cases_of(lines, "f.jsonl") == (Case("a", "x"), Case("", "oos"))


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '"text"',
        '{"text": "a"}',
        '{"label": "x"}',
        '{"text": 1, "label": "x"}',
        '{"text": "a", "label": ""}',
        '{"text": "a", "label": null}',
        "[" * 100000,
    ],
)
def test_a_bad_line_is_named(bad: str) -> None:
    """One bad line is told with file and line, and nothing else comes of the file."""
    with pytest.raises(InputError, match=r"^data/f\.jsonl:2: .+\.$"):
        cases_of(['{"text": "a", "label": "x"}', bad], "data/f.jsonl")


def test_a_bank_is_all_that_is_known() -> None:
    """With a bank of its own the matcher is fitted on that alone."""
    bank = [Case(one.text, one.label) for one in pool_bank()]
    report = evaluate_bank([Case("price of a ticket", "ticket-price")], bank)
    assert (report.figures.in_scope.n, report.figures.in_scope.top1) == (1, 1.0)
    assert report.build_s > 0
    assert report.unknown_labels == ()


def test_with_a_bank_small_talk_is_matched_like_anything_else() -> None:
    """The rules for greetings and noise are off, so that any data set can be measured."""
    bank = [Case(one.text, one.label) for one in pool_bank()]
    bank += [Case(text, "hello") for text in ("hi", "hello", "hi there", "good morning", "hey")]
    report = evaluate_bank([Case("hi", "hello"), Case("good morning", "hello")], bank)
    assert report.figures.in_scope.right == 1.0


def test_a_bank_without_entries_is_refused() -> None:
    """A bank of out-of-scope lines alone, or an empty one, is an error in words."""
    with pytest.raises(InputError):
        evaluate_bank([Case("a", "x")], [Case("a", "oos")])
    with pytest.raises(InputError):
        evaluate_bank([], [])


def test_cross_validation_leaves_each_author_out() -> None:
    """Each author is tested on a bank that none of his wording is in."""
    bank = [
        Example(one.text, one.label, ("ada", "bo")[at % 2]) for at, one in enumerate(pool_bank())
    ]
    reports = cross_validate([*bank, Example("cost", "ticket-price")])
    assert list(reports) == ["ada", "bo"]
    assert all(report.figures.in_scope.n == 12 for report in reports.values())
    assert all(report.figures.out_of_scope.n == 6 for report in reports.values())


def test_an_author_who_wrote_everything_is_passed_over() -> None:
    """Without anybody else's wording there is nothing to test against."""
    assert cross_validate([Example("a fee", "fee", "ada"), Example("hi", "oos")]) == {}
