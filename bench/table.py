"""The table that a run prints."""

from collections.abc import Sequence

from bench.row import Goal, Line, Record

WIDTHS = (62, 14, 11, 11)
THOUSAND = 1000
MARKS = {"target": "✓ target", "floor": "– floor", "missed": "✗ missed"}


def table(records: Sequence[Record]) -> str:
    lines = [_cells("", "measured", "floor", "target", "")]
    for record in records:
        lines += ["", f"{record.title}  [{record.name}]{_noise(record)}"]
        lines += [_line(line) for line in record.lines]
        if record.zeros:
            lines.append("  " + _zeros(record.zeros))
        lines += [f"  {note}" for note in record.notes]
        lines += [f"  ✗ failed: {record.failure}"] if record.failure else []
    return "\n".join(lines) + "\n"


def _line(line: Line) -> str:
    goal = line.goal
    floor = "" if goal is None or goal.floor is None else _bound(goal, goal.floor, line.unit)
    target = "" if goal is None else _bound(goal, goal.target, line.unit)
    met = "" if goal is None else MARKS[goal.met(line.value)]
    return _cells(f"  {line.what}", f"{number(line.value)} {line.unit}", floor, target, met)


def _bound(goal: Goal, bound: float, unit: str) -> str:
    return f"{'≤' if goal.at_most else '≥'} {number(bound)} {unit}"


def _cells(what: str, *cells: str) -> str:
    widths = (*WIDTHS[1:], 0)
    return (
        f"{what:<{WIDTHS[0]}}" + " ".join(f"{cell:>{w}}" for cell, w in zip(cells, widths, strict=True))
    ).rstrip()


def _zeros(zeros: dict[str, int]) -> str:
    counts = ", ".join(f"{what} {count}" for what, count in zeros.items())
    return counts + ("" if not any(zeros.values()) else "   ✗ must be 0")


def _noise(record: Record) -> str:
    quiet = record.quiet
    if not quiet.is_noisy:
        return ""
    return (
        f"   ~ NOISY: the same work took up to {quiet.spread:.2f} × as long,"
        f" others used up to {quiet.strangers_at_most:.0%} of the machine"
    )


def number(value: float) -> str:
    """Three digits that matter."""
    if value == 0 or abs(value) >= THOUSAND:
        return f"{value:,.0f}"
    return f"{value:.3g}"
