"""A drawing with mistakes: each is said, all at once, with its place."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pytake.engine import issues
from pytake.engine.canvas import canonical
from pytake.engine.compile import Compiled, FlowSettings, compile_flow
from pytake.engine.issues import ERRORS, WARNINGS
from pytake.engine.limits import MAX_CANVAS_BYTES, MAX_EDGES, MAX_NODES
from pytake.engine.program import Program
from tests.engine.stories import canvas, compiled, node_id

Json = dict[str, Any]

NAMES = (
    "inicio",
    "inicio2",
    "menu",
    "lista",
    "nome",
    "email",
    "se",
    "troca",
    "salto",
    "voz",
    "longe",
    "anel",
    "elo",
)
BROKEN_NODES: dict[str, Json] = {
    "inicio": {"type": "start"},
    "inicio2": {"type": "start", "content": {"variables": {"contato": "x", "2x": "y"}}},
    "menu": {
        "type": "message",
        "content": {
            "text": "",
            "header": "h" * 61,
            "buttons": [
                {"id": "a", "title": "um título longo demais"},
                {"id": "a", "title": "B"},
                {"id": "b", "title": "B"},
            ],
            "retry": {"max": 99},
        },
    },
    "lista": {
        "type": "message",
        "content": {
            "text": "x" * 1025,
            "list_button": "um botão longo demais",
            "sections": [
                {"rows": [{"id": "r", "title": "t" * 25, "description": "d" * 73}]},
                {"title": "s" * 25, "rows": []},
            ],
        },
    },
    "nome": {
        "type": "question",
        "content": {
            "text": "Olá {{ nome",
            "variable": "meu nome",
            "validation": {"kind": "text", "regex": "(a", "min": 9, "max": 3},
            "timeout": "nunca",
            "cor": "azul",
        },
    },
    "email": {"type": "question", "content": {"variable": "email", "input": {"kind": "pombo"}}},
    "se": {"type": "condition", "content": {"variable": "{{ soma( }}", "operator": "parece", "value": 1}},
    "troca": {
        "type": "condition",
        "content": {
            "mode": "switch",
            "cases": [
                {"id": "a", "when": {"variable": "idade", "operator": ">"}},
                {"id": "b", "when": {"any": [{"variable": "x", "operator": "matches", "value": "(?<=a)"}]}},
            ],
        },
    },
    "salto": {"type": "jump", "content": {"node_id": "ninguem"}},
    "voz": {"type": "telepatia"},
    "longe": {"type": "message", "content": {"text": "{{ idade }} {{ fala(1) }}"}},
    "anel": {"type": "message", "content": {"text": "a"}},
    "elo": {"type": "condition", "content": {"expression": "idade > 1"}},
}
BROKEN_LINES = {
    "inicio": "menu",
    "menu.opt:a": "lista",
    "lista.opt:nada": "nome",
    "lista.opt:r": "fantasma",
    "fantasma": "menu",
    "nome": "anel",
    "anel": "elo",
    "elo.true": "anel",
    "elo.false": "salto",
}

EXPECTED = {
    "many_starts inicio2",
    "variable_reserved inicio2 content.variables.contato",
    "variable_invalid inicio2 content.variables.2x",
    "text_too_long menu content.header",
    "number_too_large menu content.retry.max",
    "text_required menu content.text",
    "text_too_long menu content.buttons.0.title",
    "id_repeated menu content.buttons.1.id",
    "title_repeated menu content.buttons.2.title",
    "text_too_long lista content.list_button",
    "text_too_long lista content.sections.0.rows.0.description",
    "text_too_long lista content.sections.0.rows.0.title",
    "section_title_required lista content.sections.0.title",
    "text_too_long lista content.sections.1.title",
    "text_too_long lista content.text",
    "expression_unclosed nome content.text",
    "variable_invalid nome content.variable",
    "regex_invalid nome content.validation.regex",
    "duration_invalid nome content.timeout",
    "field_unknown nome content.cor",
    "field_required email content.text",
    "field_choice email content.input",
    "expression_incomplete se content.variable",
    "operator_unknown se content.operator",
    "operator_needs_value troca content.cases.0.when.value",
    "regex_invalid troca content.cases.1.when.any.0.value",
    "node_type_unknown voz",
    "expression_unknown_function longe content.text",
    "edge_handle_unknown lista opt:nada",
    "edge_target_missing lista opt:r",
    "edge_source_missing menu next",
    "jump_target_missing salto content.node_id",
    "cycle_without_wait anel",
    "node_unreachable email",
    "node_unreachable se",
    "node_unreachable troca",
    "node_unreachable voz",
    "node_unreachable longe",
    "variable_never_written elo",
}


def told(found: Compiled, names: tuple[str, ...] = NAMES) -> list[str]:
    """The issues in words: code, node, field or handle."""
    known = {node_id(name): name for name in names}
    return [
        " ".join(
            part for part in (issue.code, known.get(str(issue.node_id)), issue.path or issue.handle) if part
        )
        for issue in found.issues
    ]


def test_every_mistake_is_said_at_once() -> None:
    found = compiled(BROKEN_NODES, BROKEN_LINES)

    assert found.program is None
    assert set(told(found)) == EXPECTED
    assert all(issue.message and "{" not in issue.message for issue in found.issues)


def test_an_issue_is_json_for_whoever_draws() -> None:
    found = compiled({"inicio": {"type": "start"}, "voz": {"type": "telepatia"}}, {"inicio": "voz"})

    assert [issue.dump() for issue in found.errors] == [
        {
            "code": "node_type_unknown",
            "severity": "error",
            "message": "O tipo de bloco “telepatia” não existe.",
            "node_id": node_id("voz"),
            "handle": None,
            "path": None,
            "params": {"type": "telepatia"},
        }
    ]


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (None, "canvas_unreadable"),
        ([], "canvas_unreadable"),
        ({"nodes": {}}, "canvas_unreadable"),
        ({"nodes": ["x", {"id": 5}], "edges": [{}]}, "canvas_unreadable"),
        ({}, "no_start"),
        ({"schema_version": 2}, "schema_version_unknown"),
        ({"nodes": [{}] * (MAX_NODES + 1)}, "too_many_nodes"),
        ({"edges": [{}] * (MAX_EDGES + 1)}, "too_many_edges"),
        ({"nodes": [{"id": "x", "data": {"content": {"text": "x" * MAX_CANVAS_BYTES}}}]}, "canvas_too_large"),
        ({"nodes": [{"id": "7", "type": "start"}]}, "node_id_invalid"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_drawing_that_is_none(drawing: Any, code: str) -> None:
    found = compile_flow(drawing, settings=FlowSettings("flow"))

    assert found.program is None
    assert code in {issue.code for issue in found.errors}


def test_a_drawing_nested_without_end() -> None:
    deep: Json = {}
    for _ in range(100_000):
        deep = {"data": deep}

    found = compile_flow({"nodes": [deep]}, settings=FlowSettings("flow"))

    assert [issue.code for issue in found.issues] == ["canvas_too_deep"]
    while deep:  # taken apart by hand: freeing it at once would be as deep
        deep = deep.pop("data", {})


def test_two_nodes_or_lines_too_many() -> None:
    drawing = canvas({"inicio": {"type": "start"}, "fim": {"type": "end"}}, {"inicio": "fim"})
    drawing["nodes"].append(drawing["nodes"][1])
    drawing["edges"].append(drawing["edges"][0])
    alike = canvas({"fim": {"type": "end"}}, {})["nodes"][0]
    drawing["nodes"].append({**alike, "id": f"00000000-0000-4000-8000-{alike['id'][-12:]}"})

    codes = [issue.code for issue in compile_flow(drawing, settings=FlowSettings("flow")).errors]

    assert codes == ["node_id_repeated", "edge_handle_repeated", "node_ids_too_alike", "node_ids_too_alike"]


def test_every_sentence_is_said_by_something() -> None:
    engine = Path(issues.__file__).parent
    said = "".join(path.read_text() for path in engine.rglob("*.py") if path.name != "issues.py")

    assert [code for code in (*ERRORS, *WARNINGS) if f'"{code}"' not in said] == []


def test_lines_nobody_drew_are_told_only_where_they_are_a_mistake() -> None:
    nodes: dict[str, Json] = {
        "inicio": {"type": "start"},
        "menu": {"type": "message", "content": {"text": "x", "buttons": ["A", "B"]}},
        "livre": {"type": "message", "content": {"text": "x", "buttons": ["A", "B"]}},
        "pergunta": {"type": "question", "content": {"text": "x", "variable": "v"}},
        "se": {"type": "condition", "content": {"expression": "v"}},
        "fim": {"type": "end"},
    }
    lines = {"inicio": "menu", "menu.opt:a": "livre", "livre": "pergunta", "pergunta": "se", "se.true": "fim"}

    assert told(compiled(nodes, lines), tuple(nodes)) == ["open_exit menu opt:b"]


def test_a_loop_through_a_node_that_waits_is_fine() -> None:
    nodes: dict[str, Json] = {
        "inicio": {"type": "start"},
        "menu": {"type": "message", "content": {"text": "x", "buttons": ["A"]}},
        "volta": {"type": "jump", "content": {"node_id": "menu"}},
    }

    assert compiled(nodes, {"inicio": "menu", "menu": "volta"}).program is not None


@pytest.mark.parametrize("jump", [{"node_id": "eco"}, {"mode": "restart"}])
def test_a_jump_can_close_a_loop_that_never_waits(jump: Json) -> None:
    nodes: dict[str, Json] = {
        "inicio": {"type": "start"},
        "eco": {"type": "message", "content": {"text": "x"}},
        "volta": {"type": "jump", "content": jump},
    }

    assert "cycle_without_wait" in [
        issue.code for issue in compiled(nodes, {"inicio": "eco", "eco": "volta"}).errors
    ]


def test_the_projection_has_every_node_that_can_be_a_row() -> None:
    found = compiled(BROKEN_NODES, BROKEN_LINES)
    rows = {str(row.id): row for row in found.nodes_projection}
    menu = rows[node_id("menu")]

    assert rows.keys() == {node_id(name) for name in NAMES} - {node_id("voz")}
    assert (menu.type, menu.label, menu.content) == ("message", "menu", BROKEN_NODES["menu"]["content"])
    assert menu.settings == {"exits": {"opt:a": node_id("lista")}}
    assert menu.next_node_id is None
    assert rows[node_id("inicio")].next_node_id == UUID(node_id("menu"))


def test_the_flat_contents_of_the_specification_are_understood() -> None:
    nodes: dict[str, Json] = {
        "inicio": {"type": "start"},
        "oi": {"type": "message", "content": {"text": "Olá!", "buttons": [{"id": "a", "title": "A"}]}},
        "nome": {
            "type": "question",
            "content": {"text": "Qual seu nome?", "variable": "user_name", "validation": "text"},
        },
        "idade": {"type": "condition", "content": {"variable": "age", "operator": ">", "value": 18}},
    }
    found = compiled(nodes, {"inicio": "oi", "oi": "nome", "nome": "idade"})

    assert found.program is not None
    contents = {node["label"]: node["content"] for node in found.program.dump()["nodes"]}
    assert contents["nome"]["input"]["kind"] == "text"
    assert contents["idade"]["when"] == {"variable": "age", "operator": ">", "value": 18}


def test_a_program_is_the_same_after_a_night_in_the_database() -> None:
    found = compiled(
        {"i": {"type": "start"}, "fim": {"type": "end", "content": {"text": "{{ x }}"}}}, {"i": "fim"}
    )
    assert found.program is not None
    written = json.loads(json.dumps(found.program.dump()))

    assert Program.load(written).dump() == found.program.dump()
    with pytest.raises(ValueError, match="format 99"):
        Program.load({**written, "format": 99})


def test_an_id_has_one_form() -> None:
    assert canonical("0193A5B0-0000-7000-8000-52554E52554E") == "0193a5b0-0000-7000-8000-52554e52554e"
    assert [
        canonical(value) for value in ("{0193a5b0-0000-7000-8000-52554e52554e}", "0193a5b0", None, 5)
    ] == [None] * 4
