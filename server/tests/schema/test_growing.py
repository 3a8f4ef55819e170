"""A database that grows from nothing: its statistics follow, and a plan made on an empty table stays good."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from pytake.conversations import outbox
from pytake.kit.database import PLANNING
from tests.schema.rows import Tenant, acting_for, fill

WAITING = 2_000
CLAIMED = 64
LEFT = 5_000
ADD_TYPES = "uuid, timestamptz, uuid[], uuid[], uuid[], uuid[], smallint[], bool[], text[], bool[], text"


@pytest.fixture
async def tenant(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


@pytest.fixture
async def planned(app_url: str) -> AsyncIterator[asyncpg.Connection]:
    """One that plans as PyTake's do."""
    connection = await asyncpg.connect(app_url, server_settings=PLANNING)
    yield connection
    await connection.close()


async def add_contacts(app: asyncpg.Connection, tenant: Tenant, count: int) -> None:
    async with acting_for(app, tenant):
        await app.execute(
            """
            INSERT INTO contacts (organization_id, whatsapp_id)
            SELECT $1, gen_random_uuid()::text FROM generate_series(1, $2::int)
            """,
            tenant.id,
            count,
        )
    await app.execute("SELECT pg_stat_force_next_flush()")


async def known_contacts(app: asyncpg.Connection) -> float:
    table = await app.fetchval("SELECT analyze_what_has_grown()")
    while table is not None:
        table = await app.fetchval("SELECT analyze_what_has_grown($1)", table)
    rows: float = await app.fetchval("SELECT reltuples FROM pg_class WHERE oid = 'contacts'::regclass")
    return rows


async def test_statistics_follow_a_table_that_doubles(app: asyncpg.Connection, tenant: Tenant) -> None:
    await add_contacts(app, tenant, 499)
    assert await known_contacts(app) == 500

    await add_contacts(app, tenant, 500)
    assert await known_contacts(app) == 500, "has grown, but not by enough"

    await add_contacts(app, tenant, 500)
    assert await known_contacts(app) == 1500


async def test_what_only_changes_is_not_looked_at_again(
    app: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    await add_contacts(app, tenant, 499)
    assert await known_contacts(app) == 500
    looked = await looked_at(owner)

    async with acting_for(app, tenant):
        for _ in range(3):
            await app.execute("UPDATE contacts SET total_messages = total_messages + 1")
    await app.execute("SELECT pg_stat_force_next_flush()")

    assert await known_contacts(app) == 500
    assert await looked_at(owner) == looked


async def test_a_large_table_is_left_to_autovacuum(
    app: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    await owner.execute("ALTER TABLE message_ids SET (autovacuum_enabled = false)")
    await add_message_ids(app, tenant, 10_000)
    await owner.execute("ANALYZE message_ids")
    await add_message_ids(app, tenant, 20_000)

    await known_contacts(app)
    assert await looked_at(owner, "message_ids") == 1


async def add_message_ids(app: asyncpg.Connection, tenant: Tenant, count: int) -> None:
    async with acting_for(app, tenant):
        await app.execute(
            """
            INSERT INTO message_ids
            SELECT $1, $2, gen_random_uuid()::text, gen_random_uuid(), now() FROM generate_series(1, $3::int)
            """,
            tenant.id,
            tenant.rows["whatsapp_numbers"],
            count,
        )
    await app.execute("SELECT pg_stat_force_next_flush()")


async def looked_at(owner: asyncpg.Connection, table: str = "contacts") -> int:
    count: int = await owner.fetchval("SELECT pg_stat_get_analyze_count($1::text::regclass)", table)
    return count


async def test_a_claim_planned_on_an_empty_outbox_reads_what_it_claims(
    planned: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    """Each claimed row costs the same however many wait: nothing is compared with everything."""
    await owner.execute("DELETE FROM outbox")
    await planned.execute(f"PREPARE claim (uuid, uuid, int) AS {outbox._CLAIM}")
    assert (await claimed(planned, tenant))[0] == 0

    await many_conversations_with_something_to_send(owner, tenant)
    rows, pages = await claimed(planned, tenant)

    assert rows == CLAIMED
    assert pages / rows < 60  # reading the queue once for each row would be more than a thousand


async def test_what_has_left_the_outbox_is_not_read_again(
    planned: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    """A row stays in the table until vacuum comes; many leave in a minute, and each message asks for them."""
    await owner.execute("DELETE FROM outbox")
    await owner.execute("ALTER TABLE outbox SET (autovacuum_enabled = false)")
    await planned.execute(f"PREPARE add ({ADD_TYPES}) AS {outbox._ADD}")
    await add_and_take_out(planned, owner, tenant, LEFT)
    pages = await owner.fetchval("SELECT pg_relation_size('outbox') / 8192")

    async with asyncio.timeout(10):  # once nobody who began before they left is still at it
        while await read_for_one_more(planned, tenant) > pages / 2:
            await add_and_take_out(planned, owner, tenant, 1)


async def add_and_take_out(
    planned: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant, count: int
) -> None:
    async with acting_for(planned, tenant):
        await planned.fetch(adding(tenant, count))
    await owner.execute("DELETE FROM outbox")


async def read_for_one_more(planned: asyncpg.Connection, tenant: Tenant) -> int:
    """How many pages it takes to add one message more. It stays."""
    async with acting_for(planned, tenant):
        answer = await planned.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {adding(tenant, 1)}")
    plan = json.loads(answer)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def adding(tenant: Tenant, count: int) -> str:
    """So many messages more in the same conversation."""
    number, conversation, contact = (
        f"'{tenant.rows[table]}'::uuid" for table in ("whatsapp_numbers", "conversations", "contacts")
    )
    columns = (number, conversation, contact, "0::smallint", "false", "NULL::text", "true")
    filled = ", ".join(f"array_fill({value}, ARRAY[{count}])" for value in columns)
    ids = ",".join(str(uuid4()) for _ in range(count))
    return f"EXECUTE add ('{tenant.id}', now(), '{{{ids}}}', {filled}, 'messaging_limit')"


async def many_conversations_with_something_to_send(owner: asyncpg.Connection, tenant: Tenant) -> None:
    await owner.execute(
        """
        WITH people AS (
            INSERT INTO contacts (organization_id, whatsapp_id)
            SELECT $1, i::text FROM generate_series(1, $3::int) AS i RETURNING id
        ), talks AS (
            INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id)
            SELECT $1, id, $2 FROM people RETURNING id, contact_id
        ), said AS (
            INSERT INTO messages (organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                                  content)
            SELECT $1, id, contact_id, $2, 'outbound', '{}' FROM talks
            RETURNING id, created_at, conversation_id, contact_id
        )
        INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id,
                            conversation_id, contact_id)
        SELECT id, created_at, $1, $2, conversation_id, contact_id FROM said
        """,
        tenant.id,
        tenant.rows["whatsapp_numbers"],
        WAITING,
    )


async def claimed(app: asyncpg.Connection, tenant: Tenant) -> tuple[int, int]:
    """How many rows one claim finds, and how many pages it looks at for them."""
    number_id: UUID = tenant.rows["whatsapp_numbers"]
    async with acting_for(app, tenant):
        answer = await app.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE claim ('{tenant.id}', '{number_id}', {CLAIMED})"
        )
    plan = json.loads(answer)[0]["Plan"]
    return int(plan["Actual Rows"]), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
