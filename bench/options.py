"""What a run was asked for."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "bench" / "results.json"
PARTIAL = PROJECT / "bench" / "results.partial.json"
"""Where a run of some rows only, or a quick one, leaves its figures."""


@dataclass(frozen=True)
class Options:
    rows: tuple[str, ...] = ()
    """Names of modules in `bench/rows`; none means every row."""
    rounds: int = 3
    seconds: float = 10.0
    """How long one measurement lasts, without its warm-up."""
    quick: bool = False
    """Smaller and shorter everywhere: to see that it works, not how fast."""
    alone: bool = False
    """The main job without its references: for those who look at its own figures between two changes."""
    processes: tuple[tuple[str, int], ...] = (("api", 1), ("worker", 1), ("beat", 1))
    results: Path = RESULTS

    @property
    def warm_up(self) -> float:
        return 1.0 if self.quick else 3.0

    def scaled(self, usual: int, quick: int) -> int:
        """A size of a row: as it should be, or as it must be when there is no time."""
        return quick if self.quick else usual


def read_options(arguments: list[str], known: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="row", help=f"of: {', '.join(known)}; none: all")
    parser.add_argument("--rounds", type=int, help="of target and reference in turn (3; quick: 1)")
    parser.add_argument("--seconds", type=float, help="of one measurement (10; quick: 3)")
    parser.add_argument("--quick", action="store_true", help="smaller and shorter everywhere")
    parser.add_argument("--alone", action="store_true", help="the main job without references")
    parser.add_argument(
        "--processes", type=_counts, default=Options.processes, metavar="api=1,worker=1,beat=1"
    )
    parser.add_argument("--results", type=Path, help="where the JSON goes (bench/results.json)")
    given = parser.parse_args(arguments)
    if unknown := set(given.rows) - set(known):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    return Options(
        rows=tuple(given.rows),
        rounds=given.rounds or (1 if given.quick else Options.rounds),
        seconds=given.seconds or (3.0 if given.quick else Options.seconds),
        quick=given.quick,
        alone=given.alone,
        processes=given.processes,
        results=given.results or (PARTIAL if given.rows or given.quick or given.alone else RESULTS),
    )


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    pairs = [part.partition("=") for part in text.split(",")]
    return tuple((name.strip(), int(count or 1)) for name, _, count in pairs)


def say(text: str) -> None:
    """Progress, on stderr: stdout is for the table."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
