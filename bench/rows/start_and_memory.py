"""Row 9: how long the API takes to be there, and what PyTake's own processes need when nothing happens."""

import asyncio
import compileall
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Self

from bench import usage
from bench.alternate import alternate
from bench.desk import APP_SECRET, Tenant, make_tenant
from bench.figures import Figures
from bench.load.plan import OPEN, Number
from bench.load.webhooks import Writer, wa_id, wamid
from bench.processes import PyTake
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.talk import numbers_of, plan_for, talk
from bench.wire import Pool
from pytake import entrypoints

STARTED_WITHIN = 60.0
OVERLOAD = 2.0
"""Times the most that was reached."""
REST, QUICK_REST = 10.0, 3.0
"""Seconds of idleness before memory counts as idle."""
LOOK_EVERY = 0.5

Megabytes = dict[str, float]


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("bench_start")
    async with stand.pytake(database, {}) as pytake:
        tenant = await make_tenant(pytake)
    _compile()
    await alternate(stand, record, {"start": lambda: _start(stand, database, tenant)})
    record.state(
        "from start to the first accepted webhook",
        record.median("start", "start s"),
        "s",
        Goal(3.4, 2.0, at_most=True),
    )
    record.state("the same, processor time", record.median("start", "CPU s"), "s")
    async with stand.pytake(database) as pytake:
        await _measure_memory(stand, pytake, tenant, record)


# --- start-up -----------------------------------------------------------------------------------------------


def _compile() -> None:
    """As an installation does; a checkout that was never started has not been."""
    compileall.compile_dir(Path(entrypoints.__file__).parents[1], quiet=2)


async def _start(stand: Stand, database: str, tenant: Tenant) -> Figures:
    async with stand.pytake(database, {}) as pytake:
        began = time.perf_counter()
        child = pytake.begin("api")
        await _accepted(pytake, tenant, stand.fresh_people())
        return {"start s": time.perf_counter() - began, "CPU s": usage.cpu_seconds([child.pid])}


async def _accepted(pytake: PyTake, tenant: Tenant, first_person: int) -> None:
    """Until a customer's message is acknowledged."""
    writer = Writer(Number(tenant.phone_number_id, tenant.path, APP_SECRET, 1))
    message = writer.message(wa_id(first_person), wamid(first_person, 0), b"oi")
    pool = Pool(pytake.addresses, 1)
    async with asyncio.timeout(STARTED_WITHIN):
        while not await _takes(pool, message):  # noqa: ASYNC110 - a process that starts rings no bell
            await asyncio.sleep(0.005)
    pool.close()


async def _takes(pool: Pool, message: bytes) -> bool:
    try:
        return (await pool.ask(message)).status == HTTPStatus.OK
    except OSError:
        return False


# --- memory -------------------------------------------------------------------------------------------------


async def _measure_memory(stand: Stand, pytake: PyTake, tenant: Tenant, record: Record) -> None:
    await asyncio.sleep(stand.options.scaled(int(REST), int(QUICK_REST)))
    idle = _memory(pytake)
    await _measure_idleness(stand, pytake, record)
    plan = plan_for(pytake, numbers_of([tenant]))
    most = (await talk(pytake, record, plan)).outcome.rate
    overload = replace(plan, mode=OPEN, rate=most * OVERLOAD)
    peaks, rests = [], []
    for _ in range(2):
        async with _Watch(pytake) as watch:
            await talk(pytake, record, overload)
        peaks.append(watch.peak)
        await asyncio.sleep(stand.options.scaled(int(REST), int(QUICK_REST)))
        rests.append(_memory(pytake))
    _state_memory(record, idle, peaks, rests)


async def _measure_idleness(stand: Stand, pytake: PyTake, record: Record) -> None:
    """What it takes to wait: sweeps, heartbeats, and the engines' own housekeeping."""
    before, began = pytake.cpu(), time.perf_counter()
    await asyncio.sleep(stand.options.scaled(int(REST), int(QUICK_REST)))
    seconds = time.perf_counter() - began
    used = usage.since(before, pytake.cpu())
    record.state("idle: of one core", 100 * sum(used.values()) / seconds, "%")
    told = ", ".join(f"{kind} {100 * each / seconds:.1f}" for kind, each in used.items())
    record.notes.append(f"idle, % of one core: {told}")


def _state_memory(
    record: Record, idle: Megabytes, peaks: Sequence[Megabytes], rests: Sequence[Megabytes]
) -> None:
    everything = _sum(idle)
    record.state("idle memory of all own processes", everything, "MB", Goal(300, 200, at_most=True))
    for kind, megabytes in idle.items():
        record.state(f"idle memory: {kind}", megabytes, "MB")
    peak = max(map(_sum, peaks))
    record.state(
        f"peak at {OVERLOAD:g} × the most to idle", peak / everything, "×", Goal(3.0, 2.0, at_most=True)
    )
    record.state(
        "idle after the second overload to after the first",
        _sum(rests[1]) / _sum(rests[0]),
        "×",
        Goal(1.10, 1.02, at_most=True),
    )
    for place, rest in enumerate(rests, 1):
        told = ", ".join(f"{kind} {megabytes:.0f}" for kind, megabytes in rest.items())
        record.notes.append(f"MB at rest after overload {place}: {told}")


class _Watch:
    """The most memory the processes held at once while the block lasted."""

    def __init__(self, pytake: PyTake) -> None:
        self._pytake = pytake
        self.peak: Megabytes = {}
        self._looking: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._looking.cancel()
        await asyncio.gather(self._looking, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            self.peak = max(self.peak, _memory(self._pytake), key=_sum)
            await asyncio.sleep(LOOK_EVERY)


def _memory(pytake: PyTake) -> Megabytes:
    return {
        kind: usage.memory_megabytes([child.pid for child in children])
        for kind, children in pytake.children.items()
    }


def _sum(megabytes: Mapping[str, float]) -> float:
    return sum(megabytes.values())


ROW = Row(9, "Start-up and memory", run)
