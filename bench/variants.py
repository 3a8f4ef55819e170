"""The main job under other loads, against the same `one`."""

from collections.abc import Callable
from functools import partial

from bench.alternate import OURS, alternate, unless_alone
from bench.desk import make_tenant
from bench.figures import Figures
from bench.load.plan import Plan
from bench.references.ground import ONE, lay
from bench.row import Goal, Record
from bench.stand import Stand
from bench.talk import note_cpu, numbers_of, plan_for, talk


async def measure_variant(
    stand: Stand,
    record: Record,
    change: Callable[[Plan], Plan],
    *,
    organizations: int = 1,
    goal: Goal | None = None,
) -> None:
    """The usual plan with a change, in turn with `one`."""
    ground = await lay(stand)
    database = await stand.make_database(record.name)
    async with stand.pytake(database) as pytake:
        tenants = [await make_tenant(pytake, place) for place in range(organizations)]

        async def measure() -> Figures:
            plan = change(plan_for(pytake, numbers_of(tenants)))
            return (await talk(pytake, record, plan)).figures()

        one = unless_alone(stand, {ONE: partial(ground.pgbench, "one")})
        await alternate(stand, record, {OURS: measure} | one)
    record.state("in → stored → reply", record.median(OURS, "msg/s"), "replies/s")
    record.compare("against one transaction a message (`one`)", OURS, ONE, "msg/s", goal)
    note_cpu(record)
