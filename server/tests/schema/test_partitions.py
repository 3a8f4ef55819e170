"""Messages live in the partition of their month, and no message is without a place."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from tests.schema.rows import Tenant, acting_for, fill, insert

LATER = 5
"""Months: further than the migration made partitions for."""


async def a_message(app: asyncpg.Connection, tenant: Tenant, created_at: datetime) -> str:
    """Answers the partition it went to."""
    await insert(
        app,
        "messages",
        organization_id=tenant.id,
        conversation_id=tenant.rows["conversations"],
        direction="inbound",
        content='{"text": "Olá"}',
        created_at=created_at,
    )
    return await home(app, created_at)


async def home(connection: asyncpg.Connection, created_at: datetime) -> str:
    found: str = await connection.fetchval(
        "SELECT tableoid::regclass::text FROM messages WHERE created_at = $1", created_at
    )
    return found


def months_ahead(months: int, now: datetime) -> datetime:
    month = now.month - 1 + months
    return datetime(now.year + month // 12, month % 12 + 1, 17, 10, 30, tzinfo=UTC)


@pytest.fixture
async def now(owner: asyncpg.Connection) -> datetime:
    found: datetime = await owner.fetchval("SELECT now()")
    return found


async def partitions(owner: asyncpg.Connection) -> list[str]:
    rows = await owner.fetch(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'messages'::regclass"
    )
    return sorted(row["name"] for row in rows)


async def test_the_migration_makes_this_month_and_the_next_two(
    owner: asyncpg.Connection, now: datetime
) -> None:
    assert await partitions(owner) == [
        *(f"messages_{months_ahead(months, now):%Y_%m}" for months in range(3)),
        "messages_default",
    ]


async def test_months_begin_at_midnight_in_utc(
    app: asyncpg.Connection, owner: asyncpg.Connection, now: datetime
) -> None:
    await app.execute("SET timezone = 'America/Sao_Paulo'")
    await app.execute("SELECT make_message_partitions(3)")
    fourth = months_ahead(3, now)
    first_moment = fourth.replace(day=1, hour=0, minute=0)

    bounds = await owner.fetchval(
        "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = $1", f"messages_{fourth:%Y_%m}"
    )

    assert f"FROM ('{first_moment:%Y-%m-%d %H:%M:%S}+00')" in bounds


async def test_a_message_goes_to_its_month(app: asyncpg.Connection, now: datetime) -> None:
    tenant = await fill(app)
    async with acting_for(app, tenant):
        assert await a_message(app, tenant, now) == f"messages_{now:%Y_%m}"
        assert await a_message(app, tenant, months_ahead(2, now)) == f"messages_{months_ahead(2, now):%Y_%m}"


async def test_a_message_of_a_month_without_a_partition_is_stored(
    app: asyncpg.Connection, now: datetime
) -> None:
    tenant = await fill(app)
    async with acting_for(app, tenant):
        assert await a_message(app, tenant, months_ahead(LATER, now)) == "messages_default"
        assert await a_message(app, tenant, datetime(2009, 2, 24, tzinfo=UTC)) == "messages_default"


async def test_it_moves_when_its_month_is_made_and_campaigns_still_know_it(
    app: asyncpg.Connection, owner: asyncpg.Connection, now: datetime
) -> None:
    early, kept = months_ahead(LATER, now), datetime(2009, 2, 24, tzinfo=UTC)
    tenant = await fill(app)
    async with acting_for(app, tenant):
        await a_message(app, tenant, early)
        await a_message(app, tenant, kept)
        await app.execute(
            """
            UPDATE campaign_recipients SET message_created_at = m.created_at, message_id = m.id
            FROM messages m WHERE m.created_at = $1
            """,
            early,
        )
        before = await app.fetch("SELECT * FROM messages ORDER BY created_at")

    made = await app.fetchval("SELECT make_message_partitions($1)", LATER)

    assert made == LATER - 2
    async with acting_for(app, tenant):
        assert await app.fetch("SELECT * FROM messages ORDER BY created_at") == before
        assert await home(app, early) == f"messages_{early:%Y_%m}"
        assert await home(app, kept) == "messages_default"
        known = await app.fetchval("SELECT message_created_at FROM campaign_recipients")
        assert known == early
        await app.execute("DELETE FROM messages")
        assert await app.fetchval("SELECT count(*) FROM campaign_recipients WHERE message_id IS NULL") == 1


async def test_making_them_again_makes_nothing(app: asyncpg.Connection) -> None:
    assert await app.fetchval("SELECT make_message_partitions(2)") == 0


async def test_two_at_once_make_each_month_once(app_url: str, owner: asyncpg.Connection) -> None:
    workers = [await asyncpg.connect(app_url) for _ in range(3)]
    made = await asyncio.gather(
        *(worker.fetchval("SELECT make_message_partitions($1)", LATER) for worker in workers),
        return_exceptions=True,
    )
    for worker in workers:
        await worker.close()

    assert all(isinstance(result, int | asyncpg.LockNotAvailableError) for result in made), made
    assert sum(result for result in made if isinstance(result, int)) == LATER - 2
    assert len(await partitions(owner)) == LATER + 2


async def test_a_new_month_is_like_the_others(app: asyncpg.Connection, owner: asyncpg.Connection) -> None:
    await app.execute("SELECT make_message_partitions($1)", LATER)
    shapes = await owner.fetch(
        """
        SELECT c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
               ARRAY(SELECT policyname::text FROM pg_policies p WHERE p.tablename = c.relname ORDER BY 1),
               ARRAY(SELECT replace(pg_get_indexdef(x.indexrelid), c.relname, '') ~ 'UNIQUE' FROM pg_index x
                     WHERE x.indrelid = c.oid ORDER BY 1),
               (SELECT count(*) FROM pg_index x WHERE x.indrelid = c.oid),
               ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
                     WHERE k.conrelid = c.oid ORDER BY 1)
        FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'messages'::regclass
        """
    )

    assert len(shapes) == LATER + 2
    assert len({str(tuple(shape)) for shape in shapes}) == 1


async def test_a_look_up_with_its_time_reads_one_month(owner: asyncpg.Connection, now: datetime) -> None:
    rows = await owner.fetch(
        f"EXPLAIN SELECT FROM messages WHERE id = gen_random_uuid() AND created_at = '{now.isoformat()}'"
    )
    plan = "\n".join(row[0] for row in rows)

    assert f"messages_{now:%Y_%m}" in plan
    assert "messages_default" not in plan
