"""Which texts of a large bank are kept."""

import random

import numpy as np
import pytest

from bot.domain import telling as module
from bot.domain.features import read
from bot.domain.matching import OUT_OF_SCOPE, Example
from bot.domain.matching_file import to_bytes
from bot.domain.matching_fit import Fitted, fit, fit_and_try
from bot.domain.telling import telling
from tests.support.small_bank import pool_bank

PLAIN = ("please", "thanks", "now", "today", "again", "sir", "madam", "friend", "there", "here")
"""With these words the same sentence is said again and again."""
TWINS = {"price": "what does the ticket cost", "hours": "when is the pool open"}
ODD = {
    "price": ["is it free for babies", "how many coins will I need"],
    "hours": ["could we swim at midnight", "still there after the pool shift"],
}
STRANGE = ["who won the match", "soup recipe", "printer is broken", "the train is late"]


def twins() -> list[Example]:
    """Two entries, each with ten ways to say one sentence and two other sentences."""
    bank = [Example(f"{text} {word}", label) for label, text in TWINS.items() for word in PLAIN]
    bank += [Example(text, label) for label, texts in ODD.items() for text in texts]
    return bank + [Example(text, OUT_OF_SCOPE) for text in STRANGE]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Banks are large from 14 texts on, and parts are small."""
    monkeypatch.setattr(module, "MOST_KEPT", 14)
    monkeypatch.setattr(module, "_MOST_AT_ONCE", 20)


def kept(bank: list[Example]) -> Fitted:
    fitted = fit_and_try(bank)
    assert len(fitted.index.texts) == 14 < len(fitted.examples) == len(bank)
    return fitted


@pytest.mark.usefixtures("few")
def test_what_the_others_tell_already_goes_first() -> None:
    """An odd wording is never dropped while ten ways to say one sentence are kept."""
    texts = set(kept(twins()).index.texts)
    assert {text for odd in ODD.values() for text in odd} <= texts


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("count", [2, 5, 10])
def test_no_entry_is_lost(count: int) -> None:
    """An entry whose utterances are all alike is still found, and one that has few keeps them."""
    alike = [Example(f"towels for rent {word}", "towels") for word in PLAIN[:count]]
    index = fit([*twins(), *alike])
    kept = np.bincount(index.owners)
    assert len(index.texts) == 14 and kept.min() >= 1
    assert kept[index.labels.index("towels")] >= min(count, 4)
    assert index.match("can I rent towels").ranking[0][0] == "towels"


@pytest.mark.usefixtures("few")
def test_the_share_of_out_of_scope_stays() -> None:
    """However hard strangers are to tell, they do not crowd the entries out, nor the other way."""
    index = kept(twins()).index
    assert np.count_nonzero(index.owners == index.outside) == 14 * len(STRANGE) // len(twins())


@pytest.mark.usefixtures("few")
def test_what_is_kept_does_not_depend_on_the_order() -> None:
    """Two editors who list the same utterances differently get the same bot, bit for bit."""
    bank = twins()
    shuffled = bank[:]
    random.Random(3).shuffle(shuffled)
    assert to_bytes(fit(bank)) == to_bytes(fit(shuffled))


@pytest.mark.usefixtures("few")
def test_every_example_is_tried_whether_kept_or_not() -> None:
    """The figures of a large bank count the utterances that were dropped as well."""
    fitted = kept([Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(twins())])
    trials = dict(fitted.trials())
    assert set(trials) == set(fitted.examples)
    dropped = [one for one in trials if one.text not in fitted.index.texts]
    assert len(dropped) == len(twins()) - 14
    # Of each author enough was kept of this entry to tell the other's.
    hours = [trials[one] for one in dropped if one.label == "hours"]
    assert len(hours) == 6 and all(one.ranking[0][0] == "hours" for one in hours)


@pytest.mark.usefixtures("few")
def test_a_dropped_text_is_tried_without_its_author() -> None:
    """What nobody else has said helps nobody's figures, whether it was kept or dropped."""
    mine = [Example(f"gurgling blorp {word}", "hours", "ada") for word in PLAIN]
    bank = [*twins(), *mine]
    fitted = fit_and_try([Example(one.text, one.label, one.author or "bo") for one in bank])
    dropped = [one for one in fitted.examples if one.author == "ada"]
    dropped = [one for one in dropped if one.text not in fitted.index.texts]
    trials = dict(fitted.trials())
    assert dropped
    assert all(fitted.index.match(one.text).ranking[0][0] == "hours" for one in dropped)
    assert all(trials[one].ranking[0][1] < 0.2 for one in dropped)


def test_a_bank_of_ordinary_size_is_kept_whole() -> None:
    """A chapter's own small bank loses nothing."""
    bank = pool_bank()
    reading = read([one.text for one in bank])
    classes = np.array([0] * len(bank))
    assert telling(reading, classes, None).tolist() == list(range(len(bank)))
