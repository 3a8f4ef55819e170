"""F20. Web processes killed under open inboxes: every browser ends with exactly what PostgreSQL has."""

import random
from collections.abc import Sequence

from tests.faults import flows
from tests.faults.blows import spread, under
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant
from tests.faults.viewers import Viewer, until_all_reach, watching

SOCKETS = full_or_tenth(50, 20)
KILLS = full_or_tenth(20, 2)
DEAF = full_or_tenth(5, 1)
"""Times that every connection to Redis is cut: whoever rang meanwhile was not heard."""
MESSAGES = full_or_tenth(1_000, 80)
"""About five events each."""

EVENTS = """
SELECT transaction_id || '-' || sequence AS cursor FROM events
WHERE organization_id = $1 ORDER BY transaction_id, sequence
"""
STATUSES = "SELECT id::text, status::text FROM messages WHERE organization_id = $1"


async def test_every_open_inbox_ends_with_what_postgresql_has(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it = installation
    tenant = await open_tenant(it, flows.echo())
    load = Load(it, [tenant], full_or_tenth(100, 30), MESSAGES, per_second=full_or_tenth(15, 20))

    async def kill_one() -> None:
        web = chance.choice(it.webs)
        await web.kill()
        await web.until_ready()

    async def cut_redis() -> None:
        it.proxies["redis"].reset()

    restarts = sum(web.restarts for web in it.webs)
    async with watching(it, tenant, SOCKETS) as viewers:
        await under(load, spread(chance, MESSAGES, (KILLS, kill_one), (DEAF, cut_redis)))
        await settled(it, [tenant])
        events = [row["cursor"] for row in await it.owner.fetch(EVENTS, tenant.organization_id)]
        await until_all_reach(it, viewers, events[-1])
    figures.add(
        Line(
            "F20",
            f"{len(events)} events to {SOCKETS} sockets, web processes killed {KILLS} ×, Redis cut {DEAF} ×",
            lost=sum(len(set(events) - set(viewer.seen)) for viewer in viewers),
            doubled=sum(len(viewer.seen) - len(set(viewer.seen)) for viewer in viewers),
            out_of_order=sum(viewer.seen != events for viewer in viewers),
            figures={"visits": sum(viewer.visits for viewer in viewers)},
        )
    )
    assert sum(web.restarts for web in it.webs) == restarts + KILLS
    assert it.oracle.verdict([tenant.phone_number_id]).clean
    await check(it, tenant, viewers, events)


async def check(it: Installation, tenant: Tenant, viewers: Sequence[Viewer], events: list[str]) -> None:
    statuses = dict(await it.owner.fetch(STATUSES, tenant.organization_id))
    for viewer in viewers:
        assert viewer.seen == events
        assert viewer.statuses == statuses
        assert viewer.resets == 0
    assert any(viewer.visits > 1 for viewer in viewers), "nobody was cut off"
