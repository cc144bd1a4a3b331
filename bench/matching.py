"""Prints what the matcher costs on the bank that ships: `python bench/matching.py`."""

import resource
import sys
import time
from datetime import UTC, datetime

from bot.content import load_content
from bot.content.places import shipped_places
from bot.domain.decision import decide
from bot.domain.matching_file import from_bytes, to_bytes
from bot.domain.matching_fit import fit
from bot.domain.measures import percentile

LONG = 12_000


def _memory() -> float:
    """The most memory that this process has held so far, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Fit, store, load, and ask every utterance of the bank once."""
    content = load_content(shipped_places(), datetime.now(UTC).date())
    examples = content.examples
    print(f"bank: {len(examples)} examples, {len(content.entries)} entries")
    before = _memory()
    begun = time.perf_counter()
    index = fit(examples)
    print(f"fit: {time.perf_counter() - begun:.2f} s")
    print(f"memory: {before:.0f} MB before, {_memory():.0f} MB at most")
    begun = time.perf_counter()
    data = to_bytes(index)
    stored = time.perf_counter()
    from_bytes(data)
    loaded = time.perf_counter()
    print(
        f"stored index: {len(data) / 1e6:.1f} MB, "
        f"written in {stored - begun:.2f} s, read in {loaded - stored:.2f} s"
    )
    spent = []
    for example in examples:
        begun = time.perf_counter()
        decide(example.text, index, content.small_talk, ())
        spent.append((time.perf_counter() - begun) * 1000)
    print(
        f"one question: p50 {percentile(spent, 0.5):.2f} ms, p99 {percentile(spent, 0.99):.2f} ms"
    )
    page = " ".join(example.text for example in examples)[:LONG]
    begun = time.perf_counter()
    decide(page, index, content.small_talk, ())
    print(f"{LONG} characters: {(time.perf_counter() - begun) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
