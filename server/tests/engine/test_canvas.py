"""The drawing as it is stored, and copies of it with ids of their own."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pytake.engine.canvas import content_hash, normalise, with_new_ids
from tests.engine.stories import canvas, node_id

DRAWN: dict[str, Any] = {
    "viewport": {"x": 1, "y": 2, "zoom": 3},
    "nodes": [
        {
            "type": "start",
            "id": node_id("inicio").upper(),
            "position": {"x": 1.234, "y": float("inf"), "z": 1},
            "selected": True,
            "dragging": True,
            "measured": {"width": 1},
            "width": 100,
            "data": {"label": "In\x00ício", "content": {"b": 1, "a": "x\ud800"}, "errors": 3},
        },
        {"id": node_id("fim"), "type": "end"},
        {
            "id": "nota",
            "type": "note",
            "position": {"x": 0, "y": 0},
            "width": 200,
            "data": {"text": "lembrar"},
        },
        "lixo",
    ],
    "edges": [
        {
            "id": "reactflow__edge-1",
            "source": node_id("inicio"),
            "sourceHandle": None,
            "target": node_id("inicio"),
        },
        {"id": "2", "source": node_id("inicio"), "target": node_id("fim"), "animated": True},
        {"id": "3", "source": node_id("inicio"), "sourceHandle": "x", "target": "ninguem"},
        {"source": 5},
    ],
}


def test_what_is_stored_is_what_was_meant() -> None:
    name = f"{node_id('inicio')}:next"

    assert normalise(DRAWN) == {
        "schema_version": 1,
        "nodes": [
            {
                "id": node_id("inicio"),
                "type": "start",
                "position": {"x": 1.23, "y": 0.0},
                "data": {"label": "Início", "content": {"a": "x", "b": 1}},
            },
            {"id": node_id("fim"), "type": "end", "position": {"x": 0.0, "y": 0.0}, "data": {"content": {}}},
            {
                "id": "nota",
                "type": "note",
                "position": {"x": 0, "y": 0},
                "width": 200,
                "data": {"text": "lembrar"},
            },
        ],
        "edges": [
            {"id": name, "source": node_id("inicio"), "sourceHandle": "next", "target": node_id("fim")}
        ],
    }


def test_to_tidy_twice_is_to_tidy_once() -> None:
    once = normalise(DRAWN)

    assert normalise(once) == once
    assert content_hash(DRAWN) == content_hash(once)
    assert content_hash({**once, "edges": []}) != content_hash(once)


def test_what_is_no_drawing_is_an_empty_one() -> None:
    drawings: list[Any] = [None, 5, "x", [], {"nodes": 5, "edges": {}}]
    for nothing in drawings:
        assert normalise(nothing) == {"schema_version": 1, "nodes": [], "edges": []}


def test_a_copy_has_ids_of_its_own_wherever_they_are_mentioned() -> None:
    drawing = canvas(
        {"inicio": {"type": "start"}, "volta": {"type": "jump", "content": {"node_id": "inicio"}}},
        {"inicio": "volta"},
    )

    copy = with_new_ids(drawing, lambda old: uuid5(NAMESPACE_URL, old))

    first, second = copy["nodes"]
    assert not {first["id"], second["id"]} & {node_id("inicio"), node_id("volta")}
    assert second["data"]["content"]["node_id"] == first["id"]
    assert copy["edges"] == [
        {"id": f"{first['id']}:next", "source": first["id"], "sourceHandle": "next", "target": second["id"]}
    ]
