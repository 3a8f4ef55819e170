"""Row 7: one turn of the engine, as a worker takes it: read the state, advance, write the state."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from bench.figures import percentile
from bench.row import Record, Row
from bench.stand import Stand
from pytake.engine.advance import advance
from pytake.engine.compile import FlowSettings, compile_flow
from pytake.engine.context import Context
from pytake.engine.events import Event, Replied, Started
from pytake.engine.program import Program
from pytake.engine.run import Run

SIZES = (5, 50, 200)
TALKS, QUICK_TALKS = 30, 5
REPLIES = 120
RUN = UUID("0193a5b0-0000-7000-8000-52554e52554e")

Json = dict[str, Any]
Drawn = dict[str, Json]


async def run(stand: Stand, record: Record) -> None:
    for draw, talk, kind in ((menus, taps, "plain"), (questions, answers, "variables")):
        for size in SIZES:
            program = compiled(draw(size))
            for _ in range(stand.options.rounds):
                record.add(f"{size} nodes, {kind}", measure(program, talk, talks(stand)))
    for contender, figures in record.series.items():
        for name in figures:
            figure, _, unit = name.rpartition(" ")
            record.state(f"{contender}: {figure}", record.median(contender, name), unit)


def talks(stand: Stand) -> int:
    return stand.options.scaled(TALKS, QUICK_TALKS)


def measure(program: Program, talk: Callable[[], Iterator[Event]], times: int) -> dict[str, float]:
    spent: list[float] = []
    longest = 0
    for _ in range(times):
        said = converse(program, talk())
        spent += said.seconds
        longest = max(longest, said.longest_state)
    return {
        "p50 µs": percentile(spent, 0.50) * 1e6,
        "p99 µs": percentile(spent, 0.99) * 1e6,
        "state bytes": longest,
    }


@dataclass(slots=True)
class Conversation:
    seconds: list[float]
    """Processor time of each turn: a turn waits for nothing, so other programs' time is not its own."""
    longest_state: int


def converse(program: Program, events: Iterator[Event]) -> Conversation:
    """The state is JSON between two turns, as it is in the database."""
    context = Context(
        datetime(2026, 11, 20, 13, 30, tzinfo=UTC),
        contact={"name": "Ana Souza"},
        organization="Padaria Aurora",
    )
    state = orjson.dumps(Run.new(RUN).dump())
    said = Conversation([], 0)
    for event in events:
        began = time.thread_time()
        turn = advance(program, Run.load(orjson.loads(state)), event, context)
        state = orjson.dumps(turn.run.dump())
        said.seconds.append(time.thread_time() - began)
        said.longest_state = max(said.longest_state, len(state))
        if turn.run.status.over:
            raise RuntimeError(f"the run ended: {turn.run.status}")
    return said


def taps() -> Iterator[Event]:
    yield Started("oi", event_id="0")
    for number in range(REPLIES):
        yield Replied("mais", event_id=str(number + 1))


def answers() -> Iterator[Event]:
    yield Started("oi", event_id="0")
    for number in range(REPLIES):
        yield Replied("mais" if number % 2 else "60", event_id=str(number + 1))


# --- drawings: nodes by name; the lines lead from each to the next, and from the last to the first ---------


def menus(size: int) -> Drawn:
    return {f"menu{at}": _menu() for at in range(size - 1)}


def questions(size: int) -> Drawn:
    """In fours: a question, a condition, a message with expressions and a menu; filled up with messages."""
    drawn: Drawn = {}
    for at in range((size - 1) // 4):
        drawn |= _four(at)
    return {**{f"fill{at}": _greeting() for at in range(size - 1 - len(drawn))}, **drawn}


def _menu() -> Json:
    return {"type": "message", "content": {"text": "E agora?", "buttons": ["Mais", "Nada"]}}


def _greeting() -> Json:
    return {"type": "message", "content": {"text": "Bom dia!"}}


def _four(at: int) -> Drawn:
    variable = f"q{at % 10}"
    asked = {
        "text": "{{ contato.nome | primeira_palavra }}, quantos? Até agora {{ total }}.",
        "variable": variable,
        "validation": {"kind": "integer", "min": 1, "max": 200},
    }
    return {
        f"ask{at}": {"type": "question", "content": asked},
        f"if{at}": {
            "type": "condition",
            "content": {"variable": variable, "operator": ">=", "value": 50},
        },
        f"say{at}": {"type": "message", "content": {"text": "{{ q0 * 0.9 | reais }} até {{ hoje | data }}"}},
        f"menu{at}": _menu(),
    }


def compiled(drawn: Drawn) -> Program:
    names = list(drawn)
    start: Json = {"type": "start", "content": {"variables": {"total": 0}}}
    lines = [("start", names[0]), *zip(names, [*names[1:], names[0]], strict=True)]
    canvas = {
        "schema_version": 1,
        "nodes": [_node(name, node) for name, node in {"start": start, **drawn}.items()],
        "edges": [edge for source, target in lines for edge in _edges(source, target)],
    }
    found = compile_flow(canvas, settings=FlowSettings(_id("flow")))
    if found.program is None:
        raise RuntimeError("; ".join(issue.message for issue in found.issues))
    return found.program


def _node(name: str, node: Json) -> Json:
    data = {"label": name, "content": node["content"]}
    return {"id": _id(name), "type": node["type"], "position": {"x": 0, "y": 0}, "data": data}


def _edges(source: str, target: str) -> Iterator[Json]:
    """A condition's two ways lead to the same place: both are walked, none is shorter."""
    for handle in ("true", "false") if source.startswith("if") else ("next",):
        yield {
            "id": f"{source}.{handle}",
            "source": _id(source),
            "sourceHandle": handle,
            "target": _id(target),
        }


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"node:{name}"))


ROW = Row(7, "Engine turn", run)
