"""A load on PyTake from the first webhook until nothing is left to do, and what it cost and broke."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.desk import APP_SECRET, Tenant
from bench.figures import Figures
from bench.load.client import run_load
from bench.load.plan import Number, Outcome, Plan
from bench.oracle import judge
from bench.processes import PyTake
from bench.row import Record
from bench.usage import Seconds, since

PEOPLE = 2000
SETTLED_WITHIN = 120.0

_LEFT = """
SELECT (SELECT count(*) FROM inbound_events WHERE status <> 'parked') + (SELECT count(*) FROM outbox)
"""
_PARKED = "SELECT count(*) FROM inbound_events WHERE status = 'parked'"
_STORED = """
SELECT count(*) FILTER (WHERE direction = 'inbound') AS inbound,
       count(*) FILTER (WHERE direction = 'outbound' AND status = ANY($1)) AS outbound
FROM messages
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """One load with its consequences."""

    outcome: Outcome
    cpu: Seconds
    """Used by each kind of process, from before the load until everything was settled."""
    broken: dict[str, int]
    """Counts that must be 0."""
    settled_after: float
    """Seconds from the last reply until nothing was waiting to be applied or sent."""

    def figures(self) -> Figures:
        """For the record of a row."""
        return {
            "msg/s": self.outcome.rate,
            **{f"ack {name} ms": value for name, value in self.outcome.ack_ms.items()},
            **{f"reply {name} ms": value for name, value in self.outcome.reply_ms.items()},
            "settled after s": self.settled_after,
            **{f"CPU ms/msg {kind}": value for kind, value in self.cpu_per_message().items()},
        }

    def cpu_per_message(self) -> dict[str, float]:
        each = {kind: seconds * 1000 / self.outcome.posted for kind, seconds in self.cpu.items()}
        return each | {"all": sum(each.values())}


def numbers_of(tenants: Sequence[Tenant], people: int = PEOPLE) -> list[Number]:
    """How many people write to each: to the second half as many as to the first, to the third a third."""
    whole = sum(1 / place for place in range(1, len(tenants) + 1))
    return [
        Number(tenant.phone_number_id, tenant.path, APP_SECRET, max(1, round(people / place / whole)))
        for place, tenant in enumerate(tenants, 1)
    ]


def plan_for(pytake: PyTake, numbers: list[Number]) -> Plan:
    """The usual one: a closed loop for as long as the run was asked to measure."""
    options = pytake.stand.options
    return Plan(
        addresses=pytake.addresses,
        numbers=numbers,
        graph=str(pytake.stand.graph.socket),
        seconds=options.seconds,
        warm_up=options.warm_up,
        first_person=0,
    )


async def talk(pytake: PyTake, record: Record, plan: Plan) -> Talk:
    """Run the plan with people nobody has met, wait until everything is settled, and judge."""
    plan = replace(plan, first_person=pytake.stand.fresh_people())
    await pytake.stand.graph.take()
    stored, before = await _stored(pytake, plan), pytake.cpu()
    outcome = await run_load(plan)
    ended = time.perf_counter()
    left = await _left(pytake)
    settled_after = time.perf_counter() - ended
    cpu = since(before, pytake.cpu()) | {"load": outcome.cpu_seconds}
    broken = await _broken(pytake, plan, outcome, stored) | {"not settled": left}
    record.must_be_zero(broken)
    return Talk(outcome, cpu, broken, settled_after)


async def _broken(pytake: PyTake, plan: Plan, outcome: Outcome, before: tuple[int, int]) -> dict[str, int]:
    heard = await pytake.stand.graph.take()
    inbound, outbound = await _stored(pytake, plan)
    return {
        **judge(outcome.said, heard.texts).counts(),
        "not acknowledged": outcome.posted - outcome.acknowledged,
        "refused": sum(outcome.refused.values()),
        "parked": await pytake.owner.fetchval(_PARKED),
        "not stored": 2 * outcome.posted - (inbound - before[0]) - (outbound - before[1]),
    }


async def _stored(pytake: PyTake, plan: Plan) -> tuple[int, int]:
    """Messages in, and messages out that have reached the status that the load tells last."""
    last = list(plan.statuses[-1:]) or ["accepted"]
    row = await pytake.owner.fetchrow(_STORED, last)
    return row["inbound"], row["outbound"]


async def _left(pytake: PyTake) -> int:
    """Wait until nothing is left to apply or to send; answer what still is after all patience."""
    deadline = time.monotonic() + SETTLED_WITHIN
    left: int = await pytake.owner.fetchval(_LEFT)
    while left and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        left = await pytake.owner.fetchval(_LEFT)
    return left


def note_cpu(record: Record, contender: str = "PyTake") -> None:
    """A line below the row's others: what a message costs each kind of process."""
    prefix = "CPU ms/msg "
    costs = {
        name.removeprefix(prefix): record.median(contender, name)
        for name in record.series[contender]
        if name.startswith(prefix)
    }
    told = "  ".join(f"{kind} {cost:.3f}" for kind, cost in costs.items())
    record.notes.append(f"processor ms per message, {contender}: {told}")
