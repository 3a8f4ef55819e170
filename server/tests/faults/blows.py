"""What goes wrong during a load, and when: after so many messages, so that a seed repeats it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.faults.load import Load

Strike = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Blow:
    after: int
    """Messages written before it falls."""
    strike: Strike


def spread(chance: random.Random, messages: int, *strikes: tuple[int, Strike]) -> list[Blow]:
    """So many of each, at places drawn by chance in the middle nine tenths of the load."""
    all_strikes = [strike for count, strike in strikes for _ in range(count)]
    places = chance.sample(range(messages // 20, messages - messages // 20), len(all_strikes))
    return sorted(map(Blow, places, all_strikes), key=lambda blow: blow.after)


async def under(load: Load, blows: Sequence[Blow]) -> None:
    """Run the load; the blows fall one after the other, each when its time has come."""
    async with asyncio.TaskGroup() as group:
        group.create_task(load.run())
        group.create_task(_strike(load, blows))


async def _strike(load: Load, blows: Sequence[Blow]) -> None:
    for blow in blows:
        await load.after(blow.after)
        await blow.strike()
