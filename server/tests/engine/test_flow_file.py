"""A flow that travels in a file."""

import json
from typing import Any

import pytest

from pytake.engine.compile import FlowSettings
from pytake.engine.flow_file import FlowFileError, read_flow_file
from pytake.engine.limits import MAX_CANVAS_BYTES
from pytake.engine.triggers import Match, choose
from tests.engine.stories import DEMO, canvas

SMALL: dict[str, Any] = {
    "schema_version": 1,
    "name": "  Boas-vindas ",
    "trigger": {"type": "keyword", "keywords": ["Oi", "Olá "], "match": "first_word"},
    "is_welcome": True,
    "canvas": canvas({"inicio": {"type": "start"}, "fim": {"type": "end"}}, {"inicio": "fim"}),
}


def refused(source: Any) -> list[str]:
    with pytest.raises(FlowFileError) as caught:
        read_flow_file(source)
    assert str(caught.value)
    return [" ".join(part for part in (issue.code, issue.path) if part) for issue in caught.value.issues]


def test_what_is_read_is_what_was_written() -> None:
    file = read_flow_file(SMALL)

    assert (file.name, file.trigger.keywords, file.trigger.match) == (
        "Boas-vindas",
        ("Oi", "Olá"),
        Match.FIRST_WORD,
    )
    assert read_flow_file(json.dumps(file.dump()).encode()) == file
    assert file.compile(FlowSettings("flow")).program is not None


def test_the_triggers_it_brings() -> None:
    file = read_flow_file(SMALL)
    silent = read_flow_file({"name": "x", "canvas": SMALL["canvas"]})
    triggers = file.triggers("flow", number_id="7")

    assert silent.triggers("flow") == ()
    assert choose(triggers, "ola, gente", "7") is triggers[0]
    assert choose(triggers, "qualquer coisa", "7") is triggers[0]
    assert choose(triggers, "oi", "8") is None


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"\xff", "file_unreadable"),
        (b"[1]", "file_unreadable"),
        ("{", "file_unreadable"),
        ("[" * 100_000, "file_unreadable"),
        (b" " * (MAX_CANVAS_BYTES + 1), "file_too_large"),
        ({"a": json.loads("[" * 60 + "]" * 60)}, "canvas_too_deep"),
    ],
    ids=["no text", "no object", "no end", "too deep to parse", "too large", "too deep"],
)
def test_what_is_no_flow_file(source: Any, code: str) -> None:
    assert refused(source) == [code]


def test_every_mistake_of_the_file_is_said_at_once() -> None:
    broken = {
        "schema_version": 9,
        "name": "",
        "cor": "azul",
        "trigger": {"type": "sms", "keywords": ["", "👍"], "match": "soa como"},
        "is_welcome": "talvez",
        "priority": 5_000,
        "canvas": {"nodes": [{"id": "1", "type": "end"}], "edges": []},
    }

    assert refused(broken) == [
        "field_choice schema_version",
        "text_too_short name",
        "field_choice trigger.type",
        "text_too_short trigger.keywords.0",
        "field_choice trigger.match",
        "field_type is_welcome",
        "number_too_large priority",
        "field_unknown cor",
        "node_id_invalid",
        "no_start",
    ]


def test_a_keyword_nobody_could_type_is_refused() -> None:
    assert refused({**SMALL, "trigger": {"keywords": ["oi", "👍"]}}) == ["keyword_empty trigger.keywords.1"]


def test_a_file_without_a_drawing() -> None:
    assert refused({"name": "x"}) == ["canvas_unreadable"]


def test_the_bakery_s_flow_has_nothing_to_say_against() -> None:
    file = read_flow_file(DEMO.read_bytes())

    assert file.compile(FlowSettings("flow")).issues == ()
    heard = [
        choose(file.triggers("f"), text, None) for text in ("Oi!", "BOM DIA gente", "tem pao hoje?", "menu")
    ]
    assert None not in heard
