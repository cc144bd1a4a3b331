"""The index of a bank: kept, fitted apart or here, and never in the way of a start."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.domain.matching import Example, Index
from bot.domain.matching_file import to_bytes
from bot.domain.matching_fit import MOST_EXAMPLES, Fitted, fit, fit_and_try
from bot.errors import InputError
from bot.semantic.kept import WEIGHTS
from bot.services import indexing
from bot.services.indexing import fitted_of, fitting_with, index_of, meaning_in
from tests.support.semantic import keep_tiny
from tests.support.small_bank import pool_bank

BANK = [Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(pool_bank())]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bank is large, and nothing may be fitted in this process."""

    def refused(*_: object) -> Fitted:
        raise AssertionError("fitted in the bot's own process")

    monkeypatch.setattr(indexing, "FITTED_HERE", 5)
    monkeypatch.setattr(indexing, "fit_and_try", refused)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many examples each fit of this process had."""
    fits: list[int] = []

    def counting(examples: list[Example], *more: Any) -> Fitted:
        fits.append(len(examples))
        return fit_and_try(examples, *more)

    monkeypatch.setattr(indexing, "fit_and_try", counting)
    return fits


def same(one: Index, other: Index) -> bool:
    return to_bytes(one) == to_bytes(other)


def alike(one: Index, other: Index) -> bool:
    """Whether two indexes decide the same: another process adds up on more processor cores and so
    in another order, which shows in the last digits."""
    questions = ("what does it cost to swim", "when do you close", "my printer is broken")
    return (
        (one.labels, one.texts) == (other.labels, other.texts)
        and np.allclose(one.pulls, other.pulls, atol=1e-4)
        and all(one.match(text).outcome == other.match(text).outcome for text in questions)
    )


@pytest.mark.usefixtures("large")
def test_a_large_bank_is_fitted_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The bot's own memory stays small, and the index is the one that it would have made."""
    waits: list[str] = []
    found = index_of(BANK, tmp_path, before=lambda: waits.append("told"))
    assert alike(found, fit(BANK))
    assert same(index_of(BANK, tmp_path, before=lambda: waits.append("again")), found)
    assert waits == ["told"]
    assert np.allclose(fitted_of(BANK, tmp_path).scores, fit_and_try(BANK).scores, atol=1e-4)


@pytest.mark.usefixtures("large")
def test_a_large_bank_is_fitted_apart_with_its_model(tmp_path: Path) -> None:
    """The process of its own reads the model itself, and comes to the same."""
    model = keep_tiny(tmp_path / "home", tmp_path / "source")
    found = index_of(BANK, tmp_path / "cache", model)
    assert found.space.has_meanings
    assert alike(found, fitting_with(model)(BANK))


@pytest.mark.parametrize("fitted_here", [5, 30_000])
def test_too_many_examples_are_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fitted_here: int
) -> None:
    """An editor reads how many there are and how many may be, wherever they were counted."""
    monkeypatch.setattr(indexing, "FITTED_HERE", fitted_here)
    many = [Example(f"text {at}", "label") for at in range(MOST_EXAMPLES + 1)]
    with pytest.raises(InputError) as told:
        index_of(many, tmp_path)
    assert str(told.value) == "The bank has 20001 utterances; at most 20000 fit."


@pytest.mark.usefixtures("large")
def test_a_bank_that_cannot_be_fitted_apart_is_an_error_too(tmp_path: Path) -> None:
    """A bank of out-of-scope examples alone is refused in words."""
    with pytest.raises(InputError, match="no utterance of an entry"):
        index_of([Example(f"text {at}", "oos") for at in range(9)], tmp_path)


def test_what_is_kept_is_not_fitted_again(tmp_path: Path, counted: list[int]) -> None:
    """The second start, and the lint after it, take what the first has kept."""
    first = index_of(BANK, tmp_path)
    again = fitted_of(BANK[::-1], tmp_path)
    assert counted == [36]
    assert same(first, again.index)
    assert again.trials() == fit_and_try(BANK).trials()


@pytest.mark.parametrize("damage", [b"", b"no archive", b"PK\x03\x04 cut short", b"\x93NUMPY"])
@pytest.mark.parametrize("suffix", [".npz", ".npy"])
def test_a_damaged_cache_is_fitted_anew(
    tmp_path: Path, counted: list[int], damage: bytes, suffix: str
) -> None:
    """What some program spoiled costs one fit and nothing else, and is whole afterwards."""
    index_of(BANK, tmp_path)
    [path] = tmp_path.glob(f"*{suffix}")
    path.write_bytes(damage)
    assert fitted_of(BANK, tmp_path).trials() == fit_and_try(BANK).trials()
    assert counted == [36, 36]
    fitted_of(BANK, tmp_path)
    assert counted == [36, 36]


def test_scores_of_another_bank_are_not_taken(tmp_path: Path, counted: list[int]) -> None:
    """Figures never come from scores that do not go with the examples."""
    index_of(BANK, tmp_path)
    [scores] = tmp_path.glob("*.npy")
    np.save(scores, np.zeros((3, 2), dtype=np.float32))
    assert fitted_of(BANK, tmp_path).trials() == fit_and_try(BANK).trials()
    assert counted == [36, 36]


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path, counted: list[int]) -> None:
    """Where nothing can be kept the bot starts all the same, and everything is measured."""
    blocked = tmp_path / "cache"
    blocked.write_text("a file in its place", encoding="utf-8")
    assert same(index_of(BANK, blocked), fit(BANK))
    assert fitted_of(BANK, blocked).strays() == fit_and_try(BANK).strays()
    assert blocked.read_text(encoding="utf-8") == "a file in its place"


def test_without_a_cache_one_fit_is_enough(counted: list[int]) -> None:
    """Measuring a bank that is not kept does not fit it twice."""
    assert fitted_of(BANK).strays() == fit_and_try(BANK).strays()
    assert counted == [36]


def test_edits_taken_back_need_no_fit_and_old_ones_do_not_pile_up(
    tmp_path: Path, counted: list[int]
) -> None:
    """The index of before an edit is still there; with the third the oldest goes, scores too."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    banks = [BANK, BANK[:-1], BANK[:-2]]
    for at, bank in enumerate(banks):
        index_of(bank, tmp_path)
        for path in tmp_path.glob("index-*"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10 + at))
    index_of(banks[1], tmp_path)
    assert counted == [36, 35, 34]
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 5 and "notes.txt" in names
    index_of(banks[0], tmp_path)
    assert counted == [36, 35, 34, 36]


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    """Beside an index and its scores the cache holds nothing."""
    index_of(BANK, tmp_path)
    suffixes = sorted("".join(path.suffixes) for path in tmp_path.iterdir())
    assert suffixes == [".npz", ".scores.npy"]


def test_a_damaged_model_is_like_no_model(tmp_path: Path) -> None:
    """With spoiled weights, or none, everything works by words alone."""
    assert meaning_in(None) is None and meaning_in(tmp_path / "nothing") is None
    model = keep_tiny(tmp_path / "home", tmp_path / "source")
    assert meaning_in(model) is not None
    (model / WEIGHTS).write_bytes(b"spoiled")
    assert meaning_in(model) is None
    found = index_of(BANK, tmp_path / "cache", model)
    assert same(found, fit(BANK)) and not found.space.has_meanings


def test_both_levels_lie_in_one_cache(tmp_path: Path, counted: list[int]) -> None:
    """Turning the semantic level on, off and on again fits the bank twice."""
    model = keep_tiny(tmp_path / "home", tmp_path / "source")
    cache = tmp_path / "cache"
    levels = [index_of(BANK, cache, semantic) for semantic in (model, None, model)]
    assert [one.space.has_meanings for one in levels] == [True, False, True]
    assert same(levels[0], levels[2])
    assert counted == [36, 36]
