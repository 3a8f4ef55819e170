"""A13: many tenants take turns on a few connections, with errors and cancellations midway: nobody meets
anybody else's rows, and no setting stays on a connection.
"""

import asyncio
import random
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest

from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.database import close_pool, open_pool
from pytake.kit.work import Work
from tests.schema.rows import Tenant, fill
from tests.sizes import SEED, Figure, full_or_tenth

TENANTS, CONNECTIONS, AT_ONCE = 20, 4, 1_000
CHANCE = random.Random(SEED)


class Broken(Exception):
    pass


async def _foreign(work: Work) -> int:
    """Rows of others, asked for without naming a tenant."""
    rows = await work.fetch("SELECT organization_id FROM contacts UNION ALL SELECT id FROM organizations")
    assert rows
    return sum(UUID(str(row["organization_id"])) != work.organization_id for row in rows)


async def _turn(runtime: BuiltRuntime, tenant: Tenant, kind: str) -> int:
    async with runtime.work(tenant.id) as work:
        foreign = await _foreign(work)
        if kind == "broken in Python":
            raise Broken
        if kind == "broken in SQL":
            await work.fetch("SELECT 1 / 0")
        if kind == "cancelled":
            await work.fetch("SELECT pg_sleep(30)")
        return foreign + await _foreign(work)


async def _one(runtime: BuiltRuntime, tenant: Tenant, kind: str) -> int:
    task = asyncio.create_task(_turn(runtime, tenant, kind))
    if kind == "cancelled":
        asyncio.get_running_loop().call_later(CHANCE.uniform(0, 0.05), task.cancel)
    with suppress(Broken, asyncpg.DivisionByZeroError, asyncio.CancelledError):
        return await task
    return 0


@pytest.mark.timeout(300)
async def test_tenants_share_connections_and_nothing_else(
    runtime: BuiltRuntime,
    app_url: str,
    login: asyncpg.Connection,
    figure: Figure,
) -> None:
    tenants = [await fill(login) for _ in range(TENANTS)]
    pool = await open_pool(app_url, application="tests", size=CONNECTIONS)
    narrow = replace(runtime, pool=pool)
    kinds = ("calm", "calm", "broken in Python", "broken in SQL", "cancelled")
    met: list[int] = []
    for _ in range(full_or_tenth(10)):
        turns = [(CHANCE.choice(tenants), CHANCE.choice(kinds)) for _ in range(AT_ONCE)]
        met += await asyncio.gather(*(_one(narrow, tenant, kind) for tenant, kind in turns))

    left = [await _setting(pool) for _ in range(CONNECTIONS * 5)]
    await close_pool(pool)
    figure(f"A13: {len(met)} turns of {TENANTS} tenants, {CONNECTIONS} connections: {sum(met)} foreign rows")
    assert len(met) >= 1_000
    assert sum(met) == 0
    assert set(left) <= {None, ""}


async def _setting(pool: asyncpg.Pool) -> str | None:
    async with pool.acquire() as connection:
        found: str | None = await connection.fetchval("SELECT current_setting('app.org', true)")
        return found
