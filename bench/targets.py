"""What was aimed at, beside what was reached."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.measures import Figures

MET, SHORT = "met", "short"


def percent(share: float) -> str:
    """A share as it is shown: in per cent with one decimal."""
    return f"{share * 100:.1f} %"


@dataclass(frozen=True, slots=True)
class Target:
    """A share (0..1) to reach, or not to exceed when `most` is set; shown by `shown`."""

    name: str
    share: float
    of: Callable[[Figures], float]
    most: bool = False
    shown: Callable[[float], str] = percent

    @property
    def words(self) -> str:
        """The target as it is written in a table."""
        return f"at {'most' if self.most else 'least'} {self.shown(self.share)}"

    def told(self, figures: Figures) -> str:
        """What was reached, with no judgement."""
        return self.shown(self.of(figures))

    def judged(self, figures: Figures) -> str:
        """What was reached, and whether that is met or short. The figure is judged before it is
        rounded, so that 92.96 % is short of 93 % although it reads 93.0 %."""
        reached = self.of(figures)
        met = reached <= self.share if self.most else reached >= self.share
        return f"{self.shown(reached)}, {MET if met else SHORT}"


ANSWERS = (
    Target("right entry first", 0.93, lambda one: one.in_scope.top1),
    Target("right entry among three", 0.985, lambda one: one.in_scope.top3),
    Target("answered right", 0.88, lambda one: one.in_scope.right),
    Target("answered wrong", 0.03, lambda one: one.in_scope.wrong, most=True),
    Target("right or offered", 0.96, lambda one: one.in_scope.right + one.in_scope.offered),
    Target("out of scope, answered", 0.02, lambda one: one.out_of_scope.answered, most=True),
    Target("out of scope, declined", 0.90, lambda one: one.out_of_scope.declined),
)


def _first(share: float) -> Target:
    return Target("right entry first", share, lambda one: one.in_scope.top1)


def _auroc(share: float) -> Target:
    return Target("AUROC", share, lambda one: one.auroc or 0.0, shown="{:.3f}".format)


PUBLIC: dict[str, tuple[tuple[Target, ...], tuple[Target, ...]]] = {
    "clinc150": ((_first(0.85), _auroc(0.94)), (_first(0.91), _auroc(0.97))),
    "banking77": ((_first(0.78),), (_first(0.86),)),
    "curekart": ((_first(0.87),), (_first(0.88),)),
    "powerplay11": ((_first(0.70),), (_first(0.74),)),
    "sofmattress": ((_first(0.80),), (_first(0.82),)),
}
"""For each public set the targets without and with the semantic level."""
