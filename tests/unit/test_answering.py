"""`clm ask`, one question at a time: the second question and what was told are in the text."""

import json
from datetime import date

import pytest

from bot.answering import as_json, as_read
from bot.services.bank import Bank
from tests.support.talk import demo_bank

KEYS = ["text", "outcome", "entry", "confidence", "choices", "ranking", "answer"]
TWO = "What is the passing score? And how much is the exam?"
TOLD = "I have 2 years as HR manager in Ohio, full time. How many years of experience do I need?"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return demo_bank()(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "said"),
    [(TWO, "You also asked: “"), (TOLD, "You told me something about yourself.")],
)
def test_a_person_and_a_program_read_the_same(bank: Bank, text: str, said: str) -> None:
    """Both are told of the second question and of the check, and the format stays as it is."""
    row = json.loads(as_json(bank, text))
    assert list(row) == KEYS
    assert (row["outcome"], row["choices"]) == ("answer", [])
    assert said in row["answer"]
    assert as_read(bank, text).startswith(row["answer"])


def test_asking_once_goes_on_from_nothing(bank: Bank) -> None:
    """A follow-up without a conversation is read for itself."""
    assert "Going on from" not in as_read(bank, "and for specialists?")
