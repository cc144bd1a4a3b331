"""Fits an index in a process of its own: `python -m bot.services.fitting STORED [SEMANTIC]`, with
the examples on standard input. Started by indexing.py alone."""

import sys
from pathlib import Path

from bot.domain.matching_fit import fit_and_try
from bot.errors import InputError
from bot.services.indexing import examples_of, meaning_in, write


def main(stored: str, semantic: str | None = None) -> int:
    """Fit and keep; the exit code tells whether the bank can be fitted at all."""
    meaning = meaning_in(Path(semantic) if semantic else None)
    try:
        fitted = fit_and_try(examples_of(sys.stdin.read()), meaning)
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    write(fitted, Path(stored))
    return 0


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:]))
