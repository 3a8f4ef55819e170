"""The figures on the page are those of the last full run."""

import json
from pathlib import Path

from tests.faults.figures import RESULTS, Figures, Line
from tests.faults.report import BEGIN, END, PAGE, page


def test_the_page_shows_the_last_full_run() -> None:
    text = PAGE.read_text()
    assert page(text, json.loads(RESULTS.read_text())) == text, "run `make faults`"


def test_lines_of_this_run_take_the_place_of_the_same_test_s(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    for seed in (1, 2):
        figures = Figures()
        figures.begin("test_a.py::test_kill")
        figures.add(Line("F2", f"killed, seed {seed}", 0, 0, 0))
        if seed == 1:
            figures.begin("test_b.py::test_cut")
            figures.add(Line("F10", "cut", figures={"slowest_s": 1.23456}))
        else:
            figures.begin("test_c.py::test_that_fails_before_it_has_a_figure")
        figures.save(path, seed)

    lines = json.loads(path.read_text())
    assert [(line["fault"], line["what"], line["seed"]) for line in lines] == [
        ("F2", "killed, seed 2", 2),
        ("F10", "cut", 1),
    ]
    table = page(f"before\n{BEGIN}old\n{END}after\n", lines)
    assert table.startswith(f"before\n{BEGIN}")
    assert table.endswith(f"{END}after\n")
    assert "| F2 | killed, seed 2 | 0 | 0 | 0 |  |\n| F10 | cut | – | – | – | slowest s 1.23 |\n" in table
