"""What a run was and what came of it: one line per fault, on the screen and in results.json."""

import json
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
        said = ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in self.figures.items())
        judged = f"lost {self.lost}, doubled {self.doubled}, out of order {self.out_of_order}"
        told = "; ".join(part for part in (judged if self.lost is not None else "", said) if part)
        return f"{self.fault:<4} {self.what}{': ' + told if told else ''}"


class Figures:
    """Of one run of the tests."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, line: Line) -> None:
        self.lines.append(line)

    def save(self, path: Path, seed: int) -> None:
        """Lines of faults that were not run this time stay as they were."""
        fresh = {line.fault for line in self.lines}
        before = json.loads(path.read_text()) if path.exists() else []
        kept = [line for line in before if line["fault"] not in fresh]
        lines = kept + [{"seed": seed, **asdict(line)} for line in self.lines]
        lines.sort(key=lambda line: int(line["fault"][1:].split("+")[0].rstrip("abc")))
        path.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n")


def _short(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
