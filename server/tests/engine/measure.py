"""How long a turn takes: `python -m tests.engine.measure`, from `server`. Prints; asserts nothing.

A turn here is what a host does between two statements: load the run, advance, dump it as JSON.
"""

import json
import statistics
import sys
import time
from typing import Any

from pytake.engine.advance import advance
from pytake.engine.events import Event, Replied, Started
from pytake.engine.program import Program
from pytake.engine.run import Run
from tests.engine.stories import RUN_ID, context, program

ROUNDS = 2_000


def questions(count: int) -> Program:
    """`count` nodes in fours: a question, a condition, a message and a menu, with variables in them."""
    nodes: dict[str, Any] = {"start": {"type": "start", "content": {"variables": {"total": 0}}}}
    lines = {"start": "ask0"}
    fours = (count - 1) // 4
    for at in range(fours):
        nodes |= _four(at)
        lines |= {
            f"ask{at}": f"if{at}",
            f"if{at}.true": f"say{at}",
            f"if{at}.false": f"say{at}",
            f"say{at}": f"menu{at}",
            f"menu{at}": f"ask{(at + 1) % fours}",
        }
    return program(nodes, lines)


def _four(at: int) -> dict[str, Any]:
    name = f"q{at % 10}"
    asked = {
        "text": "{{ contato.nome | primeira_palavra }}, quantos? Até agora {{ total }}.",
        "variable": name,
        "validation": {"kind": "integer", "min": 1, "max": 200},
    }
    return {
        f"ask{at}": {"type": "question", "content": asked},
        f"if{at}": {"type": "condition", "content": {"variable": name, "operator": ">=", "value": 50}},
        f"say{at}": {"type": "message", "content": {"text": "{{ q0 * 0.9 | reais }} até {{ hoje | data }}"}},
        f"menu{at}": {"type": "message", "content": {"text": "E agora?", "buttons": ["Mais", "Nada"]}},
    }


def conversation(found: Program) -> tuple[list[float], int]:
    """Seconds of each turn, and the longest state in bytes."""
    now, spent, longest = context(), [], 0
    state = json.dumps(Run.new(RUN_ID).dump())
    told: list[Event] = [Started("oi")] + [Replied("60"), Replied("mais")] * 60
    for event in told:
        began = time.process_time()
        turn = advance(found, Run.load(json.loads(state)), event, now)
        state = json.dumps(turn.run.dump())
        spent.append(time.process_time() - began)
        longest = max(longest, len(state))
    return spent, longest


def report(count: int) -> str:
    found = questions(count)
    began = time.process_time()
    Program.load(found.dump())
    loading = time.process_time() - began
    spent: list[float] = []
    longest = 0
    while len(spent) < ROUNDS:
        turns, longest = conversation(found)
        spent += turns
    hundredths = [round(value * 1e3, 3) for value in statistics.quantiles(spent, n=100)]
    return (
        f"{len(found.places)} nodes: turn p50 {hundredths[49]} ms, p99 {hundredths[98]} ms, "
        f"state {longest} bytes, program loaded in {loading * 1e3:.1f} ms\n"
    )


if __name__ == "__main__":
    for size in (5, 200):
        sys.stdout.write(report(size))
