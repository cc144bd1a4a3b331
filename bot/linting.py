"""`clm content lint`: utterances that do not find their own entry when their author is held out.

These are remarks and no faults: some wordings belong to two entries, and no bank is without them.
What helps is an utterance that tells the two apart, or a better split of what they answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.domain.matching import OUT_OF_SCOPE, Example, Stray
from bot.evaluation_text import short

Pair = tuple[str, str]


def lint_text(
    strays: Sequence[Stray],
    examples: Sequence[Example],
    places: Mapping[str, str],
    *,
    pairs: int,
) -> str:
    """The strays pair by pair, most first and at most `pairs` of them, each with its place."""
    if not strays:
        return f"Each of the {len(examples)} utterances finds its own entry."
    grouped = _by_pair(strays)
    authors = {example.text: example.author for example in examples}
    lines = [
        f"{len(strays)} of {len(examples)} utterances do not find their own entry when their "
        "author is held out."
    ]
    for (label, found), texts in grouped[:pairs]:
        lines += ["", f"{_name(label)} found as {_name(found)}, {len(texts)}:"]
        lines += [_remark(text, places.get(text), authors.get(text)) for text in texts]
    if len(grouped) > pairs:
        lines += ["", f"And {len(grouped) - pairs} more; --pairs {len(grouped)} shows every pair."]
    return "\n".join(lines)


def _by_pair(strays: Sequence[Stray]) -> list[tuple[Pair, list[str]]]:
    pairs: dict[Pair, list[str]] = defaultdict(list)
    for stray in strays:
        pairs[stray.label, stray.found].append(stray.text)
    return sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _remark(text: str, place: str | None, author: str | None) -> str:
    where = f"{place}: " if place else ""
    return f"  {where}{short(text)}{f' ({author})' if author else ''}"


def _name(label: str) -> str:
    return "out of scope" if label == OUT_OF_SCOPE else label
