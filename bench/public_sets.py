"""Measures the matcher on public data sets: `python -m bench.public_sets ORIGINALS [MADE]`.

ORIGINALS is a folder with the files as their authors publish them; a set whose files are not there
is left out. They are not part of this project and are never committed.

    clinc150/data_full.json             repository clinc/oos-eval, folder data
    banking77/train.csv, test.csv       repository PolyAI-LDN/task-specific-datasets, banking_data
    hint3/train/NAME_train.csv          repository hellohaptik/HINT3, folder dataset/v2
    hint3/test/NAME_test.csv            (NAME: curekart, powerplay11, sofmattress)

MADE receives NAME/bank.jsonl and NAME/test.jsonl, which `clm eval test.jsonl --bank bank.jsonl`
reads too. Of CLINC150 and BANKING77 the first ten examples of each intent are the bank, and of
CLINC150 the hundred out-of-scope examples of its training part; of HINT3 the whole training sets.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.matching import OUT_OF_SCOPE
from bot.domain.measures import Case
from bot.evaluation import Fit, Report, evaluate_bank
from bot.evaluation_text import table

EACH = 10
NEGATIVES = 100
NO_LABEL = "NO_NODES_DETECTED"
HINT3 = ("curekart", "powerplay11", "sofmattress")

Set = tuple[list[Case], list[Case]]


def _rows(path: Path, text: str, label: str) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        found = [(row[text].strip(), row[label].strip()) for row in csv.DictReader(file)]
    return [Case(words, OUT_OF_SCOPE if name == NO_LABEL else name) for words, name in found]


def _first(cases: Iterable[Case], each: int) -> list[Case]:
    seen: Counter[str] = Counter()
    kept = []
    for case in cases:
        seen[case.label] += 1
        if seen[case.label] <= each:
            kept.append(case)
    return kept


def clinc150(folder: Path) -> Set:
    """150 intents, ten examples of each, a hundred negatives."""
    data = json.loads((folder / "clinc150/data_full.json").read_text(encoding="utf-8"))
    part = {name: [Case(text, label) for text, label in rows] for name, rows in data.items()}
    strange = {
        name: [Case(case.text, OUT_OF_SCOPE) for case in part[f"oos_{name}"]]
        for name in ("train", "test")
    }
    bank = [*_first(part["train"], EACH), *strange["train"][:NEGATIVES]]
    return bank, [*part["test"], *strange["test"]]


def banking77(folder: Path) -> Set:
    """77 intents, ten examples of each, nothing out of scope."""
    train, test = (
        _rows(folder / f"banking77/{part}.csv", "text", "category") for part in ("train", "test")
    )
    return _first(train, EACH), test


def hint3(folder: Path, name: str) -> Set:
    """Messages of real users to one shop; their training set has nothing out of scope."""
    train, test = (
        _rows(folder / f"hint3/{part}/{name}_{part}.csv", "sentence", "label")
        for part in ("train", "test")
    )
    return train, test


def sets(folder: Path) -> Iterator[tuple[str, Set]]:
    """Every set whose files are there, by name."""
    makers = {"clinc150": clinc150, "banking77": banking77} | {
        name: lambda folder, name=name: hint3(folder, name) for name in HINT3
    }
    for name, make in makers.items():
        try:
            yield name, make(folder)
        except FileNotFoundError as error:
            print(f"{name} is left out: there is no {error.filename}.", file=sys.stderr)


def keep(name: str, made: Path, parts: Set) -> None:
    """Write one set as `clm eval` reads it."""
    (made / name).mkdir(parents=True, exist_ok=True)
    for part, cases in zip(("bank", "test"), parts, strict=True):
        lines = [json.dumps({"text": case.text, "label": case.label}) for case in cases]
        (made / name / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(folder: Path, fitted: Fit | None = None) -> dict[str, Report]:
    """A report for each set whose files are there."""
    more = (fitted,) if fitted else ()
    return {name: evaluate_bank(test, bank, *more) for name, (bank, test) in sets(folder)}


def main() -> None:
    """Make the files when asked to, measure, and print a table."""
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    for name, parts in sets(folder) if len(sys.argv) == 3 else ():
        keep(name, Path(sys.argv[2]), parts)
    reports = measured(folder)
    print("\n".join(table({name: report.figures for name, report in reports.items()})))
    for name, report in reports.items():
        if report.figures.auroc is not None:
            print(f"  {name}: AUROC {report.figures.auroc:.3f}")


if __name__ == "__main__":
    main()
