"""Who the application is to PostgreSQL, and the owner it lives under."""

import base64
import hashlib
import hmac
import os
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import make_url

from pytake.entrypoints import application_role, migrations
from pytake.entrypoints.application_role import UnusableRoleError
from pytake.kit.ids import new_id
from tests.schema.databases import empty_database
from tests.servers import SECRET_KEY, Servers


@pytest.fixture
async def plain_owner(engines: Servers) -> AsyncIterator[str]:
    """A database whose owner has no power but over what it owns: neither superuser nor BYPASSRLS."""
    role = f"owner_{os.urandom(4).hex()}"
    async with empty_database(engines) as url:
        connection = await asyncpg.connect(url)
        database = make_url(url).database
        await connection.execute(f"CREATE ROLE {role} LOGIN CREATEROLE PASSWORD 'x'")
        await connection.execute(f"GRANT {role} TO CURRENT_USER")
        await connection.execute(f"GRANT CREATE ON DATABASE {database} TO {role}")
        await connection.execute(f"GRANT ALL ON SCHEMA public TO {role}")
        yield make_url(url).set(username=role, password="x").render_as_string(hide_password=False)
        await connection.execute(f"DROP OWNED BY {role}")
        await connection.execute(f"DROP ROLE {role}")
        await connection.close()


async def test_it_is_nobody_special(owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    role = await owner.fetchrow("SELECT * FROM pg_roles WHERE rolname = 'pytake_app'")
    owned = await owner.fetchval(
        """
        SELECT count(*) FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = 'pytake_app'::regrole AND deptype = 'o'
        """
    )
    await owner.close()

    assert role["rolcanlogin"]
    assert not any(role[power] for power in ("rolsuper", "rolbypassrls", "rolcreatedb", "rolcreaterole"))
    assert owned == 0


async def test_it_signs_in_with_a_password_of_the_secret_key(owner_url: str) -> None:
    url = make_url(application_role.app_url(owner_url, SECRET_KEY))

    assert (url.username, url.database) == ("pytake_app", make_url(owner_url).database)
    assert url.password == application_role.password(SECRET_KEY)
    assert url.password != application_role.password(SECRET_KEY + "!")


def test_its_password_is_kept_as_the_standard_says() -> None:
    """The exchange of RFC 7677, section 3: the verifier accepts the client and proves the server."""
    kept = application_role.verifier("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    stored, server = (base64.b64decode(part) for part in kept.rpartition("$")[2].split(":"))
    nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    said = (
        f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={nonce}".encode()
    )
    proof = base64.b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    client_key = bytes(a ^ b for a, b in zip(proof, hmac.digest(stored, said, "sha256"), strict=True))

    assert kept.startswith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$")
    assert hashlib.sha256(client_key).digest() == stored
    assert hmac.digest(server, said, "sha256") == base64.b64decode(
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    )


async def test_a_role_that_sees_everything_is_refused(owner_url: str) -> None:
    """In a transaction that is rolled back: the role belongs to every database of the server."""
    owner = await asyncpg.connect(owner_url)
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("CREATE ROLE seer NOLOGIN BYPASSRLS")
    await owner.execute("GRANT seer TO pytake_app")

    with pytest.raises(UnusableRoleError, match="seer"):
        await application_role.refuse_a_role_above_the_rules(owner)

    await transaction.rollback()
    await application_role.refuse_a_role_above_the_rules(owner)
    await owner.close()


async def test_an_owner_without_powers_is_enough(plain_owner: str) -> None:
    """The look-up functions see across tenants and use their indexes, though RLS is forced on their owner."""
    await migrations.upgrade(plain_owner, SECRET_KEY)
    app = await asyncpg.connect(application_role.app_url(plain_owner, SECRET_KEY))
    organization_id = new_id()
    async with app.transaction():
        await become(app, organization_id)
        await app.execute("INSERT INTO organizations (id, name, slug) VALUES ($1, 'A', 'a')", organization_id)
        await app.execute(
            "INSERT INTO contacts (organization_id, name, phone) VALUES ($1, 'João', '+5511987654321')",
            organization_id,
        )
        assert len(await app.fetch("SELECT find_contacts('joao')")) == 1

    assert await app.fetchval("SELECT find_organization('a')") == organization_id
    assert await app.fetchval("SELECT count(*) FROM contacts") == 0
    assert await app.fetchval("SELECT make_message_partitions(4)") == 2
    await app.close()
    assert "idx_contacts_search" in await plan_of_a_search(plain_owner)


async def plan_of_a_search(owner_url: str) -> str:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("SET enable_seqscan = off")
    rows = await owner.fetch(
        "EXPLAIN SELECT FROM contacts WHERE trigrams(organization_id, search_text) @> ARRAY['00000000joa']"
    )
    await owner.close()
    return "\n".join(row[0] for row in rows)


async def become(connection: asyncpg.Connection, organization_id: UUID) -> None:
    await connection.execute("SELECT set_config('app.org', $1, true)", str(organization_id))
