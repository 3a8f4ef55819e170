"""How large the loops of a run are (a tenth, or with `make security` in full), the seed that repeats it, and
the figures that tests have shown: they are printed at the end.
"""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

FULL = os.environ.get("PYTAKE_SECURITY") == "full"  # noqa: TID251 - of the tests, no setting of PyTake
SEED = int(os.environ.get("PYTAKE_SECURITY_SEED") or random.SystemRandom().randrange(1_000_000))  # noqa: TID251 - of the tests, no setting of PyTake

Figure = Callable[[str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ten times as much may take its time; what takes longest says so itself."""
    for item in items:
        if FULL and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(1800))


def full_or_tenth(full: int) -> int:
    return full if FULL else max(1, full // 10)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Tell at the end of the run what was tried and what came of it."""
    return lambda said: record_property("figure", said)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    figures = [
        said
        for report in terminalreporter.stats.get("passed", [])
        for name, said in getattr(report, "user_properties", ())
        if name == "figure" and report.when == "call"
    ]
    if figures:
        terminalreporter.section("figures")
        for said in figures:
            terminalreporter.write_line(said)
