"""F16. Flows drawn in circles: whatever the drawing, a message of a customer costs a bounded turn."""

import itertools
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from pytake.engine.advance import Turn, advance
from pytake.engine.effects import HandOff, Say, SetTimer
from pytake.engine.events import Event, Replied, Started, TimerFired
from pytake.engine.flow_file import FlowFileError, read_flow_file
from pytake.engine.limits import (
    DEFAULT_LIMITS,
    MAX_ATTEMPTS,
    MAX_CANVAS_BYTES,
    MAX_CANVAS_DEPTH,
    MAX_EDGES,
    MAX_NODES,
    MAX_TEXT_BODY,
)
from pytake.engine.program import Program
from pytake.engine.run import Run, RunStatus
from tests.engine.stories import RUN_ID, context, program
from tests.faults.drawings import START, Drawn, chain, drawings, ring
from tests.faults.figures import Figures, Line
from tests.faults.size import SEED, full_or_tenth
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office

Json = dict[str, Any]

GRAPHS = full_or_tenth(1_000)
REPLIES = ("5", "sim", "Um", "não sei", "2", "Mais opções", "😀", "9" * 300)
MOST_TURNS = DEFAULT_LIMITS.steps_per_run * (MAX_ATTEMPTS + 1)
"""Every answer either leads to a node or uses up an attempt at the present one."""
MARIA = "5511900000011"


SENDS_FOREVER = ring("message", {"text": "de novo"})
TURNS_FOREVER = ring("condition", {"variable": "v", "operator": ">", "value": 5})
JUMPS_FOREVER = ring("jump", {"mode": "goto", "node_id": "a"})
BEGINS_FOREVER = ring("jump", {"mode": "restart", "keep_variables": False})
ASKS_FOREVER = ring("question", {"text": "{{ v }}?", "variable": "v"}, waits=True)


@dataclass
class Seen:
    """What the worst of all runs did."""

    graphs: int = 0
    turns: int = 0
    accepted: int = 0
    sends: int = 0
    visits: int = 0
    longest_run: int = 0
    slowest: float = 0.0
    ended: Counter[str] = field(default_factory=Counter)

    def note(self, turns: list[Turn]) -> None:
        self.graphs += 1
        self.turns += len(turns)
        self.sends = max(self.sends, *(said(turn) for turn in turns))
        self.visits = max(self.visits, *(entered(turn) for turn in turns))
        self.longest_run = max(self.longest_run, turns[-1].run.steps)
        self.ended[why(turns[-1])] += 1

    def written(self) -> dict[str, float | int | str]:
        return {
            "turns": self.turns,
            "publishable": self.accepted,
            "most_messages_per_turn": self.sends,
            "most_nodes_per_turn": self.visits,
            "longest_run_nodes": self.longest_run,
            "slowest_turn_cpu_ms": self.slowest * 1e3,
        }


SEEN = Seen()


def said(turn: Turn) -> int:
    return sum(isinstance(effect, Say) for effect in turn.effects)


def entered(turn: Turn) -> int:
    return sum(visit.how == "enter" for visit in turn.trace)


def why(turn: Turn) -> str:
    """How the run ended: its status, or the limit it ran into."""
    failures = [effect.reason for effect in turn.effects if isinstance(effect, HandOff)]
    return failures[-1] if turn.run.status is RunStatus.FAILED else turn.run.status.value


def lived(found: Program, replies: list[str]) -> list[Turn]:
    """The turns of a run whose customer never tires of answering, until the run is over."""
    run = Run.new(RUN_ID)
    turns: list[Turn] = []
    answers = itertools.cycle(replies)
    event: Event = Started("oi")
    while not run.status.over:
        assert len(turns) < MOST_TURNS, "the run goes on for ever"
        began = time.thread_time()
        turn = advance(found, run, event, context())
        SEEN.slowest = max(SEEN.slowest, time.thread_time() - began)
        assert not turn.ignored, turn.reason
        run = turn.run
        turns.append(turn)
        event = next_event(turn, next(answers))
    return turns


def next_event(turn: Turn, reply: str) -> Event:
    """An answer; or silence, now and then, where the flow has set a timer."""
    timers = [effect.token for effect in turn.effects if isinstance(effect, SetTimer)]
    return TimerFired(timers[-1]) if timers and turn.run.step_no % 5 == 0 else Replied(reply)


@seed(SEED)
@settings(max_examples=GRAPHS, deadline=None)
@given(drawings(), st.lists(st.sampled_from(REPLIES), min_size=1, max_size=4))
@example(SENDS_FOREVER, ["5"])
@example(TURNS_FOREVER, ["5"])
@example(JUMPS_FOREVER, ["5"])
@example(BEGINS_FOREVER, ["5"])
@example(ASKS_FOREVER, ["5"])
@example(chain(30), ["5"])
def check_every_graph(drawn: Drawn, replies: list[str]) -> None:
    compiled = drawn.compiled()
    circles = [issue for issue in compiled.errors if issue.code == "cycle_without_wait"]
    assert bool(circles) == drawn.has_a_loop_that_never_waits()
    assert len(circles) == len(compiled.errors), "nothing else is wrong with the drawing"

    turns = lived(compiled.program or drawn.program(), replies)

    SEEN.note(turns)
    SEEN.accepted += compiled.program is not None
    for turn in turns:
        assert said(turn) <= DEFAULT_LIMITS.sends_per_turn
        assert entered(turn) <= DEFAULT_LIMITS.visits_per_turn
    assert turns[-1].run.steps <= DEFAULT_LIMITS.steps_per_run + 1
    assert compiled.program is None or why(turns[-1]) != "too_many_visits"


def test_every_run_of_every_graph_ends_within_its_limits(figures: Figures) -> None:
    check_every_graph()

    figures.add(Line("F16", f"{SEEN.graphs} flows full of loops", figures=SEEN.written()))
    assert SEEN.sends == DEFAULT_LIMITS.sends_per_turn, "the limit was reached, or nothing was shown"
    assert SEEN.visits == DEFAULT_LIMITS.visits_per_turn
    assert {"too_many_messages", "too_many_visits", "too_many_steps"} <= SEEN.ended.keys()


def test_a_customer_who_is_asked_everything_does_not_fill_the_memory() -> None:
    """Three hundred questions, each answered with as much as WhatsApp carries."""
    names = [f"q{place}" for place in range(300)]
    nodes = {name: {"type": "question", "content": {"text": "?", "variable": name}} for name in names}
    found = program({START: {"type": "start"}, **nodes}, dict(itertools.pairwise([START, *names])))

    turns = lived(found, ["é" * (2 * MAX_TEXT_BODY)])

    assert why(turns[-1]) == "variables_too_large"
    assert len(json.dumps(turns[-1].run.dump(), ensure_ascii=False).encode()) < 2 * (
        DEFAULT_LIMITS.variables_bytes
    )


def test_the_longest_flow_that_may_be_imported_ends_as_well() -> None:
    longest = chain(MAX_NODES - 1)
    file = read_flow_file(json.dumps({"name": "Longo", "canvas": longest.canvas()}).encode())

    (turn,) = lived(longest.program(), ["5"])

    assert len(file.canvas["nodes"]) == MAX_NODES
    assert (said(turn), why(turn)) == (DEFAULT_LIMITS.sends_per_turn, "too_many_messages")


def deep(levels: int) -> Json:
    inner: Json = {}
    for _ in range(levels):
        inner = {"x": inner}
    return inner


def with_edges(count: int) -> Json:
    """Between the same two nodes, over and over."""
    drawn = chain(1).canvas()
    return {**drawn, "edges": drawn["edges"] * count}


def with_text(size: int) -> Json:
    drawn = chain(1).canvas()
    drawn["nodes"][0]["data"]["settings"] = {"note": "x" * size}
    return drawn


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (lambda: chain(MAX_NODES).canvas(), "too_many_nodes"),
        (lambda: with_edges(MAX_EDGES + 1), "too_many_edges"),
        (lambda: with_text(MAX_CANVAS_BYTES), "canvas_too_large"),
        (lambda: {**chain(1).canvas(), "viewport": deep(MAX_CANVAS_DEPTH)}, "canvas_too_deep"),
        (SENDS_FOREVER.canvas, "cycle_without_wait"),
        (TURNS_FOREVER.canvas, "cycle_without_wait"),
        (JUMPS_FOREVER.canvas, "cycle_without_wait"),
        (BEGINS_FOREVER.canvas, "cycle_without_wait"),
    ],
)
def test_import_refuses_what_exceeds_its_caps(drawing: Any, code: str) -> None:
    with pytest.raises(FlowFileError) as refused:
        read_flow_file({"name": "Demais", "canvas": drawing()})
    assert code in {issue.code for issue in refused.value.issues}


def test_a_file_larger_than_its_cap_is_not_even_read() -> None:
    with pytest.raises(FlowFileError) as refused:
        read_flow_file(b" " * (MAX_CANVAS_BYTES + 1))
    assert [issue.code for issue in refused.value.issues] == ["file_too_large"]


async def test_a_customer_hears_twenty_messages_and_then_a_person(office: Office) -> None:
    """The same limit seen from WhatsApp: a published flow that wants to say thirty things at once."""
    tenant = await office.tenant(flow=None)
    file = {"name": "Trinta", "is_welcome": True, "canvas": chain(30).canvas()}
    await office.publish(tenant, file)

    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    await office.until("SELECT status = 'waiting_in_queue' FROM conversations")
    await office.until("SELECT count(*) = 0 FROM outbox")

    assert len(office.sim.logged("graph.accepted", to=MARIA)) == DEFAULT_LIMITS.sends_per_turn
    (conversation,) = await office.rows("SELECT handoff_reason, is_bot_active FROM conversations")
    assert conversation == {"handoff_reason": "too_many_messages", "is_bot_active": False}
