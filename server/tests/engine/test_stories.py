"""The engine does what the cases say."""

from pathlib import Path
from typing import Any

import pytest

from pytake.engine.nodes import NODES
from tests.engine.stories import CASES, Case, pretty

FILES = sorted(CASES.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_stories_of(path: Path, request: pytest.FixtureRequest) -> None:
    case = Case(path)
    told = [case.tell(story) for story in case.stories()]
    if request.config.getoption("--update", default=False):
        _rewrite(case, told)
        return
    for story, turns in zip(case.stories(), told, strict=True):
        for number, (chapter, turn) in enumerate(zip(story["events"], turns, strict=True), start=1):
            assert turn == chapter.get("turn"), f"{story['description']}, event {number}"


def _rewrite(case: Case, told: list[list[dict[str, Any]]]) -> None:
    for story, turns in zip(case.stories(), told, strict=True):
        for chapter, turn in zip(story["events"], turns, strict=True):
            chapter["turn"] = turn
    case.path.write_text(pretty(case.written) + "\n")


@pytest.mark.parametrize("kind", NODES)
def test_every_kind_of_node_has_a_case(kind: str) -> None:
    assert [path for path in FILES if path.stem == kind or path.stem.startswith(f"{kind}_")]
