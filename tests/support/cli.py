"""The command line, in this process and in one of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.cli import main

_NAMES = "SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_API_URL LOG_LEVEL CLM_HOME"
_CLEAN: dict[str, str | None] = dict.fromkeys(_NAMES.split())
"""Every setting of ours, unset."""
CACHE = Path(__file__).parents[2] / "data" / "cache"


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """Standard output as JSON, one value a line."""
        assert self.out == "" or self.out.endswith("\n")
        return [json.loads(line) for line in self.out.split("\n")[:-1]]


@dataclass(frozen=True)
class Terminal:
    """A folder to work in, with a home of its own and nothing set."""

    folder: Path
    home: Path

    def runs(self, *args: str, stdin: str | bytes | None = None, **env: str) -> Ran:
        """Run `clm` in this process."""
        found = CliRunner().invoke(main, args, input=stdin, env={**_CLEAN, **self._env(env)})
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Ran(found.exit_code, found.stdout, found.stderr)

    def starts(self, *args: str, stdin: str = "", **env: str) -> Ran:
        """Run `clm` as a program of its own."""
        inherited = {k: v for k, v in os.environ.items() if k not in _CLEAN}
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *args],
            input=stdin.encode(),
            capture_output=True,
            env=inherited | self._env(env),
            cwd=self.folder,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def file(self, name: str, text: str | bytes) -> str:
        """Write a file into the folder; its name as it is given to a command."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def _env(self, env: dict[str, str]) -> dict[str, str]:
        return {"CLM_HOME": str(self.home), **env}


def terminal(folder: Path, *, cached: bool = True) -> Terminal:
    """A terminal in a folder; `cached` spares it the fitting of the shipped bank."""
    home = folder / "home"
    home.mkdir()
    if cached:
        CACHE.mkdir(parents=True, exist_ok=True)
        (home / "cache").symlink_to(CACHE)
    return Terminal(folder, home)
