"""F13. Ten times the usual: webhooks are taken or refused in time, nothing is lost, and the backlog goes."""

import random
import time

from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.memory import weighed
from tests.faults.peace import settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import open_tenant
from tests.faults.torrent import Torrent

USUAL, BURST = 50.0, 500.0
"""Webhooks per second."""
SECONDS = float(full_or_tenth(60, 2))
CALM = float(full_or_tenth(10, 1))
PEOPLE = full_or_tenth(500, 200)
"""Of each tenant; nobody writes more often than a person may be answered."""
MOST_MB = 512

STORED = "SELECT count(*) FROM messages WHERE organization_id = ANY($1) AND direction = 'inbound'"


async def test_a_burst_of_ten_times_the_usual(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it = installation
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    for tenant in tenants:
        await it.meta.fault("status", "dropped", number=tenant.phone_number_id)
    people = [f"55119{phone}" for phone in chance.sample(range(10_000_000, 99_999_999), PEOPLE)]
    cpu = sum(part.cpu_seconds() for part in it.ours)
    async with weighed(it.ours) as megabytes, Torrent(it, tenants, people) as torrent:
        calm = await torrent.flow(USUAL, CALM)
        burst = await torrent.flow(BURST, SECONDS)
        began = time.monotonic()
        await settled(it, tenants)
        backlog = time.monotonic() - began
    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    cpu = sum(part.cpu_seconds() for part in it.ours) - cpu
    figures.add(
        Line.of(
            "F13",
            f"{USUAL:.0f} and then {BURST:.0f} webhooks/s for {SECONDS:.0f} s",
            verdict,
            taken=burst.codes["200"],
            refused_with_503=burst.codes["503"],
            route_p50_ms=burst.percentile(0.5) * 1e3,
            route_p99_ms=burst.percentile(0.99) * 1e3,
            usual_p99_ms=calm.percentile(0.99) * 1e3,
            backlog_gone_after_s=backlog,
            cpu_ms_per_message=cpu * 1e3 / verdict.answered,
            process_mb=max(megabytes.values()),
        )
    )
    assert (calm.codes + burst.codes).keys() <= {"200", "503"}, "cut off, or never answered"
    assert verdict.clean, verdict
    assert verdict.acknowledged == round(USUAL * CALM + BURST * SECONDS)
    stored = await it.owner.value(STORED, [tenant.organization_id for tenant in tenants])
    assert stored == verdict.acknowledged
    assert max(megabytes.values()) < MOST_MB, megabytes
