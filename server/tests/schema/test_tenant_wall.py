"""No tenant sees, makes, changes or refers to another's rows, whatever the statement says."""
# ruff: noqa: S608 - the names in the statements are the catalogue's own

from uuid import UUID

import asyncpg
import pytest
from asyncpg import (
    ForeignKeyViolationError,
    InsufficientPrivilegeError,
    NotNullViolationError,
    RestrictViolationError,
)

from tests.schema import catalogue
from tests.schema.rows import Tenant, acting_for, fill, insert

OF_NO_TENANT = {
    "heartbeats",
    "alembic_version",
    "sign_in_attempts",
    "sign_in_failures",
    "reset_requests",
    "setup_links",
    "media_leftovers",
}
"""The only tables without row level security."""

NO_KEY_OF_THE_TENANT: set[tuple[str, str]] = set()
"""References between tables of tenants that do not carry the tenant: none."""

APPENDED_ONLY = {"audit_logs", "audit_chains"}
ONE_FOR_EACH = {"agent_greetings", "avatars", "flow_runs", "flow_timers", "refresh_tokens", "totp_factors"}
"""A second row for the same user, session, conversation or run is refused before its key is looked at."""
KEPT = {"audit_verifications", "message_charges", "message_usage"}
"""What the application replaces and never takes away."""
UNCHANGEABLE = {"flow_versions", "events"}


def column_of_the_tenant(table: str) -> str:
    return "id" if table == "organizations" else "organization_id"


async def tables(owner: asyncpg.Connection) -> list[str]:
    """Every table of tenants, partitions too."""
    rows = await owner.fetch(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
        """
    )
    return [row["relname"] for row in rows if row["relname"] not in OF_NO_TENANT]


@pytest.fixture
async def ours(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


@pytest.fixture
async def theirs(app: asyncpg.Connection) -> Tenant:
    return await fill(app)


async def test_every_table_is_behind_the_wall(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        """
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS is_forced,
               ARRAY(SELECT policyname::text FROM pg_policies p WHERE p.tablename = c.relname
                     AND p.schemaname = 'public' ORDER BY 1) AS policies
        FROM pg_class c WHERE c.relname = ANY($1)
        """,
        await tables(owner),
    )

    assert [row["relname"] for row in rows if not row["is_forced"]] == []
    assert [row["relname"] for row in rows if row["policies"] != ["owner", "tenant"]] == []


async def test_every_table_names_its_tenant(owner: asyncpg.Connection) -> None:
    relations = await catalogue.read(owner)
    nullable = {
        name
        for name, table in relations.items()
        if name not in OF_NO_TENANT and not table.columns[column_of_the_tenant(name)].not_null
    }

    assert nullable == set()


async def test_every_reference_carries_the_tenant(owner: asyncpg.Connection) -> None:
    relations = await catalogue.read(owner)
    plain = {
        (name, key.target)
        for name, table in relations.items()
        for key in table.keys
        if key.target != "organizations" and not key.is_of_the_tenant
    }

    assert plain == NO_KEY_OF_THE_TENANT


async def test_a_row_of_every_table_was_tried(owner: asyncpg.Connection, ours: Tenant) -> None:
    partitions = {name for name in await tables(owner) if name.startswith("messages_")}

    assert set(await tables(owner)) - partitions == set(ours.rows)


async def test_a_tenant_sees_its_own_rows_only(app: asyncpg.Connection, ours: Tenant, theirs: Tenant) -> None:
    async with acting_for(app, ours):
        for table in ours.rows:
            column = column_of_the_tenant(table)
            assert await app.fetchval(f"SELECT count(*) FROM {table}") == 1, table
            assert await app.fetchval(f"SELECT {column} FROM {table}") == ours.id, table
            found = await app.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", theirs.id)
            assert found == 0, table


@pytest.mark.parametrize("setting", ["", None])
async def test_without_a_tenant_there_is_nothing_to_see(
    app: asyncpg.Connection, ours: Tenant, setting: str | None
) -> None:
    """None: a connection that never heard of `app.org`. Empty: what is left of it after a transaction."""
    if setting is None:
        await app.execute("RESET app.org")
    else:
        await app.execute("SELECT set_config('app.org', $1, false)", setting)

    for table in ours.rows:
        assert await app.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_a_tenant_cannot_move_a_row_to_another(
    app: asyncpg.Connection, ours: Tenant, theirs: Tenant
) -> None:
    for table in ours.rows.keys() - APPENDED_ONLY - UNCHANGEABLE - {"organizations"}:
        with pytest.raises(InsufficientPrivilegeError, match="row-level security"):
            async with acting_for(app, ours):
                await app.execute(f"UPDATE {table} SET organization_id = $1", theirs.id)


async def test_a_tenant_cannot_change_or_delete_another_s_rows(
    app: asyncpg.Connection, ours: Tenant, theirs: Tenant
) -> None:
    async with acting_for(app, ours):
        for table in ours.rows.keys() - APPENDED_ONLY - UNCHANGEABLE:
            column = column_of_the_tenant(table)
            done = await app.execute(f"UPDATE {table} SET {column} = {column} WHERE {column} = $1", theirs.id)
            assert done == "UPDATE 0", table
        for table in ours.rows.keys() - APPENDED_ONLY - KEPT - {"organizations"}:
            done = await app.execute(f"DELETE FROM {table} WHERE organization_id = $1", theirs.id)
            assert done == "DELETE 0", table


async def test_a_tenant_cannot_make_a_row_for_another(
    app: asyncpg.Connection, owner: asyncpg.Connection, ours: Tenant, theirs: Tenant
) -> None:
    relations = await catalogue.read(owner)
    generated = await owner.fetch(
        """
        SELECT attrelid::regclass::text, attname FROM pg_attribute
        WHERE attgenerated <> '' OR attidentity <> ''
        """
    )
    for table in ours.rows:
        made = {row["attname"] for row in generated if row["attrelid"] == table}
        columns = ", ".join(name for name in relations[table].columns if name not in made)
        moved = columns.replace(column_of_the_tenant(table), "$1", 1)
        with pytest.raises(InsufficientPrivilegeError, match="row-level security"):
            async with acting_for(app, ours):
                await app.execute(f"INSERT INTO {table} ({columns}) SELECT {moved} FROM {table}", theirs.id)


async def test_no_row_can_refer_to_another_tenant_s(
    owner: asyncpg.Connection, ours: Tenant, theirs: Tenant
) -> None:
    """Tried as the owner, whom nothing hides anything from: the keys alone must refuse."""
    relations = await catalogue.read(owner)
    tried = set()
    for table in ours.rows:
        for key in relations[table].keys:
            if not key.is_of_the_tenant:
                continue
            column = key.columns[-1]
            with pytest.raises(ForeignKeyViolationError):
                await point(owner, table, column, ours, theirs.rows[key.target])
            tried.add((table, column))

    assert len(tried) == sum(key.is_of_the_tenant for table in relations.values() for key in table.keys)


async def point(owner: asyncpg.Connection, table: str, column: str, tenant: Tenant, target: UUID) -> None:
    """Try to make a tenant's row refer to somebody's, in a transaction of its own."""
    async with owner.transaction():
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if table in ONE_FOR_EACH:
            await owner.execute(f"DELETE FROM {table} WHERE organization_id <> $1", tenant.id)
        await owner.execute(f"UPDATE {table} SET {column} = $1 WHERE organization_id = $2", target, tenant.id)


async def test_the_application_cannot_refer_to_a_contact_it_cannot_see(
    app: asyncpg.Connection, ours: Tenant, theirs: Tenant
) -> None:
    with pytest.raises(ForeignKeyViolationError):
        async with acting_for(app, ours):
            await insert(app, "conversations", organization_id=ours.id, contact_id=theirs.rows["contacts"])


async def test_partitions_have_no_door_of_their_own(app: asyncpg.Connection, ours: Tenant) -> None:
    with pytest.raises(InsufficientPrivilegeError):
        async with acting_for(app, ours):
            await app.fetch("SELECT FROM messages_default")


async def test_the_audit_trail_only_grows(
    app: asyncpg.Connection, owner: asyncpg.Connection, ours: Tenant
) -> None:
    """The application may not change it, and the owner cannot by mistake."""
    for statement in ("UPDATE audit_logs SET action = 'x'", "DELETE FROM audit_logs", "TRUNCATE audit_logs"):
        with pytest.raises(InsufficientPrivilegeError):
            async with acting_for(app, ours):
                await app.execute(statement)
        with pytest.raises(RestrictViolationError, match="only grows"):
            await owner.execute(statement)


async def test_an_entry_of_no_chain_is_refused(app: asyncpg.Connection) -> None:
    with pytest.raises((InsufficientPrivilegeError, NotNullViolationError)):
        await app.execute("INSERT INTO audit_logs (action) VALUES ('sign_in.failed')")


async def test_what_runs_as_the_owner_is_closed_to_everybody_else(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        """
        SELECT p.proname, prosecdef, COALESCE(proconfig::text, '') AS settings,
               has_function_privilege('pytake_app', p.oid, 'EXECUTE') AS is_open,
               EXISTS (SELECT FROM aclexplode(COALESCE(proacl, acldefault('f', proowner)))
                       WHERE grantee = 0) AS is_public
        FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        """
    )

    assert [row["proname"] for row in rows if row["is_public"] and row["prosecdef"]] == []
    assert [
        row["proname"]
        for row in rows
        if row["prosecdef"] and "search_path=pg_catalog, public, pg_temp" not in row["settings"]
    ] == []
    assert {row["proname"] for row in rows if row["is_open"] and row["prosecdef"]} == {
        "analyze_what_has_grown",
        "ask_for_reset",
        "find_api_key",
        "find_channel",
        "find_contacts",
        "find_avatar",
        "find_link",
        "find_organization",
        "find_refresh_token",
        "find_setup_link",
        "find_user",
        "finish_reset_request",
        "finish_sign_in_failure",
        "forget_idempotency_keys",
        "forgive_attempts",
        "forget_waiting",
        "is_set_up",
        "list_organizations",
        "list_reset_requests",
        "list_sign_in_failures",
        "make_message_partitions",
        "make_setup_link",
        "note_sign_in_failure",
        "numbers_unchecked",
        "numbers_with_outbox",
        "organizations_behind",
        "organizations_ever",
        "organizations_page",
        "organizations_with_due_timers",
        "organizations_with_due_media",
        "organizations_with_files_left",
        "organizations_with_files_to_check",
        "forget_files_left",
        "organizations_with_inbound",
        "organizations_with_proven_merges",
        "organizations_with_mail",
        "organizations_with_template_work",
        "organizations_with_unknown_sends",
        "store_inbound",
        "take_attempts",
        "take_setup_link",
        "tidy_accounts",
        "trim_journal",
        "wake_waiting",
    }
