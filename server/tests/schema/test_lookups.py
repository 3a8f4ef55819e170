"""The functions that look across tenants: what they answer, and that their cost is not the queue's length."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.kit.ids import new_id
from tests.schema.rows import Tenant, acting_for, fill, insert

MANY = 20_000


@pytest.fixture
async def one(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


@pytest.fixture
async def other(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


async def asked(app: asyncpg.Connection, question: str, *arguments: Any) -> set[UUID]:
    return {row[0] for row in await app.fetch(f"SELECT {question}", *arguments)}


async def settled(app: asyncpg.Connection) -> None:
    """Wait for whoever has a transaction open now, in any database of the server: other tests do."""
    begun = await app.fetchval("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
    while await app.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot()) < $1::text::xid8", begun):
        await asyncio.sleep(0)


async def clear(app: asyncpg.Connection, *tenants: Tenant) -> None:
    for tenant in tenants:
        async with acting_for(app, tenant):
            for table in ("inbound_events", "outbox", "events", "journal_cursors", "flow_timers"):
                await app.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above


async def test_a_channel_is_found_by_its_key(app: asyncpg.Connection, one: Tenant, other: Tenant) -> None:
    row = await app.fetchrow("SELECT * FROM find_channel($1)", one.name)

    assert (row["id"], row["organization_id"], row["is_active"]) == (one.rows["channels"], one.id, True)
    assert list(row.keys()) == [
        "id",
        "organization_id",
        "app_secret_encrypted",
        "previous_app_secret_encrypted",
        "verify_token_encrypted",
        "is_active",
    ]
    assert await app.fetchrow("SELECT * FROM find_channel('nobody')") is None


async def test_a_user_is_found_however_the_address_is_written(app: asyncpg.Connection, one: Tenant) -> None:
    address = f"{one.name}@EXAMPLE.org"
    assert [tuple(row) for row in await app.fetch("SELECT * FROM find_user($1)", address)] == [
        (one.rows["users"], one.id)
    ]

    async with acting_for(app, one):
        await app.execute("UPDATE users SET deleted_at = now()")
    assert await app.fetch("SELECT * FROM find_user($1)", address) == []


async def test_organizations_are_found_and_listed(
    app: asyncpg.Connection, one: Tenant, other: Tenant
) -> None:
    assert await app.fetchval("SELECT find_organization($1)", one.name) == one.id
    assert {tuple(row) for row in await app.fetch("SELECT * FROM list_organizations()")} == {
        (one.id, one.name),
        (other.id, other.name),
    }

    async with acting_for(app, one):
        await app.execute("UPDATE organizations SET deleted_at = now()")
    assert await app.fetchval("SELECT find_organization($1)", one.name) is None
    assert [row["id"] for row in await app.fetch("SELECT * FROM list_organizations()")] == [other.id]


async def test_deliveries_are_stored_for_their_channel_s_organization(
    app: asyncpg.Connection, owner: asyncpg.Connection, one: Tenant, other: Tenant
) -> None:
    await clear(app, one, other)
    gone = new_id()
    channels = [one.rows["channels"], other.rows["channels"], gone, one.rows["channels"]]

    stored = await asked(app, "store_inbound($1, $2)", channels, [b"1", b"2", b"3", b"4"])

    rows = await owner.fetch(
        "SELECT organization_id, channel_id, body, status FROM inbound_events ORDER BY id"
    )
    assert stored == {one.id, other.id}
    assert [tuple(row) for row in rows] == [
        (one.id, one.rows["channels"], b"1", "pending"),
        (other.id, other.rows["channels"], b"2", "pending"),
        (one.id, one.rows["channels"], b"4", "pending"),
    ]


async def test_organizations_with_deliveries(app: asyncpg.Connection, one: Tenant, other: Tenant) -> None:
    assert await asked(app, "organizations_with_inbound(10)") == {one.id, other.id}
    assert len(await asked(app, "organizations_with_inbound(1)")) == 1

    async with acting_for(app, one):
        await app.execute("UPDATE inbound_events SET status = 'parked'")
    assert await asked(app, "organizations_with_inbound(10)") == {other.id}


async def test_what_waits_is_woken_once_its_message_is_known(
    app: asyncpg.Connection, one: Tenant, other: Tenant
) -> None:
    """Both wait for wamid.2; only the one whose own message it is may go on."""
    for tenant in (one, other):
        async with acting_for(app, tenant):
            await app.execute("UPDATE inbound_events SET status = 'waiting', waiting_for = 'wamid.2'")
    assert await asked(app, "wake_waiting(10)") == set()

    async with acting_for(app, one):
        await app.execute("UPDATE message_ids SET whatsapp_message_id = 'wamid.2'")

    assert await asked(app, "wake_waiting(10)") == {one.id}
    assert await asked(app, "organizations_with_inbound(10)") == {one.id}


async def test_organizations_with_due_timers(app: asyncpg.Connection, one: Tenant, other: Tenant) -> None:
    async with acting_for(app, other):
        await app.execute("UPDATE flow_timers SET fire_at = now() + interval '1 hour'")

    assert await asked(app, "organizations_with_due_timers(10)") == {one.id}

    async with acting_for(app, one):
        await app.execute("UPDATE organizations SET is_active = false")
    assert await asked(app, "organizations_with_due_timers(10)") == set()


async def test_organizations_with_files_to_check(app: asyncpg.Connection, one: Tenant, other: Tenant) -> None:
    assert await asked(app, "organizations_with_files_to_check(10)") == set()

    for tenant in (one, other):
        async with acting_for(app, tenant):
            await app.execute("UPDATE media_files SET next_check_at = now()")

    assert await asked(app, "organizations_with_files_to_check(10)") == {one.id, other.id}
    assert len(await asked(app, "organizations_with_files_to_check(1)")) == 1
    async with acting_for(app, one):
        await app.execute("UPDATE media_files SET next_check_at = now() + interval '1 second'")
    assert await asked(app, "organizations_with_files_to_check(10)") == {other.id}


async def test_numbers_with_something_to_send(app: asyncpg.Connection, one: Tenant, other: Tenant) -> None:
    async def due() -> set[tuple[UUID, UUID]]:
        return {tuple(row) for row in await app.fetch("SELECT * FROM numbers_with_outbox(10)")}

    both = {(tenant.id, tenant.rows["whatsapp_numbers"]) for tenant in (one, other)}
    assert await due() == both

    async with acting_for(app, one):
        await app.execute("UPDATE outbox SET not_before = now() + interval '1 hour'")
    assert await due() == both - {(one.id, one.rows["whatsapp_numbers"])}

    async with acting_for(app, other):
        await app.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    assert await due() == set()


async def test_organizations_with_sends_nobody_spoke_of(
    app: asyncpg.Connection, one: Tenant, other: Tenant
) -> None:
    for tenant, silence in ((one, timedelta(minutes=2)), (other, timedelta(seconds=1))):
        async with acting_for(app, tenant):
            await app.execute(
                "UPDATE outbox SET state = 'sending', claimed_at = now() - $1::interval", silence
            )

    assert await asked(app, "organizations_with_unknown_sends(60, 10)") == {one.id}


async def test_organizations_a_reader_has_not_read(
    app: asyncpg.Connection, one: Tenant, other: Tenant
) -> None:
    await settled(app)
    assert await asked(app, "organizations_behind('projection', 10)") == {one.id, other.id}

    async with acting_for(app, one):
        await app.execute(
            """
            UPDATE journal_cursors c SET transaction_id = e.transaction_id, sequence = e.sequence
            FROM events e WHERE e.organization_id = c.organization_id
            """
        )

    assert await asked(app, "organizations_behind('projection', 10)") == {other.id}
    assert await asked(app, "organizations_behind('somebody else', 10)") == {one.id, other.id}


async def test_who_lags_is_found_without_reading_the_journal(
    app: asyncpg.Connection, owner: asyncpg.Connection, one: Tenant
) -> None:
    """However much of it was read long ago."""
    await owner.execute(
        """
        INSERT INTO events (organization_id, type, payload, transaction_id)
        SELECT $1, 'message.received', '{}', 100 FROM generate_series(1, 20000)
        """,
        one.id,
    )
    await owner.execute(
        """
        UPDATE journal_cursors c SET (transaction_id, sequence) = (
            SELECT e.transaction_id, e.sequence FROM events e WHERE e.organization_id = c.organization_id
            ORDER BY e.transaction_id DESC, e.sequence DESC LIMIT 1)
        """
    )
    await owner.execute("ANALYZE events, journal_cursors")

    question = "SELECT organizations_behind('projection', 10)"
    assert await app.fetch(question) == []  # the first call reads the catalogue besides
    told = await app.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {question}")

    plan = json.loads(told)[0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 60  # all of it is some hundreds


async def test_facts_of_an_open_transaction_are_nobody_s_yet(
    app: asyncpg.Connection, app_url: str, one: Tenant
) -> None:
    """What is committed beside it waits, too: something older may still appear before it."""
    await clear(app, one)
    open_one = await asyncpg.connect(app_url)
    transaction = open_one.transaction()
    await transaction.start()
    await open_one.execute("SELECT pg_current_xact_id()")
    async with acting_for(app, one):
        await insert(app, "events", organization_id=one.id, type="message.received", payload="{}")

    assert await asked(app, "organizations_behind('projection', 10)") == set()

    await transaction.rollback()
    await open_one.close()
    await settled(app)
    assert await asked(app, "organizations_behind('projection', 10)") == {one.id}


@pytest.mark.parametrize(
    ("table", "columns", "values", "question"),
    [
        ("inbound_events", "channel_id, body", "$1, ''", "organizations_with_inbound(10)"),
        ("events", "type, payload", "'message.received', '{}'", "organizations_behind('nobody', 10)"),
    ],
)
async def test_a_long_queue_costs_no_more_than_a_short_one(
    app: asyncpg.Connection,
    owner: asyncpg.Connection,
    one: Tenant,
    other: Tenant,
    table: str,
    columns: str,
    values: str,
    question: str,
) -> None:
    """Counted in index entries read: a few for each organization, of twenty thousand."""
    async with acting_for(app, one):
        await app.execute(
            f"""
            INSERT INTO {table} (organization_id, {columns})
            SELECT $1, {values} FROM generate_series(1, {MANY})
            """,  # noqa: S608 - the names above
            one.id,
        )
    await owner.execute(f"VACUUM ANALYZE {table}")
    await settled(app)
    await app.execute("SELECT pg_stat_force_next_flush()")
    before = await entries_read(owner, table)

    assert await asked(app, question) == {one.id, other.id}

    await app.execute("SELECT pg_stat_force_next_flush()")
    assert await entries_read(owner, table) - before < 50


async def entries_read(owner: asyncpg.Connection, table: str) -> int:
    found: int = await owner.fetchval(
        """
        SELECT sum(idx_tup_read)::int + (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = $1)
        FROM pg_stat_user_indexes WHERE relname = $1
        """,
        table,
    )
    return found
