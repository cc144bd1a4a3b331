"""Matching with a model of meaning beside the words."""

import pytest

from bot.domain.matching import Index
from bot.domain.matching_file import UnusableIndex, from_bytes, to_bytes
from bot.domain.matching_fit import content_key, fit, fit_and_try
from tests.support.meaning import PoolMeaning
from tests.support.small_bank import pool_bank

MEANING = PoolMeaning()


@pytest.fixture(scope="module")
def both() -> Index:
    """The made-up bank, fitted with words and meaning."""
    return fit(pool_bank(), MEANING)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("tarifa", "ticket-price"),
        ("horario", "opening-hours"),
        ("perdido", "lost-things"),
        ("nadar", "swimming-course"),
    ],
)
def test_a_question_that_shares_no_word_is_found(both: Index, text: str, label: str) -> None:
    """What means the same is found in words that nobody wrote down; by words alone it is not."""
    assert both.match(text).ranking[0][0] == label
    alone = fit(pool_bank()).match(text)
    assert alone.ranking[0][1] < 0.1 < both.match(text).ranking[0][1]


def test_a_stored_index_decides_and_explains_with_its_model(both: Index) -> None:
    """A start from the cache is as good as a fit, meanings included."""
    again = from_bytes(to_bytes(both), MEANING)
    for text in ("tarifa por favor", "lost my towel", "good recipe for soup"):
        assert again.match(text) == both.match(text)
        assert again.explain(text) == both.explain(text)
    assert to_bytes(again) == to_bytes(both)


def test_an_index_of_another_level_is_refused(both: Index) -> None:
    """Turning the semantic level on or off never leaves an index that half fits."""
    with pytest.raises(UnusableIndex, match="another level"):
        from_bytes(to_bytes(both))
    with pytest.raises(UnusableIndex, match="another level"):
        from_bytes(to_bytes(fit(pool_bank())), MEANING)


def test_the_key_names_the_model() -> None:
    """Another model, another version of it, or none, is another index."""
    bank = pool_bank()
    keys = {
        content_key(bank),
        content_key(bank, MEANING),
        content_key(bank, PoolMeaning("pool-2")),
    }
    assert len(keys) == 3
    assert content_key(bank, PoolMeaning("pool-1")) == content_key(bank, MEANING)


def test_meaning_counts_in_the_trials_too() -> None:
    """The figures of a level are those of that level."""
    words, both = fit_and_try(pool_bank()), fit_and_try(pool_bank(), MEANING)
    assert len(both.strays()) < len(words.strays())
