"""What was done, what struck, and what was found: a table, figures, and whether it is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.chaos.run import Outcome
from bench.chaos.steps import STEPS
from bench.chaos.trouble import FAULTS, KILL, Pair, Struck

COLUMNS = (*FAULTS, "refuse_connect", KILL)


@dataclass(slots=True)
class Report:
    seed: int
    wanted_runs: int
    demanded: Sequence[Pair] = ()
    struck: Struck = field(default_factory=Struck)
    outcomes: list[Outcome] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """What kept runs from being done at all."""

    @property
    def missing(self) -> list[Pair]:
        return [pair for pair in self.demanded if not self.struck.times[pair]]

    @property
    def never_done(self) -> list[str]:
        """Steps that were on nobody's screen."""
        done = {step for outcome in self.outcomes for step in outcome.steps}
        return [step for step in STEPS if step not in done]

    @property
    def is_held_to_all(self) -> bool:
        """Fewer runs than pairs cannot meet each of them."""
        return bool(self.demanded) and self.wanted_runs >= len(self.demanded)

    @property
    def is_good(self) -> bool:
        found = any(outcome.found for outcome in self.outcomes)
        complete = len(self.outcomes) == self.wanted_runs
        return not (found or self.broken) and complete and not self.lacks

    @property
    def lacks(self) -> bool:
        return self.is_held_to_all and bool(self.missing or self.never_done)

    def table(self) -> str:
        methods = sorted({method for _, method in (*self.struck.times, *self.demanded)})
        wide = max(map(len, methods), default=0)
        lines = [" ".join([f"{'struck, by call':{wide}}", *(f"{c:>14}" for c in COLUMNS)])]
        for method in methods:
            cells = [self._cell(kind, method) for kind in COLUMNS]
            lines.append(" ".join([f"{method:{wide}}", *(f"{cell:>14}" for cell in cells)]))
        return "\n".join(lines)

    def _cell(self, kind: str, method: str) -> str:
        times = self.struck.times[kind, method]
        return str(times) if times or (kind, method) in self.demanded else "-"

    def found(self) -> list[str]:
        """Each finding with the run that it can be repeated by."""
        return [
            f"run {outcome.run}: {sentence}\n    steps: {', '.join(outcome.steps)}"
            f"\n    again: make chaos SEED={self.seed} ONLY={outcome.run}"
            for outcome in self.outcomes
            for sentence in outcome.found
        ]

    def figures(self, seconds: float) -> str:
        every = [sentence for outcome in self.outcomes for sentence in outcome.found]
        lost = sum(sentence.startswith("lost") for sentence in every)
        doubled = sum(sentence.startswith("doubled") for sentence in every)
        steps = sum(len(outcome.steps) for outcome in self.outcomes)
        faults = sum(n for (kind, _), n in self.struck.times.items() if kind != KILL)
        return (
            f"seed {self.seed}: {len(self.outcomes)} of {self.wanted_runs} runs, {steps} steps, "
            f"{faults} faults struck, {self.struck.kills} kills; lost {lost}, doubled {doubled}, "
            f"other findings {len(every) - lost - doubled}; {seconds:.0f} seconds"
        )

    def verdict(self) -> str:
        if self.broken:
            return "Not good: " + " ".join(self.broken)
        if any(outcome.found for outcome in self.outcomes):
            return "Not good: see the findings above."
        if len(self.outcomes) < self.wanted_runs:
            return "Not good: the time was over before all runs were done."
        never = [f"{kind} at {method}" for kind, method in self.missing]
        if self.lacks:
            lacking = ", ".join([*never, *self.never_done])
            return f"Not good: these never struck or were never done: {lacking}."
        if never:
            return (
                "Nothing lost, nothing doubled. So few runs cannot meet everything: "
                f"{len(self.missing)} of {len(self.demanded)} kinds at a call never struck."
            )
        return "Nothing lost, nothing doubled, and everything struck everywhere."
