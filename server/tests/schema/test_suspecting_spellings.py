"""What the migration suspects of contacts that were there before."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from pytake.entrypoints import migrations
from tests.schema.databases import empty_database
from tests.servers import SECRET_KEY, Servers

AURORA, BOREAL = UUID(int=1), UUID(int=2)
BEFORE, THIS = "061", "062"


@pytest.fixture
async def url(engines: Servers) -> AsyncIterator[str]:
    """A database as it was before."""
    async with empty_database(engines) as url:
        await migrations.upgrade(url, SECRET_KEY, BEFORE)
        yield url


@pytest.fixture
async def old(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


async def a_contact(
    old: asyncpg.Connection, wa_id: str, user_id: str | None = None, organization_id: UUID = AURORA
) -> UUID:
    found: UUID = await old.fetchval(
        """
        INSERT INTO contacts (organization_id, whatsapp_id, whatsapp_user_id, last_message_at)
        VALUES ($1, $2, $3, clock_timestamp()) RETURNING id
        """,
        organization_id,
        wa_id,
        user_id,
    )
    return found


async def test_pairs_of_one_organization_that_contradict_no_user_id(
    url: str, old: asyncpg.Connection
) -> None:
    for organization_id, slug in ((AURORA, "aurora"), (BOREAL, "boreal")):
        await old.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, $2, $2)", organization_id, slug
        )
    pairs = [
        (await a_contact(old, long), await a_contact(old, short, user_id))
        for long, short, user_id in (
            ("5531987654321", "553187654321", "BR.1"),
            ("5215512345678", "525512345678", None),
            ("5491112345678", "541112345678", None),
        )
    ]
    await a_contact(old, "5511932109876")
    await a_contact(old, "551132109876")  # a landline
    await a_contact(old, "5531977776666", "BR.2")
    await a_contact(old, "553177776666", "BR.3")
    await a_contact(old, "5531966665555")
    await a_contact(old, "553166665555", organization_id=BOREAL)
    deleted = await a_contact(old, "5531988887777")
    await a_contact(old, "553188887777")
    await old.execute("UPDATE contacts SET deleted_at = now() WHERE id = $1", deleted)

    await migrations.upgrade(url, SECRET_KEY, THIS)

    rows = await old.fetch("SELECT * FROM contact_merge_suggestions")
    assert {frozenset((row["one_id"], row["other_id"])) for row in rows} == {
        frozenset(pair) for pair in pairs
    }
    assert {(row["reason"], row["state"]) for row in rows} == {("same_phone", "open")}
    assert {row["shows_id"] for row in rows} == {short for _, short in pairs}, "who wrote last"
