"""F1, F2, F5: SIGKILL of every web process, of every worker, of PostgreSQL, again and again under load."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.faults import flows
from tests.faults.blows import spread, under
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import open_tenant

REFUSED = 131016
"""Service unavailable: to be tried again."""
CALLS = 60
"""One worker may have 64 under way."""
CLAIMED = "SELECT count(*) FROM outbox WHERE organization_id = ANY($1) AND state = 'sending'"
WAITS_TO_WRITE = "SELECT count(*) FROM pg_locks WHERE relation = 'flow_runs'::regclass AND NOT granted"


async def test_ten_thousand_messages_through_every_kind_of_kill(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it, messages = installation, full_or_tenth(10_000)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(3)]
    load = Load(it, tenants, full_or_tenth(100, 30), messages, per_second=full_or_tenth(50, 100))
    await it.meta.fault("graph", "error", code=REFUSED, probability=0.05, type="text")
    await it.meta.fault("graph", "lost", probability=0.05, type="text")
    await it.meta.fault("graph", "slow", jitter=0.4, type="text")
    kills = {"worker": full_or_tenth(20), "web": full_or_tenth(20), "postgresql": full_or_tenth(6)}

    async def kill_workers() -> None:
        await it.until_ready(it.workers)
        await it.kill_workers()

    async def kill_webs() -> None:
        await it.until_ready(it.webs)
        await it.kill_webs()

    async def kill_postgresql() -> None:
        await it.part("postgresql").kill()
        await it.part("postgresql").until_ready()

    blows = spread(
        chance,
        messages,
        (kills["worker"], kill_workers),
        (kills["web"], kill_webs),
        (kills["postgresql"], kill_postgresql),
    )
    before, refused = it.keeper.restarts(), it.oracle.refusals
    await under(load, blows)
    await settled(it, tenants)

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(
        Line.of(
            "F1+F2+F5",
            f"{messages} messages, all workers killed {kills['worker']} ×, all web processes "
            f"{kills['web']} ×, PostgreSQL {kills['postgresql']} ×",
            verdict,
            refused=it.oracle.refusals - refused,
            delay_p50_s=verdict.delay(0.5),
            delay_p95_s=verdict.delay(0.95),
        )
    )
    assert verdict.clean, verdict
    assert verdict.acknowledged == messages
    assert await disagreements(it, tenants) == []
    restarts = {name: count - before.get(name, 0) for name, count in it.keeper.restarts().items()}
    assert restarts["worker-1"] == restarts["worker-2"] == kills["worker"], "each kill hit a living worker"
    assert restarts["api-1"] == restarts["api-2"] == kills["web"]


async def test_workers_killed_while_every_call_is_under_way(
    installation: Installation, figures: Figures
) -> None:
    """Meta has taken the messages, PyTake has not heard so: the statuses tell, and nothing goes twice."""
    it = installation
    tenants = [await open_tenant(it, flows.echo("1", "2"))]
    numbers = [tenant.phone_number_id for tenant in tenants]
    ids = [tenant.organization_id for tenant in tenants]
    slow = await it.meta.fault("graph", "slow", seconds=600.0, type="text")
    for worker in it.workers:
        worker.freeze()
    await Load(it, tenants, CALLS, CALLS, per_second=500).run()
    await it.balancer.refuse()
    it.balancer.cut()
    for worker in it.workers:
        worker.thaw()
    await it.journal.until(lambda: it.oracle.verdict(numbers).answered == CALLS, "every call under way")
    assert await it.owner.value(CLAIMED, ids) == CALLS
    await it.kill_workers()
    await it.meta.clear_faults(slow)
    await it.balancer.open()
    await settled(it, tenants)

    verdict = it.oracle.verdict(numbers, parts=2)
    figures.add(Line.of("F2", f"all workers killed during {CALLS} calls that Meta had taken", verdict))
    assert verdict.clean, verdict
    assert verdict.answered == 2 * CALLS
    assert await disagreements(it, tenants) == []


async def test_workers_killed_in_the_middle_of_a_turn(installation: Installation, figures: Figures) -> None:
    """Runs are read and played, nothing is written yet: a lock holds the worker there, SIGKILL ends it.

    Each time on messages of their own: one delivery in which workers die again and again is put aside.
    """
    it, times = installation, full_or_tenth(10)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(times)]
    for tenant in tenants:
        await it.until_ready(it.workers)
        async with _nobody_writes_runs(it) as locked:
            await Load(it, [tenant], CALLS, CALLS, per_second=500).run()
            while not await locked.fetchval(WAITS_TO_WRITE):
                await asyncio.sleep(0.02)
            await it.kill_workers()
        await settled(it, [tenant])

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(Line.of("F2", f"all workers killed in the middle of a flow's turn, {times} ×", verdict))
    assert verdict.clean, verdict
    assert verdict.answered == CALLS * times
    assert await disagreements(it, tenants) == []


@asynccontextmanager
async def _nobody_writes_runs(it: Installation) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(it.stores.url("postgresql"))
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE flow_runs IN SHARE ROW EXCLUSIVE MODE")
            yield connection
    finally:
        await connection.close()
