"""The bank: content and the index over it, taken from its cache while nothing changed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.content import ContentPlaces, shipped_path
from bot.domain.matching import Example
from bot.domain.matching_fit import Fitted, fit_and_try
from bot.errors import ContentError
from bot.services import indexing
from bot.services.bank import Bank, decide, load_bank
from tests.support.cli import CACHE
from tests.support.content import TODAY
from tests.support.small_bank import pool_bank

SHIPPED = ContentPlaces(shipped_path("content"))


class Fitting:
    """Fits a small bank in place of the shipped one, and counts."""

    def __init__(self) -> None:
        self.made = fit_and_try(pool_bank())
        self.times = 0

    def __call__(self, examples: Iterable[Example], meaning: object = None) -> Fitted:
        assert len(list(examples)) > 1000 and meaning is None
        self.times += 1
        return self.made


@pytest.fixture
def fitting(monkeypatch: pytest.MonkeyPatch) -> Fitting:
    made = Fitting()
    monkeypatch.setattr(indexing, "FITTED_HERE", 1_000_000)
    monkeypatch.setattr(indexing, "fit_and_try", made)
    monkeypatch.setattr(indexing, "fit", lambda *given: made(*given).index)
    return made


def loaded(cache: Path | None, **more: Any) -> Bank:
    return load_bank(SHIPPED, TODAY, cache, **more)


def test_an_unchanged_bank_is_fitted_once(fitting: Fitting, tmp_path: Path) -> None:
    """The second start takes the index from the cache and decides the same."""
    first, second = loaded(tmp_path / "cache"), loaded(tmp_path / "cache")
    assert fitting.times == 1
    question = "when do you close"
    assert first.index.match(question) == second.index.match(question)


def test_without_a_cache_it_is_fitted_each_time(fitting: Fitting) -> None:
    """Nothing is written where no cache is wanted."""
    loaded(None)
    loaded(None)
    assert fitting.times == 2


def test_a_folder_without_a_model_is_no_hindrance(fitting: Fitting, tmp_path: Path) -> None:
    """A home into which nobody has fetched the model matches by words."""
    bank = loaded(None, semantic=tmp_path / "semantic")
    assert bank.index is fitting.made.index and fitting.times == 1


def test_a_cache_that_cannot_be_written_is_no_hindrance(fitting: Fitting, tmp_path: Path) -> None:
    """Where the cache cannot be kept the bot starts all the same."""
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    assert loaded(tmp_path / "cache").index is fitting.made.index


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
