"""Matching messages to entries."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calibration import choose
from bot.domain.matching import OUT_OF_SCOPE, Example, Index
from bot.domain.matching_file import UnusableIndex, from_bytes, to_bytes
from bot.domain.matching_fit import MOST_EXAMPLES, content_key, fit, fit_and_try
from bot.errors import InputError
from tests.support.small_bank import pool_bank


@pytest.fixture(scope="module")
def pool() -> Index:
    """The index of the made-up bank."""
    return fit(pool_bank())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("when do you open on saturday", "opening-hours"),
        ("HOW MUCH DO TICKETS COST??", "ticket-price"),
        ("swiming lesons for begginers", "swimming-course"),
        ("I think I lost my keys at the pool", "lost-things"),
    ],
)
def test_other_words_find_the_right_entry(pool: Index, text: str, label: str) -> None:
    """Inflected, shouted and misspelled questions come to the entry that was meant."""
    assert pool.match(text).ranking[0][0] == label


def test_an_utterance_of_the_bank_is_answered(pool: Index) -> None:
    """Asked in the very words of the bank, even a small bank answers."""
    match = pool.match("what does it cost to swim")
    assert (match.outcome, match.label, match.choices) == ("answer", "ticket-price", ())
    assert match.confidence > 0.8


@pytest.mark.parametrize("text", ["my printer is broken", "recipe for tomato soup", "кто там", ""])
def test_what_is_out_of_scope_is_not_answered(pool: Index, text: str) -> None:
    """Office life, other alphabets and empty messages get no entry."""
    match = pool.match(text)
    assert (match.outcome, match.label) == ("unknown", None)
    assert match.confidence < 0.5


def test_ranking_holds_entries_only(pool: Index) -> None:
    """The out-of-scope class is never ranked, offered or named, and the best comes first."""
    ranking = pool.match("what does a haircut cost").ranking
    scores = [score for _, score in ranking]
    assert {label for label, _ in ranking} == set(pool.entries)
    assert scores == sorted(scores, reverse=True)


def test_clarify_offers_the_first_three(pool: Index) -> None:
    """When two things are asked at once the message is asked back with the likeliest entries."""
    match = pool.match("ticket price and swimming lessons")
    assert match.outcome == "clarify"
    assert set(match.choices[:2]) == {"ticket-price", "swimming-course"}
    assert match.choices == tuple(label for label, _ in match.ranking[:3])


def test_the_order_of_examples_makes_no_difference() -> None:
    """Two editors who list the same utterances differently get the same bot, bit for bit."""
    bank = pool_bank()
    shuffled = bank[:]
    random.Random(7).shuffle(shuffled)
    assert to_bytes(fit(bank)) == to_bytes(fit([*shuffled, bank[0]]))
    assert content_key(bank) == content_key(shuffled)


def test_ties_are_broken_by_name() -> None:
    """Entries with equal scores always come in the same order."""
    index = fit([Example("same words", "b"), Example("same words", "a"), Example("other", "c")])
    assert [label for label, _ in index.match("same words").ranking] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "bank",
    [
        [Example("exam fee", "fee")],
        [Example("exam fee", "fee"), Example("exam date", "date")],
        [Example("exam fee", "fee"), Example("what is for lunch", OUT_OF_SCOPE)],
        [Example("exam fee", "fee"), Example("", "fee"), Example("…", "dots")],
        [Example("exam fee", "fee", "ada"), Example("exam cost", "fee", "ada")],
        [Example("exam fee", "fee", "ada"), Example("exam cost", "fee", "bo")],
    ],
)
def test_tiny_banks_work(bank: list[Example]) -> None:
    """A bank that has only been begun finds its own words and keeps silent on strange ones."""
    index = fit(bank)
    match = index.match("exam fee")
    assert match.ranking[0][0] == "fee"
    assert 0.0 <= match.confidence <= 1.0
    assert index.match("why is the sky blue").outcome != "answer"


def test_one_entry_alone_does_not_take_everything() -> None:
    """With a single entry and no negatives a strange message is still not answered."""
    index = fit([one for one in pool_bank(strange=False) if one.label == "ticket-price"])
    assert index.match("what does a day ticket cost").label == "ticket-price"
    assert index.match("my train was late again").label is None


def test_without_negatives_strangers_are_still_told_apart() -> None:
    """Without out-of-scope examples the confidence alone must keep strangers out."""
    index = fit(pool_bank(strange=False))
    assert index.outside is None
    assert index.match("quarterly budget spreadsheet").outcome != "answer"
    known, strange = index.match("lost and found"), index.match("quarterly budget spreadsheet")
    assert known.confidence > strange.confidence


def test_entries_weigh_alike_however_many_utterances_they_have() -> None:
    """An entry with forty utterances does not drown one with three."""
    many = [Example(f"price of item number {at}", "price") for at in range(40)]
    few = [Example(text, "hours") for text in ("opening hours", "when open", "hours please")]
    assert fit(many + few).match("hours of opening").ranking[0][0] == "hours"


def test_an_empty_bank_is_refused() -> None:
    """A bank without an utterance of any entry is an error in words."""
    with pytest.raises(InputError, match="no utterance"):
        fit([Example("hello", OUT_OF_SCOPE)])


def test_a_bank_beyond_memory_is_refused() -> None:
    """A bank that the machine cannot hold is refused before it takes the bot down."""
    with pytest.raises(InputError, match=str(MOST_EXAMPLES)):
        fit(Example(f"text {at}", "label") for at in range(MOST_EXAMPLES + 1))


def test_a_long_message_is_matched(pool: Index) -> None:
    """Twelve thousand characters are read like any other message."""
    match = pool.match("where can I get my lost towel back? " * 340)
    assert match.ranking[0][0] == "lost-things"


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_message_gets_a_decision(text: str) -> None:
    """Whatever is typed, there is one of three outcomes, and what goes with it."""
    match = _POOL.match(text)
    assert (match.label is not None) == (match.outcome == "answer")
    assert bool(match.choices) == (match.outcome == "clarify")
    assert 0.0 <= match.confidence <= 1.0
    assert len(match.ranking) == 4


_POOL = fit(pool_bank())


def test_an_index_survives_storing(pool: Index) -> None:
    """A stored index decides as the fitted one and explains as it does."""
    again = from_bytes(to_bytes(pool))
    assert again.match("tickets for kids") == pool.match("tickets for kids")
    assert again.explain("tickets for kids") == pool.explain("tickets for kids")
    assert to_bytes(again) == to_bytes(pool)


def test_a_damaged_index_is_refused(pool: Index) -> None:
    """A stored index that is cut off, altered or of another kind is never used."""
    data = to_bytes(pool)
    altered = data[:2000] + b"?" + data[2001:]
    for broken in (b"", b"nonsense", data[:500], altered):
        with pytest.raises(UnusableIndex):
            from_bytes(broken)


def test_the_key_names_what_the_index_is_made_of() -> None:
    """Changing a text, a label or an author gives another key; the same bank the same."""
    keys = {
        content_key([Example("a", "x")]),
        content_key([Example("b", "x")]),
        content_key([Example("a", "y")]),
        content_key([Example("a", "x", "ada")]),
    }
    assert len(keys) == 4
    assert content_key(pool_bank()) == content_key(pool_bank())


def test_explain_names_words_and_utterances(pool: Index) -> None:
    """An editor sees which words and which utterances led to the entry."""
    first = pool.explain("how much for a ticket on sunday")[0]
    assert first.label == "ticket-price"
    assert "ticket" in [word for word, _ in first.words[:2]]
    assert first.utterances[0][0] == "how much is a ticket"


QUESTIONS = [
    "how much would a ticket be",
    "opening hours and price",
    "I lost my towel",
    "good recipe for soup",
    "the printer",
    "is there a course for my daughter on sunday",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_chances_told_are_those_decided_by(pool: Index, text: str) -> None:
    """The confidence and the move that are explained are those of the answer itself."""
    match, belief = pool.match(text), pool.believe(text)
    assert round(belief.first, 4) == match.confidence
    assert choose(belief) == match.outcome


def test_what_pulls_towards_out_of_scope_is_named(pool: Index) -> None:
    """For a message about something else the examples and the words that say so are told."""
    reason = pool.explain("a recipe for onion soup", reasons=3)[-1]
    assert reason.label == OUT_OF_SCOPE
    assert reason.utterances[0][0] == "good recipe for soup"
    assert {word for word, _ in reason.words} >= {"recipe", "soup"}
    assert reason.score > 0.3


def test_without_strange_examples_nothing_can_pull_there() -> None:
    """A bank of entries alone explains entries alone."""
    reasons = fit(pool_bank(strange=False)).explain("soup")
    assert OUT_OF_SCOPE not in [one.label for one in reasons]


def test_a_trial_is_a_decision_without_the_author() -> None:
    """What is tried is decided like any message, by a bank without its author."""
    bank = [Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(pool_bank())]
    fitted = fit_and_try(bank)
    trials = dict(fitted.trials())
    assert set(trials) == set(bank)
    inside = [one for one in bank if one.label != OUT_OF_SCOPE]
    assert all(fitted.index.match(b.text).confidence > trials[b].confidence for b in inside)
    mine = next(one for one in bank if one.text == "entry fee")
    assert trials[mine].outcome != "answer" == fitted.index.match("entry fee").outcome


def test_strays_are_utterances_that_miss_their_entry() -> None:
    """An utterance filed under the wrong entry is pointed out to the editors."""
    bank = [*pool_bank(), Example("how much is one ticket", "lost-things")]
    found = {(stray.text, stray.label): stray.found for stray in fit_and_try(bank).strays()}
    assert found["how much is one ticket", "lost-things"] == "ticket-price"


def test_words_of_entries_are_known(pool: Index) -> None:
    """Only words that entries use count as known; those of out-of-scope examples do not."""
    assert pool.knows("tickets")
    assert not pool.knows("printer")
    assert not pool.knows("qwertz")


def test_authors_are_held_out_together() -> None:
    """An author's own pet word does not count as proof that strangers would be understood."""
    words_of = {
        ("price", "ada"): ("fee", "the fee", "any fee"),
        ("price", "bo"): ("cost", "my cost", "cost so"),
        ("place", "ada"): ("room", "big room", "room key"),
        ("place", "bo"): ("hall", "long hall", "hall map"),
    }
    bank = [Example(text, *who) for who, texts in words_of.items() for text in texts]
    alone = [Example(one.text, one.label) for one in bank]
    assert len(fit_and_try(bank).strays()) > 3
    assert fit_and_try(alone).strays() == ()


def test_the_very_words_of_the_bank_are_known_for_certain() -> None:
    """Whoever presses or types what stands in the bank word for word gets just that entry, or is
    declined where the bank says so, however many other texts speak against it."""
    many = [Example(f"delete my {thing}", OUT_OF_SCOPE) for thing in "file mail photo song".split()]
    bank = [*pool_bank(), *many, Example("Delete my data", "lost-things")]
    index = fit(bank)
    known = index.match("delete my DATA!")
    assert (known.outcome, known.label, known.confidence) == ("answer", "lost-things", 1.0)
    assert known.ranking[0][0] == "lost-things"
    assert index.match("delete my photo").outcome == "unknown"
    twice = fit([*bank, Example("delete my data?", "ticket-price")])
    assert twice.match("delete my data").confidence < 1.0
