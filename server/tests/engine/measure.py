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
    """`count` nodes in fours: a question, a condition, a message and a menu, with variables in all of them."""
    nodes: dict[str, Any] = {"start": {"type": "start", "content": {"variables": {"total": 0}}}}
    lines = {"start": "ask0"}
    fours = (count - 1) // 4
    for at in range(fours):
        nodes[f"ask{at}"] = {
            "type": "question",
            "content": {
                "text": "{{ contato.nome | primeira_palavra }}, quantos? Até agora {{ total }}.",
                "variable": f"q{at % 10}",
                "validation": {"kind": "integer", "min": 1, "max": 200},
            },
        }
        nodes[f"if{at}"] = {
            "type": "condition",
            "content": {"variable": f"q{at % 10}", "operator": ">=", "value": 50},
        }
        nodes[f"say{at}"] = {
            "type": "message",
            "content": {"text": "{{ q0 * 0.9 | reais }} até {{ hoje | data }}"},
        }
        nodes[f"menu{at}"] = {
            "type": "message",
            "content": {"text": "E agora?", "buttons": ["Mais", "Menos", "Nada"]},
        }
        lines |= {
            f"ask{at}": f"if{at}",
            f"if{at}.true": f"say{at}",
            f"if{at}.false": f"say{at}",
            f"say{at}": f"menu{at}",
            f"menu{at}": f"ask{(at + 1) % fours}",
        }
    return program(nodes, lines)


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


def main() -> None:
    for count in (5, 200):
        found = questions(count)
        began = time.process_time()
        Program.load(found.dump())
        loading = time.process_time() - began
        spent: list[float] = []
        while len(spent) < ROUNDS:
            turns, longest = conversation(found)
            spent += turns
        hundredths = statistics.quantiles(spent, n=100)
        sys.stdout.write(
            f"{len(found.places)} nodes: turn p50 {hundredths[49] * 1e3:.3f} ms, p99 {hundredths[98] * 1e3:.3f} ms, "
            f"state {longest} bytes, program loaded in {loading * 1e3:.1f} ms\n"
        )


if __name__ == "__main__":
    main()
