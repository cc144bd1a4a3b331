"""The bank: taken from its cache while nothing changed, and never broken by it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.content import ContentPlaces, shipped_path
from bot.domain.matching import Example, Index
from bot.domain.matching_fit import fit
from bot.errors import ContentError
from bot.services import bank as banks
from bot.services.bank import Bank, decide, load_bank
from tests.support.cli import CACHE
from tests.support.content import TODAY
from tests.support.small_bank import pool_bank

SHIPPED = ContentPlaces(shipped_path("content"))


class Fitting:
    """Fits a small bank in place of the shipped one, and counts."""

    def __init__(self) -> None:
        self.index = fit(pool_bank())
        self.times = 0

    def __call__(self, examples: Iterable[Example]) -> Index:
        assert len(list(examples)) > 1000
        self.times += 1
        return self.index


@pytest.fixture
def fitting(monkeypatch: pytest.MonkeyPatch) -> Fitting:
    made = Fitting()
    monkeypatch.setattr(banks, "fit", made)
    return made


def loaded(cache: Path | None) -> Bank:
    return load_bank(SHIPPED, TODAY, cache)


def test_an_unchanged_bank_is_fitted_once(fitting: Fitting, tmp_path: Path) -> None:
    """The second start takes the index from the cache and decides the same."""
    first, second = loaded(tmp_path / "cache"), loaded(tmp_path / "cache")
    assert fitting.times == 1
    question = "when do you close"
    assert first.index.match(question) == second.index.match(question)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_without_a_cache_it_is_fitted_each_time(fitting: Fitting) -> None:
    """Nothing is written where no cache is wanted."""
    loaded(None)
    loaded(None)
    assert fitting.times == 2


@pytest.mark.parametrize("damage", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_damaged_cache_is_made_anew(fitting: Fitting, tmp_path: Path, damage: bytes) -> None:
    """A cache that some program spoiled costs one start some seconds, and nothing else."""
    loaded(tmp_path)
    [stored] = tmp_path.iterdir()
    stored.write_bytes(damage)
    loaded(tmp_path)
    assert fitting.times == 2
    loaded(tmp_path)
    assert fitting.times == 2


def test_old_indexes_do_not_pile_up(fitting: Fitting, tmp_path: Path) -> None:
    """An index of content that is no more is removed when the new one is kept."""
    (tmp_path / "index-of-last-year.npz").write_bytes(b"old")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    loaded(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert "index-of-last-year.npz" not in names and "notes.txt" in names and len(names) == 2


def test_a_cache_that_cannot_be_written_is_no_hindrance(fitting: Fitting, tmp_path: Path) -> None:
    """Where the cache cannot be kept the bot starts all the same."""
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    assert loaded(tmp_path / "cache").index is fitting.index


def test_broken_content_never_makes_a_bank(fitting: Fitting, tmp_path: Path) -> None:
    """Faults are told before anything is fitted."""
    (tmp_path / "chapter.yaml").write_text("names: x", encoding="utf-8")
    with pytest.raises(ContentError, match="Did you mean 'name'"):
        load_bank(ContentPlaces(SHIPPED.shipped, own=tmp_path), TODAY, tmp_path)
    assert fitting.times == 0


def test_the_question_on_a_button_brings_its_entry() -> None:
    """Whoever types what stands on a button gets what the button brings."""
    bank = loaded(CACHE)
    missed = {
        entry.question: decide(bank, entry.question)
        for entry in bank.content.entries.values()
        if decide(bank, entry.question).entry != entry.id
    }
    assert missed == {}
