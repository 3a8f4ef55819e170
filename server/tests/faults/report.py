"""The figures of the last full runs on docs/reliability.md. Every full run writes them anew."""

import json
from pathlib import Path
from typing import Any

from tests.faults.figures import RESULTS, short

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make faults -->\n", "<!-- end of figures -->\n"
HEAD = """\
| fault | what was done | lost | doubled | out of order | besides |
|---|---|---|---|---|---|
"""


def page(text: str, lines: list[dict[str, Any]]) -> str:
    """The page with these lines in the place of the earlier ones."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + HEAD + "".join(map(_row, lines)) + "\n" + END + after


def _row(line: dict[str, Any]) -> str:
    judged = ("–" if line[name] is None else str(line[name]) for name in ("lost", "doubled", "out_of_order"))
    besides = ", ".join(f"{name.replace('_', ' ')} {short(value)}" for name, value in line["figures"].items())
    return "| " + " | ".join((line["fault"], line["what"], *judged, besides)) + " |\n"


def main() -> None:
    PAGE.write_text(page(PAGE.read_text(), json.loads(RESULTS.read_text())))
