"""What holds for every flow, every person and every message."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytake.engine import answers
from pytake.engine.advance import Turn, advance
from pytake.engine.canvas import content_hash, normalise
from pytake.engine.compile import FlowSettings, compile_flow
from pytake.engine.effects import Finish, Say
from pytake.engine.events import Event, Replied, Started, TimerFired
from pytake.engine.expressions import Expression, ExpressionError, Template
from pytake.engine.flow_file import FlowFileError, read_flow_file
from pytake.engine.limits import DEFAULT_LIMITS, MAX_INTERACTIVE_BODY, MAX_TEXT_BODY
from pytake.engine.program import Program
from pytake.engine.run import Run, RunStatus
from pytake.engine.text import fold
from pytake.engine.triggers import Match, Trigger, choose
from pytake.engine.values import from_json, from_outside, to_json
from pytake.engine.wire import read_event, write_event
from tests.engine.stories import RUN_ID, context, node_id, program, reloaded

Json = dict[str, Any]

THOROUGH = settings.get_current_profile_name() == "thorough"
pace = settings(deadline=None, max_examples=settings().max_examples if THOROUGH else 30)

NAMES = ("a", "b", "c", "d", "e")
CONTENTS: list[tuple[str, Json]] = [
    ("message", {"text": "{{ v }} {{ contato.nome }} {{ v | reais }}"}),
    ("message", {"text": "{{ mensagem }}", "buttons": ["Sim", "{{ v }}"], "timeout": 60}),
    ("message", {"text": "x", "buttons": [f"Opção {n}" for n in range(12)], "retry": {"max": 2}}),
    ("question", {"text": "{{ v }}?", "variable": "v", "input": {"kind": "any"}}),
    ("question", {"text": "?", "variable": "v", "validation": "number", "timeout": 60, "retry": 2}),
    ("question", {"text": "?", "variable": "v", "options": ["Um", "Dois"]}),
    ("condition", {"variable": "v", "operator": ">", "value": 5}),
    ("condition", {"expression": "{{ 'a' in v e v.x[0] / v }}"}),
    ("jump", {"mode": "restart"}),
    ("end", {"text": "{{ v }}"}),
    ("handoff", {}),
]
HANDLES = ("next", "true", "false", "other", "invalid", "timeout", "opt:sim", "opt:um")

people_s_text = st.text(max_size=60) | st.sampled_from(
    ["sim", "1", "{{7*7}}", "{0.__class__}", "\x00\ud800", "9" * 5_000, "dois"]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.sampled_from(["$date", "$decimal", "$object"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Any graph, loops that never wait among them: what the compiler refuses, the engine still has to end."""
    chosen = {name: draw(st.sampled_from(CONTENTS)) for name in NAMES}
    nodes = [
        {"id": node_id(name), "type": kind, "label": name, "content": content}
        for name, (kind, content) in chosen.items()
    ]
    targets = st.sampled_from([*NAMES, "start", "gone"]).map(node_id)
    exits = {
        node_id(name): draw(st.dictionaries(st.sampled_from(HANDLES), targets, max_size=5)) for name in NAMES
    }
    start = {"id": node_id("start"), "type": "start", "label": "start", "content": {}}
    exits[node_id("start")] = {"next": node_id("a")}
    return Program.load(
        {
            "format": 1,
            "flow_id": node_id("flow"),
            "start": node_id("start"),
            "defaults": {"fallback_message": "Não entendi."},
            "nodes": [start, *nodes],
            "exits": exits,
        }
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    event_id = draw(st.none() | st.sampled_from("xyz"))
    if draw(st.integers(0, 5)) == 0:
        return TimerFired(draw(st.sampled_from(["1", "2", "3", ""])), event_id=event_id)
    token = draw(st.none() | people_s_text | st.sampled_from(["552e52554e5", "x.y.@1"]))
    kind = draw(st.sampled_from(["text", "interactive", "image", "reaction", "unsupported"]))
    content = draw(st.none() | st.dictionaries(st.text(max_size=5), json_values, max_size=3))
    return Replied(draw(st.none() | people_s_text), token, kind, content, event_id)


def play(found: Program, told: list[Event], contact: Any) -> list[Turn]:
    now = context({"contact": contact})
    run, turns = Run.new(RUN_ID), []
    for event in [Started("oi"), *told]:
        turn = advance(found, reloaded(run), event, now)
        turns.append(turn)
        run = turn.run
    return turns


@pace
@given(
    programs(),
    st.lists(events(), max_size=6),
    st.dictionaries(st.sampled_from(["name", "attributes", "x"]), json_values),
)
def test_every_run_of_every_graph(found: Program, told: list[Event], contact: Json) -> None:
    turns = play(found, told, contact)

    assert turns == play(found, told, contact), "the same again is the same"
    for before, event, turn in zip(
        [Run.new(RUN_ID), *(turn.run for turn in turns)], [Started("oi"), *told], turns, strict=False
    ):
        if turn.ignored:
            assert turn.run == before
            assert (turn.effects, turn.trace) == ((), ())
            continue
        check_turn(before, event, turn)
        again = advance(found, reloaded(turn.run), event, context({"contact": contact}))
        assert event.event_id is None or (again.ignored, again.run) == (True, turn.run)


def check_turn(before: Run, event: Event, turn: Turn) -> None:
    run = turn.run
    says = [effect for effect in turn.effects if isinstance(effect, Say)]
    finishes = [effect for effect in turn.effects if isinstance(effect, Finish)]
    assert run.status is RunStatus.WAITING or run.status.over
    assert run.step_no == before.step_no + 1
    assert len(says) <= DEFAULT_LIMITS.sends_per_turn
    assert len(turn.trace) <= DEFAULT_LIMITS.visits_per_turn + 1
    assert finishes == (list(turn.effects[-1:]) if run.status.over else [])
    assert (run.waiting is None) == run.status.over == (run.node is None)
    assert run.last_event_id in {event.event_id, before.last_event_id}
    for say in says:
        check_message(say)
    assert "\\u0000" not in json.dumps(run.dump())
    json.dumps(run.dump(), ensure_ascii=False).encode()


def check_message(say: Say) -> None:
    text = say.content["text"]
    json.dumps(say.content, ensure_ascii=False).encode()
    assert 1 <= len(text) <= (MAX_TEXT_BODY if say.type == "text" else MAX_INTERACTIVE_BODY)
    assert text.strip()
    titles = [button["title"] for button in say.content.get("buttons", ())]
    assert len(titles) == len(set(titles)) <= 3
    assert all(1 <= len(title) <= 20 for title in titles)
    rows = [row for section in say.content.get("sections", ()) for row in section["rows"]]
    assert len(rows) <= 10
    assert all(1 <= len(row["title"]) <= 24 for row in rows)


@pace
@given(events())
def test_an_event_written_down_is_the_event(event: Event) -> None:
    assert read_event(json.loads(json.dumps(write_event(event)))) == event


@pace
@given(json_values)
def test_a_value_is_the_same_after_a_night_in_the_database(value: Any) -> None:
    kept = from_outside(value)

    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


@pace
@given(st.text(max_size=60) | st.text("{} '\"|()[].,+-*/%<>=!1aénot ou", max_size=60))
def test_any_source_is_an_expression_or_says_why_not(source: str) -> None:
    for reader in (Expression, Template):
        with suppress(ExpressionError):
            reader(source)


@pace
@given(st.sampled_from([kind for kind in answers.KINDS if kind is not answers.choice.Choice]), people_s_text)
def test_any_text_is_judged_by_any_kind(kind: type[answers.Kind], text: str) -> None:
    question = {
        "type": "question",
        "content": {"text": "?", "variable": "v", "input": {"kind": kind.model_fields["kind"].default}},
    }
    found = program({"start": {"type": "start"}, "q": question}, {"start": "q"})

    turns = play(found, [Replied(text)], {})

    assert turns[1].run.variables.keys() <= {"v"}


@pace
@given(st.text(max_size=40), st.lists(st.text(max_size=10), max_size=3), st.sampled_from(Match))
def test_any_text_is_folded_and_matched(text: str, keywords: list[str], match: Match) -> None:
    assert fold(fold(text)) == fold(text)
    found = choose([Trigger("a", tuple(keywords), match), Trigger("b", (text,))], text, None)
    assert found is not None or not fold(text)


@pace
@given(
    st.dictionaries(
        st.sampled_from(["nodes", "edges", "schema_version"]),
        st.lists(
            st.dictionaries(
                st.sampled_from(["id", "type", "data", "position", "source", "target", "sourceHandle"]),
                json_values | st.sampled_from([node_id("a"), "start", "message"]),
            ),
            max_size=3,
        )
        | json_values,
    )
)
def test_any_json_is_a_drawing_or_says_why_not(drawing: Json) -> None:
    found = compile_flow(drawing, settings=FlowSettings("flow"))

    assert (found.program is None) == bool(found.errors)
    assert normalise(normalise(drawing)) == normalise(drawing)
    assert content_hash(drawing) == content_hash(normalise(drawing))


@pace
@given(
    st.sampled_from([kind for kind, _ in CONTENTS]),
    st.dictionaries(
        st.sampled_from(
            [
                "text",
                "buttons",
                "sections",
                "variable",
                "input",
                "validation",
                "retry",
                "timeout",
                "when",
                "cases",
                "mode",
                "operator",
                "value",
                "all",
                "variables",
                "node_id",
                "outcome",
            ]
        ),
        json_values,
        max_size=5,
    ),
)
def test_any_content_is_compiled_or_says_why_not(kind: str, content: Json) -> None:
    drawn = {"id": node_id("x"), "type": kind, "data": {"content": content}}
    found = compile_flow(
        {"nodes": [{"id": node_id("s"), "type": "start"}, drawn]}, settings=FlowSettings("flow")
    )

    assert all(issue.message for issue in found.issues)
    if found.program is not None:
        assert Program.load(json.loads(json.dumps(found.program.dump()))).dump() == found.program.dump()


@pace
@given(
    st.binary(max_size=30)
    | json_values.map(lambda value: json.dumps({"name": "x", "canvas": value}).encode())
)
def test_any_file_is_a_flow_or_says_why_not(source: bytes) -> None:
    with pytest.raises(FlowFileError) as caught:
        read_flow_file(source)

    assert caught.value.issues
