"""Curves as small SVG files: plain shapes and text, readable on a light and on a dark page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 560, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 120, 20, 48
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #333; }
  .grid { stroke: #ddd; } .even { stroke: #777; stroke-dasharray: 4 4; fill: none; }
  .one { stroke: #0b6e99; fill: none; } .two { stroke: #b3401e; fill: none; }
  .three { stroke: #6b4fa0; fill: none; }
  .one, .two, .three { stroke-width: 2; }
  .dot { fill: #0b6e99; stroke: none; }
  .label-one { fill: #0b6e99; } .label-two { fill: #b3401e; } .label-three { fill: #6b4fa0; }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd; } .grid { stroke: #444; } .even { stroke: #999; }
    .one { stroke: #6cc4e8; } .two { stroke: #f0926f; } .three { stroke: #bda6ee; }
    .dot { fill: #6cc4e8; }
    .label-one { fill: #6cc4e8; } .label-two { fill: #f0926f; } .label-three { fill: #bda6ee; }
  }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Points (both coordinates 0..1) with a name, written at the height of the last point;
    `looks` is `one`, `two`, `three` or `even` (dashed)."""

    name: str
    looks: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point (both coordinates 0..1) with an area that grows with `weight` (0..1)."""

    x: float
    y: float
    weight: float


def curve(title: str, across: str, up: str, lines: Sequence[Line], dots: Iterable[Dot] = ()) -> str:
    """One picture: axes from 0 to 100 %, lines with their names at their ends, dots."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        *_axes(across, up),
        *(_line(line) for line in lines),
        *(_dot(dot) for dot in dots),
        *_names(lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _axes(across: str, up: str) -> list[str]:
    parts = []
    for tick in _TICKS:
        x, y, name = _x(tick), _y(tick), f"{tick:.0%}"
        parts += [
            f'<path class="grid" d="M{x} {_y(0)}V{_y(1)}M{_x(0)} {y}H{_x(1)}"/>',
            f'<text x="{x}" y="{_y(0) + 18}" text-anchor="middle">{name}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{name}</text>',
        ]
    middle = (_x(0) + _x(1)) / 2
    return [
        *parts,
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>',
        f'<text x="{-_y(0.5)}" y="14" transform="rotate(-90)" text-anchor="middle">'
        f"{escape(up)}</text>",
    ]


def _line(line: Line) -> str:
    path = " ".join(f"{_x(x)},{_y(y)}" for x, y in line.points)
    return f'<polyline class="{line.looks}" points="{path}"/>'


def _dot(dot: Dot) -> str:
    radius = round(2.5 + 5.5 * dot.weight**0.5, 1)
    return f'<circle class="dot" cx="{_x(dot.x)}" cy="{_y(dot.y)}" r="{radius}"/>'


def _names(lines: Sequence[Line]) -> list[str]:
    """Names at the ends of lines, pushed apart so that none covers another."""
    lowest = _y(0) + 4
    parts = []
    for line in sorted(lines, key=lambda one: one.points[-1][1]):
        lowest = min(_y(line.points[-1][1]) + 4, lowest)
        parts.append(
            f'<text class="label-{line.looks}" x="{_x(1) + 10}" y="{lowest:.1f}">'
            f"{escape(line.name)}</text>"
        )
        lowest -= 15
    return parts
