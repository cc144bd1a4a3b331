"""Odd forms of a message: quoted answers, code, links, far too much text, kindness around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import load_content, shipped_places
from bot.domain.decision import decide
from bot.domain.faq import Decision
from bot.domain.manners import (
    LONGEST_QUESTION,
    Beside,
    beside,
    is_code,
    parts_of,
    shortened,
    weighed,
)
from bot.domain.matching_fit import fit
from bot.domain.own_words import quoted_in
from bot.domain.pleasantries import without_pleasantries
from tests.support.content import TODAY
from tests.support.manners import NO_TALK, POOL, shipped_manners
from tests.support.small_bank import pool_bank

INDEX = fit(pool_bank())
QUOTE = " ".join(f"hour{at}" for at in range(4, 24))
STORY = "I have thought about this for a good many years. " * 200


def asked(text: str) -> Decision:
    return decide(text, INDEX, NO_TALK, (), POOL)


@pytest.mark.parametrize("text", [QUOTE, f"> {QUOTE.upper()}", f"&gt; {QUOTE}, see?"])
def test_a_quoted_answer_is_known_as_the_bots_own(text: str) -> None:
    """Who only quotes the bot is told what that is an answer to."""
    found = asked(text)
    assert (found.outcome, found.instead) == ("unknown", "My answer to “When?”.")


def test_a_question_beside_a_quotation_is_the_question() -> None:
    """Who quotes an answer and asks on is answered on what they ask."""
    found = asked(f"> {QUOTE}\nand what does a ticket cost")
    assert (found.outcome, found.entry, found.instead) == ("answer", "ticket-price", "")


def test_a_few_words_in_a_row_are_nobodys() -> None:
    """A name of several words that an answer holds too is no quotation."""
    eleven = " ".join(f"hour{at}" for at in range(11))
    assert quoted_in(eleven, POOL.own) is None
    assert quoted_in(f"{eleven} hour11", POOL.own) is not None


def test_every_shipped_answer_is_known_again() -> None:
    """Any answer that is pasted back is known as the answer to its question."""
    own = shipped_manners().own
    entries = load_content(shipped_places(), TODAY).entries.values()
    assert len(entries) > 90
    for entry in entries:
        found = quoted_in(entry.text, own)
        assert found is not None, entry.id
        assert entry.question in found.sentence


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return {'a': x[0]}\nprint(f([1, 2]))",
        "<b>lost</b><script>alert(1)</script><img src=x onerror=alert(1)>",
        'Traceback (most recent call last): File "x.py", line 5, in <module> KeyError',
        "if (a[0] == b) { return f(a); } else { return g(b); }",
        "at com.firm.Billing.post(Billing.java:114)",
    ],
)
def test_code_is_said_to_be_code(text: str) -> None:
    """A program that was pasted gets a sentence, and no guess."""
    found = asked(text)
    assert (found.outcome, found.choices, found.instead) == ("unknown", (), "Code.")


@pytest.mark.parametrize(
    "text",
    [
        "what is the exam fee (member; non-member)?",
        "exam [fee] / deadline = ?",
        "$500 or $600 (in total)?",
        "I do this: (1) read; (2) practice; (3) take the test. Is that enough (really)?",
        "`exam fee`",
        "<https://example.org|the page> says $500",
    ],
)
def test_prose_with_signs_is_no_code(text: str) -> None:
    """Brackets, amounts and lists do not make a question a program."""
    assert not is_code(text)


def test_only_a_link_is_told_to_be_closed_to_the_bot() -> None:
    """Who sends only a link reads that links are not opened."""
    assert beside("https://example.org/a?b=1", "chat", POOL) == Beside("No links.")
    assert beside("12345", "chat", POOL) == Beside()
    assert beside("thanks https://example.org", "chat", POOL) == Beside()


def test_a_long_text_is_answered_by_its_last_question() -> None:
    """Twelve thousand characters with the question at the end are answered, and it is said."""
    found = asked(f"{STORY}So, how much is a ticket? Thank you.")
    assert (found.outcome, found.entry) == ("answer", "ticket-price")
    assert found.remark == "Both ends."


def test_a_long_text_is_answered_by_its_beginning() -> None:
    """The question may stand first as well."""
    asking = "closing time, what time does the pool close tonight, opening hours on sunday? " * 5
    assert asked(f"{asking}{STORY}").entry == "opening-hours"


def test_a_long_text_without_a_clear_question_is_too_long() -> None:
    """Of a long text no guess is made: the bot asks for a sentence or two."""
    found = asked(STORY)
    assert (found.outcome, found.choices, found.instead) == ("unknown", (), "Too long.")


@given(st.text(min_size=0, max_size=40), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_what_is_kept_of_a_text_is_never_too_long(text: str, times: int) -> None:
    """Whatever is typed fits, and is known as long when something was left out."""
    typed = text * times
    kept = shortened(typed)
    assert len(kept) == min(len(typed), LONGEST_QUESTION)
    assert kept == typed or (kept.startswith(typed[:1000]) and kept.endswith(typed[-1000:]))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hope you are all well! what does it cost", "what does it cost"),
        ("what does it cost? have a great weekend, all", None),
        ("what does it cost? have a great weekend!", "what does it cost?"),
        ("what does it cost, hope you know, or when is it", None),
        ("hope you know? what does it cost", None),
        ("hope you are well", None),
        ("hope you can tell me what a ticket costs for my two children and their dog. ok", None),
    ],
)  # fmt: skip
def test_kind_words_around_a_question_are_left_aside(text: str, left: str | None) -> None:
    """Only whole friendly clauses at either end go; what asks, or is all there is, stays."""
    assert without_pleasantries(text, POOL.remarks.pleasantries) == (left or text)


def test_guesses_are_kept_from_grief() -> None:
    """Who tells of grief and asks nothing is offered no list; who asks is."""
    unsure = Decision("clarify", None, 0.4, ("lost-things", "ticket-price"), ())
    assert weighed("i fell", unsure, POOL).instead == "Oh dear, nothing to add."
    assert weighed("i fell, what now?", unsure, POOL).choices == unsure.choices


def test_advice_is_given_only_on_what_is_ours() -> None:
    """A doctor's question is declined, save where an entry may be shown all the same."""
    shown = Decision("answer", "opening-hours", 0.9, (), ())
    other = Decision("answer", "ticket-price", 0.9, (), ())
    assert weighed("ear drops at the pool", shown, POOL).remark == "No advice."
    assert weighed("ear drops at the pool", other, POOL).instead == "Ask a doctor."


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_text_leaves_something_to_match(text: str) -> None:
    """Whatever is typed, friendly words and quotations never leave an empty question."""
    assert all(part or not text for part in parts_of(text, text, POOL))
