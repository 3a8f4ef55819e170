"""A flow that is drawn to be slow is not."""

from typing import Any

from pytake.engine.advance import advance
from pytake.engine.effects import Finish, Warn
from pytake.engine.events import Replied, Started
from pytake.engine.limits import MAX_TEXT_BODY, MAX_WARNINGS
from pytake.engine.run import Run, RunStatus
from tests.engine.stories import RUN_ID, context, program

Json = dict[str, Any]


def turned(content: Json, variables: Json) -> list[Any]:
    nodes: dict[str, Json] = {"start": {"type": "start"}, "se": {"type": "condition", "content": content}}
    found = program(nodes, {"start": "se"})
    return list(advance(found, Run.new(RUN_ID, variables), Started("oi"), context()).effects)


def test_comparing_long_texts_again_and_again_comes_to_an_end() -> None:
    once = {"variable": "a", "operator": "==", "value": "{{ b }}"}
    again: Json = {"any": [{"any": [once] * 50}] * 50}

    effects = turned(again, {"a": "á" * 60_000, "b": "é" * 60_000})

    assert [effect.code for effect in effects if isinstance(effect, Warn)] == ["evaluation_too_long"]
    assert isinstance(effects[-1], Finish)


def test_the_author_is_not_told_everything() -> None:
    wrong = [{"expression": f"'x{number}' * 2"} for number in range(40)]

    effects = turned({"any": wrong + wrong[:10]}, {})

    warned = [effect.detail for effect in effects if isinstance(effect, Warn)]
    assert warned == [f"x{number}" for number in range(MAX_WARNINGS)]


def test_a_pattern_that_explodes_elsewhere_does_not() -> None:
    bomb = {"variable": "a", "operator": "matches", "value": "^(((a+)+)+)+$"}

    assert isinstance(turned(bomb, {"a": "a" * 60_000 + "!"})[-1], Finish)


def test_nobody_writes_more_than_whatsapp_carries() -> None:
    question = {"type": "question", "content": {"text": "?", "variable": "v"}}
    found = program({"start": {"type": "start"}, "q": question}, {"start": "q"})
    waiting = advance(found, Run.new(RUN_ID), Started("x" * 99_999), context()).run

    answered = advance(found, waiting, Replied("y" * 99_999), context()).run

    assert (answered.status, len(answered.variables["v"])) == (RunStatus.COMPLETED, MAX_TEXT_BODY)
