"""One mistake in the content of one node, and the field it is in."""

from typing import Any

import pytest

from pytake.engine.compile import FlowSettings, compile_flow
from tests.engine.stories import canvas, compiled, node_id

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("kind", "content", "issue"),
    [
        ("message", {"text": "x" * 4097}, "text_too_long content.text"),
        ("message", {"text": "x" * 1025, "buttons": ["A"]}, "text_too_long content.text"),
        ("message", {"text": "x", "header": "y"}, "needs_options content.header"),
        (
            "message",
            {"text": "x", "buttons": ["A"], "sections": [{"rows": ["B"]}]},
            "options_twice content.sections",
        ),
        (
            "message",
            {"text": "x", "buttons": ["A", "B", "C", "t" * 25]},
            "text_too_long content.buttons.3.title",
        ),
        (
            "message",
            {"text": "x", "buttons": [f"n{n}" for n in range(101)]},
            "too_many_items content.buttons",
        ),
        (
            "message",
            {"text": "x", "buttons": [{"id": "a b", "title": "A"}]},
            "field_pattern content.buttons.0.id",
        ),
        ("message", {"text": "x", "buttons": [{"title": ""}]}, "field_required content.buttons.0.title"),
        ("message", {"text": 5}, "field_type content.text"),
        ("message", {"text": "x", "buttons": "A"}, "field_type content.buttons"),
        ("message", {"text": "x", "buttons": [{"id": "a"}]}, "field_required content.buttons.0.title"),
        (
            "message",
            {"text": "x", "sections": [{"rows": ["A"]}, {"rows": ["B"]}]},
            "section_title_required content.sections.0.title",
        ),
        ("message", {"text": "x", "timeout": 0}, "number_too_small content.timeout"),
        ("message", {"text": "x", "timeout": "31d"}, "number_too_large content.timeout"),
        (
            "message",
            {"text": "x", "retry": {"messages": ["m"] * 11}},
            "too_many_items content.retry.messages",
        ),
        ("question", {"text": "x", "variable": "hoje"}, "variable_reserved content.variable"),
        (
            "question",
            {"text": "x", "variable": "v", "input": {"kind": "choice", "options": []}},
            "too_few_items content.input.options",
        ),
        (
            "question",
            {"text": "x", "variable": "v", "options": ["A", "A"]},
            "id_repeated content.input.options.1.id",
        ),
        (
            "question",
            {"text": "x", "variable": "v", "input": {"kind": "number", "min": 2, "max": 1}},
            "bounds_crossed content.input.min",
        ),
        (
            "question",
            {"text": "x", "variable": "v", "input": {"kind": "date", "min": "logo"}},
            "field_pattern content.input.min",
        ),
        (
            "question",
            {"text": "x", "variable": "v", "input": {"kind": "text", "regex": "x" * 501}},
            "text_too_long content.input.regex",
        ),
        ("condition", {}, "field_required content.when"),
        ("condition", {"mode": "switch"}, "too_few_items content.cases"),
        ("condition", {"mode": "talvez"}, "field_choice content.mode"),
        (
            "condition",
            {"when": {"variable": "x", "operator": "==", "value": {"a": 1}}},
            "field_type content.when.value",
        ),
        ("condition", {"when": {"all": []}}, "too_few_items content.when.all"),
        (
            "condition",
            {"mode": "switch", "cases": [{"id": "a", "when": {"expression": "1"}}] * 2},
            "id_repeated content.cases.1.id",
        ),
        ("end", {"outcome": "Fim!"}, "field_pattern content.outcome"),
        ("end", {"close": "talvez"}, "field_type content.close"),
        ("jump", {}, "field_required content.node_id"),
        ("start", {"variables": {"x": {"a": 1}}}, "field_type content.variables.x"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_one_mistake_in_a_content(kind: str, content: Json, issue: str) -> None:
    drawing = canvas({"inicio": {"type": "start"}}, {})
    drawing["nodes"].append({"id": node_id("x"), "type": kind, "data": {"content": content}})

    found = compile_flow(drawing, settings=FlowSettings("flow"))

    assert issue in [f"{error.code} {error.path}" for error in found.errors]


def test_a_rule_nested_too_deep() -> None:
    rule: Json = {"expression": "1"}
    for _ in range(9):
        rule = {"any": [rule]}

    found = compiled(
        {"i": {"type": "start"}, "se": {"type": "condition", "content": {"when": rule}}}, {"i": "se"}
    )

    assert [issue.code for issue in found.errors] == ["rule_too_deep"]
