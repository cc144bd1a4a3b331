"""`clm eval`: what is counted, and how files are read."""

import json
from collections.abc import Sequence

import pytest

from bot.domain.faq import Decision
from bot.domain.measures import Case, auroc, percentile
from bot.errors import InputError
from bot.evaluation import Report, cases_of, evaluate, evaluate_bank, report_json
from bot.evaluation_text import report_text
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


def test_author_and_style_of_a_line_are_kept_where_they_are_text() -> None:
    """A message keeps who wrote it and how, for the tables; anything else there does no harm."""
    lines = ['{"text": "a", "label": "x", "author": " ann ", "style": "short", "year": 1}']
    assert cases_of(lines, "f") == (Case("a", "x", "ann", "short"),)
    assert cases_of(['{"text": "a", "label": "x", "author": 3, "style": null}'], "f") == (
        Case("a", "x"),
    )


def test_figures_are_shown_by_author_and_by_style() -> None:
    """A person sees a line for each author, each style, and each kind of style before a slash."""
    cases = [
        Case("fee", "fee", "ann", "implied/firm"),
        Case("dates", "date", "ann", "implied/self"),
        Case("lunch", "oos", "bo", "far"),
    ]
    lines = report_text(_report(cases)).split("\n")
    names = [line.split()[0] for line in lines if line.startswith("  ") and "%" in line]
    assert lines.count("by author:") == lines.count("by style:") == 1
    assert names[1:8] == ["ann", "bo", "far", "implied", "implied/firm", "implied/self", "date:"]
    [implied] = [line for line in lines if line.split()[:1] == ["implied"]]
    assert implied.split()[1:7] == ["2", "50.0%", "100.0%", "50.0%", "50.0%", "0.0%"]
    assert implied.endswith("0         -        -         -")


def test_without_authors_and_styles_there_are_no_tables() -> None:
    """A plain file is told as before, without empty tables."""
    text = report_text(_report(CASES))
    assert "by author" not in text and "by style" not in text and "by group" not in text


def test_confusions_name_the_message_and_the_utterances_at_fault() -> None:
    """For a pair that is confused a person reads the message, and what in the bank pulled it."""
    bank = [Case(one.text, one.label) for one in pool_bank()]
    report = evaluate_bank([Case("how much is a ticket then", "opening-hours")], bank)
    text = report_text(report)
    assert "opening-hours taken for ticket-price, 1:" in text
    assert '    "how much is a ticket then"\n      pulled by "how much is a ticket"' in text


def test_a_declined_stranger_is_no_confusion() -> None:
    """A message out of scope that was declined is not listed as confused with anything."""
    text = report_text(_report(CASES))
    assert "date taken for fee, 3:" in text
    assert "out of scope taken for fee, 2:" in text and '"lunch"' not in text
