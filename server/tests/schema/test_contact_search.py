"""Contacts are found by any part of what we know of them, however it is spelt, and by nobody else."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.schema.rows import Tenant, acting_for, fill, insert

PEOPLE: list[dict[str, str]] = [
    {"whatsapp_id": "5511911112222", "phone": "+55 (11) 91111-2222", "name": "João Conceição"},
    {"whatsapp_id": "5521988887777", "whatsapp_name": "Zé da Padaria 🍞"},
    {"whatsapp_id": "5531977776666"},
    {"email": "Ana.Lima@exemplo.com.br", "name": "Ana  Lima"},
    {"whatsapp_user_id": "BR.13491208655302741918", "whatsapp_username": "@marcos.ínvisivel"},
]


WISHES = {
    "joao": [0],
    "JOÃO": [0],
    "João": [0],
    "conceicao": [0],
    "oão con": [0],
    "  joao   conceicao ": [0],
    "ze da pad": [1],
    "PADARIA": [1],
    "🍞": [1],
    "91111-2222": [0],
    "(11) 91111": [0],
    "+55 11 9": [0],
    "77776666": [2],
    "776": [2],
    "7777": [1, 2],
    "@exemplo.com": [3],
    "ana.lima": [3],
    "invisi": [4],
    "@MARCOS": [4],
    "jo": [0],
    "ao": [],
    "nobody": [],
    "%": [],
    "_": [],
    "'; --": [],
    "": [0, 1, 2, 3, 4],
}
"""What is looked for, and the places in PEOPLE of whom it finds."""


@pytest.fixture
async def tenant(app: asyncpg.Connection) -> AsyncIterator[Tenant]:
    """With PEOPLE, in a transaction that goes on."""
    tenant = await fill(app)
    async with acting_for(app, tenant):
        await app.execute("DELETE FROM contacts")
        for person in PEOPLE:
            await insert(app, "contacts", organization_id=tenant.id, **person)
        yield tenant


async def found(app: asyncpg.Connection, wanted: str) -> list[int]:
    """The places in PEOPLE of those who are found."""
    rows = await app.fetch(
        "SELECT * FROM contacts WHERE id IN (SELECT find_contacts($1)) ORDER BY id", wanted
    )
    return sorted(
        PEOPLE.index(person)
        for row in rows
        for person in PEOPLE
        if all(row[column] == value for column, value in person.items())
    )


async def test_who_is_found(app: asyncpg.Connection, tenant: Tenant) -> None:
    assert {wanted: await found(app, wanted) for wanted in WISHES} == WISHES


async def test_a_new_name_is_found_and_the_old_one_is_not(app: asyncpg.Connection, tenant: Tenant) -> None:
    await app.execute("UPDATE contacts SET name = 'Íris' WHERE name = 'João Conceição'")

    assert await app.fetchval("SELECT count(*) FROM find_contacts('iris')") == 1
    assert await app.fetchval("SELECT count(*) FROM find_contacts('joao')") == 0


async def test_the_deleted_are_not_found(app: asyncpg.Connection, tenant: Tenant) -> None:
    await app.execute("UPDATE contacts SET deleted_at = now() WHERE name = 'João Conceição'")

    assert await found(app, "joao") == []


async def test_another_tenant_s_are_not_found(app: asyncpg.Connection, app_url: str) -> None:
    ours, theirs = await fill(app), await fill(app)
    async with acting_for(app, ours):
        rows = await app.fetch("SELECT find_contacts('joao') AS id")
    async with acting_for(app, None):
        nobody = await app.fetch("SELECT find_contacts('joao') AS id")

    assert [row["id"] for row in rows] == [ours.rows["contacts"]]
    assert theirs.rows["contacts"] != ours.rows["contacts"]
    assert nobody == []


async def test_the_index_is_used(app: asyncpg.Connection, owner: asyncpg.Connection) -> None:
    """By PostgreSQL's own choice, among ten thousand contacts."""
    tenant = await fill(app)
    async with acting_for(app, tenant):
        await app.execute(
            """
            INSERT INTO contacts (organization_id, whatsapp_id, name)
            SELECT $1, '5511' || lpad(number::text, 9, '0'), 'Pessoa ' || md5(number::text)
            FROM generate_series(1, 10000) AS number
            """,
            tenant.id,
        )
    await owner.execute("ANALYZE contacts")
    before = await scans(owner)
    async with acting_for(app, tenant):
        assert await app.fetchval("SELECT count(*) FROM find_contacts('João')") == 1
        assert await app.fetchval("SELECT count(*) FROM find_contacts('c4ca42')") == 1
    await app.execute("SELECT pg_stat_force_next_flush()")
    after = await scans(owner)

    assert (after[0] - before[0], after[1] - before[1]) == (2, 0)


async def scans(owner: asyncpg.Connection) -> tuple[int, int]:
    """How often the search index was read, and how often the whole table."""
    row = await owner.fetchrow(
        """
        SELECT (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'idx_contacts_search'),
               (SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'contacts')
        """
    )
    return row[0], row[1]


async def test_folding(app: asyncpg.Connection) -> None:
    folded = {
        "João": "joao",
        "CONCEIÇÃO": "conceicao",
        "Ñandú": "nandu",
        "Ａｎａ": "ana",
        "plain": "plain",
        "": "",
    }

    assert {said: await app.fetchval("SELECT fold($1)", said) for said in folded} == folded


async def test_trigrams_are_every_three_letters_in_a_row(app: asyncpg.Connection) -> None:
    tenant = "6ebca4ef-6c58-4bf8-a516-e3391881103b"
    for text in ("", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcabc", "ação é"):
        cut = await app.fetchval("SELECT trigrams($1::uuid, $2)", tenant, text)
        assert set(cut) == {f"6ebca4ef{text[start : start + 3]}" for start in range(len(text) - 2)}, text
