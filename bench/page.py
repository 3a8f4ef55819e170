"""The figures of the last whole run on docs/performance.md. Every whole run writes them anew."""

from typing import Any

import orjson

from bench.options import PROJECT, RESULTS
from bench.table import MARKS, number

PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by make bench -->\n", "<!-- end of figures -->\n"
HEAD = """\
| what | measured | floor | target | |
|---|---|---|---|---|
"""


def page(text: str, results: dict[str, Any]) -> str:
    """The page with these figures in the place of the earlier ones."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = "".join(_row(name, row) for name, row in results["rows"].items())
    return f"{before}{BEGIN}\n{_run(results)}\n{HEAD}{rows}\n{END}{after}"


def _run(results: dict[str, Any]) -> str:
    machine, options = results["machine"], results["options"]
    return (
        f"Version `{results['versions']['pytake']}` on {machine['cores']} cores ({machine['processor']}), "
        f"{options['rounds']} rounds of {number(options['seconds'])} s.\n"
    )


def _row(name: str, row: dict[str, Any]) -> str:
    lines = "".join(_line(line) for line in row["lines"])
    return f"| **`{name}`**{_noise(row['noise'])} | | | | |\n{lines}{_zeros(row['must_be_zero'])}"


def _line(line: dict[str, Any]) -> str:
    bounds = (_bound(line, line[which]) for which in ("floor", "target"))
    met = MARKS[line["met"]] if line["met"] else ""
    return f"| {line['what']} | {number(line['value'])} {line['unit']} | {' | '.join(bounds)} | {met} |\n"


def _bound(line: dict[str, Any], bound: float | None) -> str:
    return "" if bound is None else f"{'≤' if line['at_most'] else '≥'} {number(bound)}"


def _zeros(zeros: dict[str, int]) -> str:
    broken = [f"{what} {count}" for what, count in zeros.items() if count]
    counted = ", ".join(broken) or ("0" if zeros else "")
    return f"| {', '.join(zeros)} | {counted} | 0 | | {'✗ missed' if broken else ''} |\n" if zeros else ""


def _noise(noise: dict[str, Any]) -> str:
    if not noise["noisy"]:
        return ""
    return (
        f" NOISY: the same work took up to {noise['calibration_spread']:.2f} × as long,"
        f" others used up to {max(noise['others_share'], default=0):.0%} of the machine"
    )


def main() -> None:
    text = page(PAGE.read_text(encoding="utf-8"), orjson.loads(RESULTS.read_bytes()))
    PAGE.write_text(text, encoding="utf-8")
