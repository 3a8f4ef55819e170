"""The figures on the page are those of the last whole run."""

from typing import Any

import orjson

from bench.options import RESULTS
from bench.page import BEGIN, END, PAGE, page
from bench.row import Goal, Record

RUN: dict[str, Any] = {
    "machine": {"cores": 2, "processor": "X"},
    "options": {"rounds": 3, "seconds": 10.0},
    "versions": {"pytake": "abc"},
}


def test_the_page_shows_the_last_whole_run() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert page(text, orjson.loads(RESULTS.read_bytes())) == text, "run `make bench`"


def test_a_row_says_what_was_measured_and_what_was_missed() -> None:
    record = Record("rates", "Rates")
    record.state("end to end p99", 287.4, "ms", Goal(200, 60, at_most=True))
    record.state("its own maximum", 1450.2, "msg/s")
    record.must_be_zero({"lost": 0, "doubled": 2})

    written = page(f"before\n{BEGIN}old\n{END}after\n", RUN | {"rows": {"rates": record.written()}})

    assert written.startswith(f"before\n{BEGIN}")
    assert written.endswith(f"{END}after\n")
    assert "old" not in written
    assert "| end to end p99 | 287 ms | ≤ 200 | ≤ 60 | ✗ missed |\n" in written
    assert "| its own maximum | 1,450 msg/s |  |  |  |\n" in written
    assert "| lost, doubled | doubled 2 | 0 | | ✗ missed |\n" in written
