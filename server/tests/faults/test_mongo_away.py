"""F4. MongoDB away, killed, frozen, silent: people are answered as ever, and history catches up by itself."""

import asyncio
import random
import time
from collections.abc import Sequence

from tests.faults import flows
from tests.faults.blows import Blow, spread, under
from tests.faults.figures import Figures, Line
from tests.faults.history import differences
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant

PER_SECOND = 20.0
AWAY = full_or_tenth(6_000, 60)
"""Messages written while nobody keeps history: five minutes of them."""
USUAL = full_or_tenth(1_000, 30)
CONTACTS = full_or_tenth(200, 20)
KILLS, FREEZES, SILENCES = full_or_tenth(10, 2), full_or_tenth(3, 1), full_or_tenth(3, 1)
UNREAD = """
SELECT count(*) FROM events e
LEFT JOIN journal_cursors c ON c.organization_id = e.organization_id AND c.reader = 'mongodb'
WHERE e.organization_id = ANY($1)
  AND (e.transaction_id, e.sequence) > (COALESCE(c.transaction_id, 0), COALESCE(c.sequence, 0))
"""
PATIENCE = 900.0


async def level(it: Installation, tenants: Sequence[Tenant]) -> float:
    """Until history says what PostgreSQL says; the seconds it took."""
    began = time.monotonic()
    while wrong := await differences(it, tenants):
        assert time.monotonic() - began < PATIENCE, f"{len(wrong)} differences, the first: {wrong[0]}"
        await asyncio.sleep(0.5)
    return time.monotonic() - began


async def test_nobody_notices_that_nobody_keeps_history(installation: Installation, figures: Figures) -> None:
    it = installation
    before, refused = await open_tenant(it, flows.echo()), it.oracle.attempts_failed
    await Load(it, [before], CONTACTS, USUAL, PER_SECOND).run()
    await settled(it, [before])

    await it.part("mongodb").kill(for_good=True)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    await Load(it, tenants, CONTACTS, AWAY, PER_SECOND).run()
    await settled(it, tenants)
    backlog = await it.owner.value(UNREAD, [tenant.organization_id for tenant in tenants])
    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    usual = it.oracle.verdict([before.phone_number_id])
    assert it.oracle.failed_attempts[refused:] == [], "a webhook was refused"
    assert backlog > 0

    await it.part("mongodb").start()
    seconds = await level(it, [before, *tenants])
    figures.add(
        Line.of(
            "F4",
            f"MongoDB away during {AWAY} messages at {PER_SECOND:.0f}/s",
            verdict,
            webhooks_refused=it.oracle.attempts_failed - refused,
            delay_p95_s=verdict.delay(0.95),
            of_usual=verdict.delay(0.95) / usual.delay(0.95),
            events_behind=backlog,
            level_again_after_s=seconds,
        )
    )
    assert verdict.clean, verdict
    assert verdict.answered == AWAY
    assert await disagreements(it, tenants) == []


async def test_mongodb_killed_frozen_and_silent(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it, messages = installation, full_or_tenth(2_000, 120)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    refused = it.oracle.attempts_failed
    mongo, line = it.part("mongodb"), it.proxies["mongodb"]
    load = Load(it, tenants, CONTACTS, messages, per_second=2 * PER_SECOND)

    async def kill() -> None:
        await mongo.kill()
        await mongo.until_ready()

    async def freeze() -> None:
        mongo.freeze()
        await load.after(min(load.written + 40, messages))
        mongo.thaw()

    async def silence() -> None:
        line.go_silent()
        await load.after(min(load.written + 40, messages))
        line.behave()
        line.reset()

    restarts = mongo.restarts
    blows: list[Blow] = spread(chance, messages, (KILLS, kill), (FREEZES, freeze), (SILENCES, silence))
    await under(load, blows)
    await settled(it, tenants)
    seconds = await level(it, tenants)
    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(
        Line.of(
            "F4",
            f"{messages} messages, mongod killed {KILLS} ×, frozen {FREEZES} ×, silent {SILENCES} ×",
            verdict,
            webhooks_refused=it.oracle.attempts_failed - refused,
            delay_p95_s=verdict.delay(0.95),
            level_after_s=seconds,
        )
    )
    assert mongo.restarts == restarts + KILLS
    assert it.oracle.failed_attempts[refused:] == [], "a webhook was refused"
    assert verdict.clean, verdict
    assert verdict.answered == messages
    assert await disagreements(it, tenants) == []
