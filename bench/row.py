"""A row of the table: how it registers, and what it leaves behind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.figures import Figures, paired_ratio
from bench.noise import Quiet

if TYPE_CHECKING:
    from bench.stand import Stand


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure must reach (`floor`) and should reach (`target`)."""

    floor: float | None
    target: float
    at_most: bool = False
    """Smaller is better."""

    def met(self, value: float) -> str:
        """`target`, `floor` or `missed`."""
        if self._reaches(value, self.target):
            return "target"
        if self.floor is not None and self._reaches(value, self.floor):
            return "floor"
        return "missed"

    def _reaches(self, value: float, bound: float) -> bool:
        return value <= bound if self.at_most else value >= bound


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    value: float
    unit: str
    goal: Goal | None = None


@dataclass(slots=True)
class Record:
    """What one row found: figures of each round, lines of the table, and counts that must be 0."""

    name: str
    title: str
    series: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    """contender → figure → one value per round"""
    lines: list[Line] = field(default_factory=list)
    zeros: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    quiet: Quiet = field(default_factory=Quiet)
    seconds: float = 0.0
    failure: str | None = None
    """Why the row came to no end."""

    @property
    def went_wrong(self) -> bool:
        return self.failure is not None or any(self.zeros.values())

    def add(self, contender: str, figures: Figures) -> None:
        for name, value in figures.items():
            self.series.setdefault(contender, {}).setdefault(name, []).append(value)

    def values(self, contender: str, figure: str) -> list[float]:
        return self.series[contender][figure]

    def median(self, contender: str, figure: str) -> float:
        return median(self.values(contender, figure))

    def compare(self, what: str, ours: str, theirs: str, figure: str, goal: Goal | None = None) -> None:
        """A line: how many times theirs ours is, as the median of the rounds' ratios; none without theirs."""
        if theirs not in self.series:
            return
        value = paired_ratio(self.values(ours, figure), self.values(theirs, figure))
        self.lines.append(Line(what, value, "×", goal))

    def state(self, what: str, value: float, unit: str, goal: Goal | None = None) -> None:
        """A line that is no ratio."""
        self.lines.append(Line(what, value, unit, goal))

    def must_be_zero(self, counts: dict[str, int]) -> None:
        for what, count in counts.items():
            self.zeros[what] = self.zeros.get(what, 0) + count

    def written(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "lines": [
                {
                    "what": line.what,
                    "value": line.value,
                    "unit": line.unit,
                    "floor": line.goal and line.goal.floor,
                    "target": line.goal and line.goal.target,
                    "at_most": line.goal and line.goal.at_most,
                    "met": line.goal and line.goal.met(line.value),
                }
                for line in self.lines
            ],
            "must_be_zero": self.zeros,
            "rounds": self.series,
            "medians": {
                contender: {name: median(values) for name, values in figures.items()}
                for contender, figures in self.series.items()
            },
            "notes": self.notes,
            "noise": self.quiet.written(),
            "seconds": self.seconds,
            "failure": self.failure,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """Each module of `bench/rows` has one, as `ROW`."""

    number: float
    """Its place in the table; variants of a row come behind it (2.1, 2.2)."""
    title: str
    run: Callable[["Stand", Record], Awaitable[None]]
