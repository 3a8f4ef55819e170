"""Measuring contenders in turn, so that what the machine does meanwhile strikes all of them alike."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping

from bench import noise, usage
from bench.figures import Figures
from bench.options import say
from bench.row import Record
from bench.stand import Stand

OURS = "PyTake"
Measure = Callable[[], Awaitable[Figures]]


async def alternate(stand: Stand, record: Record, contenders: Mapping[str, Measure]) -> None:
    """Each contender once a round, every other round from the last to the first."""
    for place in range(stand.options.rounds):
        names = list(contenders)[:: -1 if place % 2 else 1]
        for name in names:
            figures = await watched(record, contenders[name])
            record.add(name, figures)
            say(f"{record.name} {place + 1}/{stand.options.rounds} {name}: {_short(figures)}")


def unless_alone(stand: Stand, references: Mapping[str, Measure]) -> dict[str, Measure]:
    """The references, or none when only PyTake's own figures are wanted."""
    return {} if stand.options.alone else dict(references)


async def watched(record: Record, measure: Measure) -> Figures:
    """One measurement, with what tells whether the machine was quiet."""
    await _calibrate(record)
    began, busy, ours = time.perf_counter(), usage.machine_busy(), usage.own_tree()
    figures = await measure()
    record.quiet.strangers.append(
        noise.strangers_share(
            usage.machine_busy() - busy,
            usage.own_tree() - ours,
            time.perf_counter() - began,
            os.cpu_count() or 1,
        )
    )
    await _calibrate(record)
    return figures


async def _calibrate(record: Record) -> None:
    record.quiet.calibrations.append(await asyncio.to_thread(noise.calibrate))


def _short(figures: Figures) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
