"""`clm eval --against`: the figures of now beside those of a saved run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import InputError

_OF_LABEL = ("top1", "right", "wrong")
_SHOWN_LABELS = 25
_LEAST = 0.05
"""Points: what is smaller is shown as no difference."""
_BLANK = " \t\r\n\ufeff"

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Saved:
    """Figures of a run: shares (0..1) by name, such as `in_scope.top1`; how many messages there
    were of each kind; and for each label its shares."""

    shares: Shares
    counts: Mapping[str, int]
    labels: Mapping[str, Shares]


def saved_of(text: str, name: str) -> Saved:
    """What `clm eval --json` printed. `name` is what an error calls the file.

    Raises InputError when it is anything else.
    """
    try:
        data = json.loads(text.strip(_BLANK))
    except (ValueError, RecursionError):
        raise _unusable(name) from None
    try:
        return _saved(data)
    except (KeyError, TypeError, AttributeError):
        raise _unusable(name) from None


def _unusable(name: str) -> InputError:
    return InputError(f"{name}: this is not what `clm eval --json` prints.")


def _saved(data: Any) -> Saved:
    kinds = {kind: dict(data[kind]) for kind in ("in_scope", "oos")}
    counts = {kind: _number(kinds[kind].pop("n")) for kind in kinds}
    shares = {
        f"{kind}.{key}": _number(value) for kind in kinds for key, value in kinds[kind].items()
    }
    if data["auroc"] is not None:
        shares["auroc"] = _number(data["auroc"])
    return Saved(
        shares,
        {kind: int(count) for kind, count in counts.items()},
        {
            str(label): {key: _number(one[key]) for key in _OF_LABEL}
            for label, one in data["per_label"].items()
        },
    )


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def compared(before: Saved, now: Saved, name: str) -> str:
    """Each figure then and now with the difference in points (hundredths of a whole), then the
    labels that moved, furthest first."""
    lines = [f"against {name} (then, now, difference in points):"]
    if before.counts != now.counts:
        lines.append(f"  it measured other messages: {_counts(before)} then, {_counts(now)} now")
    lines += [
        f"  {figure}: {_both(before.shares.get(figure), now.shares.get(figure))}"
        for figure in {**before.shares, **now.shares}
    ]
    return "\n".join(lines + _moved(before.labels, now.labels))


def _counts(saved: Saved) -> str:
    return f"{saved.counts['in_scope']} in scope and {saved.counts['oos']} out of scope"


def _both(before: float | None, now: float | None) -> str:
    shown = ", ".join("none" if one is None else f"{one * 100:.1f}" for one in (before, now))
    return shown if before is None or now is None else f"{shown}, {_points(now - before)}"


def _points(difference: float) -> str:
    points = difference * 100
    return "0.0" if abs(points) < _LEAST else f"{points:+.1f}"


def _moved(before: Mapping[str, Shares], now: Mapping[str, Shares]) -> list[str]:
    moves = {
        label: {key: now[label][key] - shares[key] for key in _OF_LABEL}
        for label, shares in before.items()
        if label in now
    }
    far = sorted(moves, key=lambda label: (-max(map(abs, moves[label].values())), label))
    far = [label for label in far if any(abs(m) * 100 >= _LEAST for m in moves[label].values())]
    lines = [f"  {label}: {_move(moves[label])}" for label in far[:_SHOWN_LABELS]]
    if len(far) > _SHOWN_LABELS:
        lines.append(f"  and {len(far) - _SHOWN_LABELS} more")
    for title, labels in (("gone", before.keys() - now), ("new", now.keys() - before)):
        if labels:
            lines.append(f"  {title}: {', '.join(sorted(labels))}")
    return ["", "labels that moved:", *lines] if lines else ["", "no label moved"]


def _move(move: Shares) -> str:
    return ", ".join(f"{key} {_points(value)}" for key, value in move.items())
