"""What a text is taken apart into."""

import subprocess
import sys

import numpy as np
import pytest

from bot.domain.grams import NEAR, near_pairs, pieces, word_and_pair_keys
from bot.domain.text import words


def pairs(*tokens: str) -> set[int]:
    """The pairs of near words of a text, its single words left out."""
    return set(near_pairs(tokens).tolist()) - set(near_pairs(tokens)[: len(tokens)].tolist())


def test_near_words_are_a_pair_in_any_order() -> None:
    """ "The fee of the exam" has the pair of "exam fee"; words that follow have an order."""
    assert pairs("exam", "fee") == pairs("fee", "exam") != set()
    assert pairs("exam", "fee") <= pairs("fee", "of", "the", "exam")
    ahead, back = word_and_pair_keys(("exam", "fee")), word_and_pair_keys(("fee", "exam"))
    assert set(ahead[:2].tolist()) == set(back[:2].tolist())
    assert ahead[2] != back[2]


def test_words_too_far_apart_are_no_pair() -> None:
    """The first and the last word of a long message are not taken for a pair."""
    between = [f"word{at}" for at in range(NEAR)]
    wanted = pairs("exam", "fee")
    assert wanted <= pairs("exam", *between[1:], "fee")
    assert not wanted & pairs("exam", *between, "fee")


def test_a_word_said_twice_is_no_pair_with_itself() -> None:
    """ "Very very good" has no pair of "very" with "very"."""
    assert pairs("fee", "fee", "fee") == set()


@pytest.mark.parametrize("text", ["", "fee"])
def test_short_texts_have_no_pairs(text: str) -> None:
    """Nothing and a single word are taken apart without a fault."""
    tokens = words(text)
    assert len(near_pairs(tokens)) == len(word_and_pair_keys(tokens)) == len(tokens)
    assert (len(pieces(tokens)) > 0) == bool(tokens)


def test_forms_of_a_word_are_one_gram() -> None:
    """Whoever applies and whoever is applying says the same word."""
    assert np.array_equal(near_pairs(("applying", "fees")), near_pairs(("apply", "fee")))
    assert not np.array_equal(pieces(("applying",)), pieces(("apply",)))


def test_a_gram_has_the_same_number_on_every_run() -> None:
    """An index that one start has stored is right for the next one, and for another machine."""
    text = "what does the exam cost"
    code = (
        "from bot.domain.grams import *\n"
        f"tokens = {words(text)!r}\n"
        "print(*[x for take in (word_and_pair_keys, near_pairs, pieces) for x in take(tokens)])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    here = [x for take in (word_and_pair_keys, near_pairs, pieces) for x in take(words(text))]
    assert runs == {" ".join(map(str, here)) + "\n"}
    # The checksum that every zip file uses, so it is written down here once and for all.
    assert int(word_and_pair_keys(("exam",))[0]) == 0x38BBA6C6
