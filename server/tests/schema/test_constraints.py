"""What the tables refuse, and what leaves with what."""
# ruff: noqa: S608 - the names in the statements are the catalogue's own

import enum
import re

import asyncpg
import pytest
from asyncpg import (
    CheckViolationError,
    NotNullViolationError,
    RestrictViolationError,
    UniqueViolationError,
)
from sqlalchemy import Enum

from pytake.chatbots.types import StoredRunStatus
from pytake.engine.run import RunStatus
from pytake.entrypoints.models import METADATA
from tests.schema import catalogue
from tests.schema.catalogue import allowed
from tests.schema.rows import NOON, Tenant, acting_for, fill, insert


@pytest.fixture
async def tenant(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


def enumerations() -> list[tuple[str, str, type[enum.Enum]]]:
    return [
        (table.name, column.name, column.type.enum_class)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum) and column.type.enum_class
    ]


async def test_every_enumeration_is_the_check_s(owner: asyncpg.Connection) -> None:
    relations = await catalogue.read(owner)
    checked = {
        (table, name.removeprefix(f"{table}_").removesuffix("_check")): allowed(check)
        for table, found in relations.items()
        for name, check in found.checks.items()
        if allowed(check)
    }

    assert checked == {
        (table, column): {member.value for member in kind} for table, column, kind in enumerations()
    }


def test_the_engine_s_statuses_can_be_stored() -> None:
    assert {*map(str, StoredRunStatus)} == {*map(str, RunStatus)} - {"active"}


async def test_no_check_lets_nonsense_through(owner: asyncpg.Connection, tenant: Tenant) -> None:
    for table, column, _ in enumerations():
        with pytest.raises(CheckViolationError, match=f"{table}_{column}_check"):
            await owner.execute(f"UPDATE {table} SET {column} = 'BANANA'")


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE conversations SET satisfaction_rating = 6", "conversations_satisfaction_rating_check"),
        ("UPDATE whatsapp_numbers SET throughput_per_second = 0", "throughput_per_second_check"),
        ("UPDATE contacts SET whatsapp_id = NULL", "contacts_identity_check"),
        ("UPDATE campaign_recipients SET message_id = NULL", "campaign_recipients_message_check"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    owner: asyncpg.Connection, tenant: Tenant, statement: str, constraint: str
) -> None:
    with pytest.raises(CheckViolationError, match=constraint):
        await owner.execute(statement)


async def test_an_erased_contact_may_be_nobody(app: asyncpg.Connection, tenant: Tenant) -> None:
    async with acting_for(app, tenant):
        done = await app.execute("UPDATE contacts SET whatsapp_id = NULL, name = NULL, deleted_at = now()")

    assert done == "UPDATE 1"


async def test_a_default_is_never_null(owner: asyncpg.Connection, tenant: Tenant) -> None:
    with pytest.raises(NotNullViolationError):
        await owner.execute("UPDATE conversations SET status = NULL")


async def test_a_conversation_is_live_once(app: asyncpg.Connection, tenant: Tenant) -> None:
    again = {
        "organization_id": tenant.id,
        "contact_id": tenant.rows["contacts"],
        "whatsapp_number_id": tenant.rows["whatsapp_numbers"],
    }
    async with acting_for(app, tenant):
        for status in ("resolved", "closed", "resolved"):
            await insert(app, "conversations", **again, status=status)
        await insert(app, "conversations", **{**again, "whatsapp_number_id": None})
    for number in (tenant.rows["whatsapp_numbers"], None):
        with pytest.raises(UniqueViolationError, match="conversations_live_key"):
            async with acting_for(app, tenant):
                await insert(
                    app, "conversations", **{**again, "whatsapp_number_id": number}, status="pending"
                )


async def test_a_conflict_can_be_answered(app: asyncpg.Connection, tenant: Tenant) -> None:
    async with acting_for(app, tenant):
        done = await app.execute(
            """
            INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id) VALUES ($1, $2, $3)
            ON CONFLICT (organization_id, contact_id, whatsapp_number_id)
            WHERE status NOT IN ('resolved', 'closed') DO NOTHING
            """,
            tenant.id,
            tenant.rows["contacts"],
            tenant.rows["whatsapp_numbers"],
        )

    assert done == "INSERT 0 0"


@pytest.mark.parametrize(
    ("table", "values", "key"),
    [
        ("contacts", {"whatsapp_id": "5511987654321"}, "contacts_organization_id_whatsapp_id_key"),
        (
            "whatsapp_numbers",
            {"phone_number": "+551130000100", "phone_number_id": "another"},
            "whatsapp_numbers_organization_id_phone_number_key",
        ),
    ],
)
async def test_who_is_gone_may_come_back(
    app: asyncpg.Connection, tenant: Tenant, table: str, values: dict[str, str], key: str
) -> None:
    with pytest.raises(UniqueViolationError, match=key):
        async with acting_for(app, tenant):
            await insert(app, table, organization_id=tenant.id, **values)

    async with acting_for(app, tenant):
        await app.execute(f"UPDATE {table} SET deleted_at = now()")
        await insert(app, table, organization_id=tenant.id, **values)
        assert await app.fetchval(f"SELECT count(*) FROM {table}") == 2


async def test_a_number_may_move_to_another_organization(app: asyncpg.Connection, tenant: Tenant) -> None:
    other = await fill(app)
    moved = {"organization_id": other.id, "phone_number": "+551130000199", "phone_number_id": tenant.name}
    with pytest.raises(UniqueViolationError, match="whatsapp_numbers_phone_number_id_key"):
        async with acting_for(app, other):
            await insert(app, "whatsapp_numbers", **moved)

    async with acting_for(app, tenant):
        await app.execute("UPDATE whatsapp_numbers SET deleted_at = now()")
    async with acting_for(app, other):
        await insert(app, "whatsapp_numbers", **moved)


async def test_an_organization_has_one_default_number(app: asyncpg.Connection, tenant: Tenant) -> None:
    async with acting_for(app, tenant):
        await app.execute("UPDATE whatsapp_numbers SET is_default = true")
    with pytest.raises(UniqueViolationError, match="whatsapp_numbers_default_key"):
        async with acting_for(app, tenant):
            await insert(
                app,
                "whatsapp_numbers",
                organization_id=tenant.id,
                phone_number="+551130000101",
                phone_number_id="2",
                is_default=True,
            )


async def test_an_address_is_one_user_s_however_it_is_written(
    app: asyncpg.Connection, tenant: Tenant
) -> None:
    other = await fill(app)
    again = {"organization_id": other.id, "email": f"{tenant.name}@Example.ORG", "password_hash": "-"}
    with pytest.raises(UniqueViolationError, match="users_email_key"):
        async with acting_for(app, other):
            await insert(app, "users", **again, full_name="Ana")

    async with acting_for(app, tenant):
        await app.execute("UPDATE users SET deleted_at = now()")
    async with acting_for(app, other):
        await insert(app, "users", **again, full_name="Ana")


async def test_a_template_is_unique_in_its_account(app: asyncpg.Connection, tenant: Tenant) -> None:
    template = {"organization_id": tenant.id, "name": "boas_vindas", "body_text": "Olá"}
    async with acting_for(app, tenant):
        await insert(app, "whatsapp_templates", whatsapp_business_account_id="7", **template)
    template["whatsapp_business_account_id"] = "8"
    async with acting_for(app, tenant):
        await insert(app, "whatsapp_templates", **template)
    with pytest.raises(UniqueViolationError, match="whatsapp_templates_name_key"):
        async with acting_for(app, tenant):
            await insert(app, "whatsapp_templates", **template)


async def test_a_long_message_is_stored(app: asyncpg.Connection, tenant: Tenant) -> None:
    text = '{"text": "' + "ã" * 4096 + '"}'
    async with acting_for(app, tenant):
        await app.execute("UPDATE messages SET content = $1", text)

        assert await app.fetchval("SELECT length(content ->> 'text') FROM messages") == 4096


async def test_a_conversation_has_one_waiting_run(app: asyncpg.Connection, tenant: Tenant) -> None:
    again = {
        "organization_id": tenant.id,
        "conversation_id": tenant.rows["conversations"],
        "contact_id": tenant.rows["contacts"],
        "flow_version_id": tenant.rows["flow_versions"],
    }
    async with acting_for(app, tenant):
        await insert(app, "flow_runs", **again, status="completed")
    with pytest.raises(UniqueViolationError, match="flow_runs_waiting_key"):
        async with acting_for(app, tenant):
            await insert(app, "flow_runs", **again)


async def test_what_was_published_cannot_change(
    app: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    with pytest.raises(RestrictViolationError, match="cannot change"):
        await owner.execute("UPDATE flow_versions SET program = '{}'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with acting_for(app, tenant):
            await app.execute("UPDATE flow_versions SET note = 'x'")


async def test_a_user_can_leave_and_what_they_made_stays(app: asyncpg.Connection, tenant: Tenant) -> None:
    made = {
        "chatbots": "created_by",
        "flows": "created_by",
        "flow_versions": "published_by",
        "quick_replies": "created_by",
        "campaigns": "created_by",
        "integrations": "created_by",
        "messages": "sender_id",
        "conversations": "assigned_to",
    }
    async with acting_for(app, tenant):
        await app.execute("DELETE FROM users")

        assert {
            table: await app.fetchval(f"SELECT {column} FROM {table}") for table, column in made.items()
        } == (dict.fromkeys(made))
        assert await app.fetchval("SELECT count(*) FROM audit_logs") == 1


async def test_a_number_can_leave_and_its_campaigns_stay(app: asyncpg.Connection, tenant: Tenant) -> None:
    async with acting_for(app, tenant):
        await app.execute("DELETE FROM whatsapp_numbers")

        assert await app.fetchval("SELECT template_id FROM campaigns") == tenant.rows["whatsapp_templates"]
        assert await app.fetchval("SELECT whatsapp_number_id FROM whatsapp_templates") is None
        assert await app.fetchval("SELECT count(*) FROM outbox") == 0


async def test_a_channel_stays_while_numbers_need_it(app: asyncpg.Connection, tenant: Tenant) -> None:
    with pytest.raises((RestrictViolationError, asyncpg.ForeignKeyViolationError)):
        async with acting_for(app, tenant):
            await app.execute("DELETE FROM channels")


async def test_a_contact_takes_all_it_said_along(app: asyncpg.Connection, tenant: Tenant) -> None:
    async with acting_for(app, tenant):
        await app.execute("DELETE FROM contacts")

        for table in (
            "conversations",
            "messages",
            "flow_runs",
            "flow_timers",
            "campaign_recipients",
            "outbox",
        ):
            assert await app.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_an_organization_leaves_nothing_but_its_trail(
    app: asyncpg.Connection, owner: asyncpg.Connection, tenant: Tenant
) -> None:
    """With two live conversations of one contact, whose numbers are forgotten at the same moment."""
    other = await fill(app)
    async with acting_for(app, tenant):
        await insert(app, "conversations", organization_id=tenant.id, contact_id=tenant.rows["contacts"])

    await owner.execute("DELETE FROM organizations WHERE id = $1", tenant.id)

    left = {}
    for table in tenant.rows:
        column = "id" if table == "organizations" else "organization_id"
        left[table] = await owner.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", tenant.id)
    assert {table for table, count in left.items() if count} == {
        "audit_logs",
        "audit_chains",
        "audit_verifications",
    }
    async with acting_for(app, other):
        assert await app.fetchval("SELECT count(*) FROM messages") == 1


async def test_a_status_rewrites_no_index(owner: asyncpg.Connection, tenant: Tenant) -> None:
    """What an outbound message and its contact go through most often stays on the row's page."""
    await owner.execute("UPDATE messages SET status = 'accepted', whatsapp_message_id = 'wamid.1'")
    await owner.execute("UPDATE contacts SET last_message_at = $1", NOON)
    statements = [
        *(
            f"UPDATE messages SET status = '{status}', {status}_at = now()"
            for status in ("sent", "delivered", "read")
        ),
        "UPDATE contacts SET last_message_at = last_message_at + interval '1 minute', total_messages = 2",
        "UPDATE outbox SET state = 'sending', claimed_at = now(), attempts = 1",
    ]
    for statement in statements:
        table = re.split(r"\s+", statement)[1]
        relation = "messages_default" if table == "messages" else table
        await owner.execute("SELECT pg_stat_force_next_flush()")
        before = await kept_on_page(owner, relation)
        await owner.execute(statement)
        await owner.execute("SELECT pg_stat_force_next_flush()")
        assert await kept_on_page(owner, relation) == before + 1, statement


async def kept_on_page(owner: asyncpg.Connection, table: str) -> int:
    found: int = await owner.fetchval(
        "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = $1", table
    )
    return found
