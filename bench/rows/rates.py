"""Acknowledgements and replies when people write at a given rate, whatever became of the others' messages."""

from dataclasses import replace
from functools import partial

from bench.alternate import OURS, alternate, watched
from bench.desk import Tenant, make_tenant
from bench.figures import Figures
from bench.load.plan import OPEN
from bench.options import say
from bench.processes import PyTake
from bench.row import Goal, Record, Row
from bench.stand import Stand
from bench.talk import PEOPLE, numbers_of, plan_for, talk

RATES = {0.5: "half", 1.0: "once", 2.0: "twice"}
LONGER = 6
"""A minute, where another measurement takes ten seconds."""
EACH = 20
"""Messages of a person, at most: far from WhatsApp's limit of 45 in a row."""


async def run(stand: Stand, record: Record) -> None:
    database = await stand.make_database("rates")
    async with stand.pytake(database) as pytake:
        tenant = await make_tenant(pytake)
        most = stand.sustainable or await _closed(stand, record, pytake, tenant)
        for share, name in RATES.items():
            figures = await watched(record, partial(_open, record, pytake, tenant, share * most))
            record.add(name, figures)
            say(f"rates {name}: {figures}")
    record.state("its own maximum, as measured before", most, "msg/s")
    _lines(record)


async def _closed(stand: Stand, record: Record, pytake: PyTake, tenant: Tenant) -> float:
    """When the row of the main job was not asked for."""

    async def measure() -> Figures:
        return (await talk(pytake, record, plan_for(pytake, numbers_of([tenant])))).figures()

    await alternate(stand, record, {OURS: measure})
    return record.median(OURS, "msg/s")


async def _open(record: Record, pytake: PyTake, tenant: Tenant, rate: float) -> Figures:
    usual = plan_for(pytake, [])
    seconds = usual.seconds if pytake.stand.options.quick else usual.seconds * LONGER
    people = max(PEOPLE, round(rate * (seconds + 2 * usual.warm_up) / EACH))
    plan = replace(
        usual,
        numbers=numbers_of([tenant], people),
        mode=OPEN,
        rate=rate,
        seconds=seconds,
        warm_up=2 * usual.warm_up,  # everybody has written once by then: nobody is new in the minute
        patience=2 * seconds + 60,
        connections=512,
    )
    said = await talk(pytake, record, plan)
    return {**said.figures(), "drained after s": said.outcome.drained_after}


def _lines(record: Record) -> None:
    record.state("acknowledgement p99 at twice", _of(record, "twice", "ack p99 ms"), "ms", _at_most(500, 250))
    record.state("acknowledgement p99 at once", _of(record, "once", "ack p99 ms"), "ms")
    record.state("acknowledgement p99 at half", _of(record, "half", "ack p99 ms"), "ms", _at_most(150, 40))
    record.state("end to end p99 at half", _of(record, "half", "reply p99 ms"), "ms", _at_most(200, 60))
    for name in RATES.values():
        record.state(f"acknowledgement p50 at {name}", _of(record, name, "ack p50 ms"), "ms")
    record.state("end to end p50 at half", _of(record, "half", "reply p50 ms"), "ms")
    for name in RATES.values():
        record.state(f"answered after the last message, at {name}", _of(record, name, "drained after s"), "s")


def _of(record: Record, name: str, figure: str) -> float:
    return record.median(name, figure)


def _at_most(floor: float, target: float) -> Goal:
    return Goal(floor, target, at_most=True)


ROW = Row(3, "Acknowledgement and reply at half, once and twice its own maximum (3 and 4)", run)
