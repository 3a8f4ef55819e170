"""What a run was and what came of it: one line per fault, on the screen and in results.json."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.faults.oracle import Verdict

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Line:
    fault: str
    """F1 … F22, as docs/reliability.md numbers them."""
    what: str
    """What was done, with its figures."""
    lost: int | None = None
    """None, as the two below: no customer wrote, so there was nothing to lose."""
    doubled: int | None = None
    out_of_order: int | None = None
    figures: Mapping[str, float | int | str] = field(default_factory=dict)

    @classmethod
    def of(cls, fault: str, what: str, verdict: Verdict, **figures: float | str) -> "Line":
        """With the judge's counts; answers that went astray count as lost to whom they belonged."""
        lost = len(verdict.lost) + len(verdict.crossed) + len(verdict.unasked)
        return cls(fault, what, lost, len(verdict.doubled), len(verdict.disordered), figures)

    def written(self) -> str:
        said = ", ".join(f"{name.replace('_', ' ')} {short(value)}" for name, value in self.figures.items())
        judged = f"lost {self.lost}, doubled {self.doubled}, out of order {self.out_of_order}"
        told = "; ".join(part for part in (judged if self.lost is not None else "", said) if part)
        return f"{self.fault:<4} {self.what}{': ' + told if told else ''}"


class Figures:
    """Of one run of the tests. Whatever a test adds belongs to the test that began last."""

    def __init__(self) -> None:
        self.by_test: dict[str, list[Line]] = {}

    @property
    def lines(self) -> list[Line]:
        return [line for lines in self.by_test.values() for line in lines]

    def begin(self, test: str) -> None:
        self.by_test[test] = []

    def add(self, line: Line) -> None:
        self.by_test[next(reversed(self.by_test))].append(line)

    def save(self, path: Path, seed: int) -> None:
        """Lines of tests that were not run this time stay; those of a test that failed early do not."""
        before = json.loads(path.read_text()) if path.exists() else []
        kept = [line for line in before if line["test"] not in self.by_test]
        today = time.strftime("%Y-%m-%d")
        fresh = [
            {"test": test, "seed": seed, "date": today, **asdict(line)}
            for test, lines in self.by_test.items()
            for line in lines
        ]
        lines = sorted(kept + fresh, key=lambda line: (_number(line["fault"]), line["test"]))
        path.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n")


def _number(fault: str) -> int:
    """F1+F2 comes with the first."""
    return int(fault.removeprefix("F").partition("+")[0])


def short(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
