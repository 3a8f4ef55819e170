"""Who somebody is, and what is written about them, a batch at a time."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.contacts import service as contacts
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.ids import new_id
from pytake.ports.whatsapp import Person

MARIA = Person(wa_id="5511900000011", profile_name="Maria")


@pytest.fixture
async def organization(runtime: BuiltRuntime) -> UUID:
    organization_id = new_id()
    async with runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, 'Aurora', 'aurora')", organization_id
        )
    return organization_id


async def test_counting_messages_undoes_nothing_that_others_wrote_meanwhile(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    async with runtime.work(organization) as work:
        await contacts.recognise(work, [MARIA])

    async with runtime.work(organization) as work:
        (maria,) = await contacts.recognise(work, [MARIA])
        await owner.execute("UPDATE contacts SET whatsapp_name = 'Maria Clara'")
        maria.messages, maria.conversations, maria.last_message_at = 2, 1, work.now
        await contacts.write_back(work, [maria])

    (row,) = await owner.fetch(
        "SELECT whatsapp_name, total_messages, total_conversations, last_message_at, search_text "
        "FROM contacts"
    )
    assert (row["whatsapp_name"], row["total_messages"], row["total_conversations"]) == ("Maria Clara", 2, 1)
    assert row["last_message_at"] == work.now
    assert "maria clara" in row["search_text"]


async def test_what_was_learnt_is_written_with_the_count(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    async with runtime.work(organization) as work:
        await contacts.recognise(work, [MARIA])

    async with runtime.work(organization) as work:
        people = await contacts.recognise(
            work, [Person(wa_id=MARIA.wa_id, user_id="BR.1", profile_name="Maria C."), Person(wa_id="351920")]
        )
        for contact in people:
            contact.messages = 1
        await contacts.write_back(work, people)

    rows = await owner.fetch(
        "SELECT whatsapp_user_id, whatsapp_name, total_messages FROM contacts ORDER BY created_at, id"
    )
    assert [tuple(row) for row in rows] == [("BR.1", "Maria C.", 1), (None, None, 1)]


async def test_who_is_found_by_user_id_is_not_looked_for_by_phone(
    runtime: BuiltRuntime, organization: UUID
) -> None:
    known = [Person(wa_id=f"55119000000{place:02}", user_id=f"BR.{place}") for place in range(20)]
    async with runtime.work(organization) as work:
        await contacts.recognise(work, known)
    asked: list[Any] = []

    async with runtime.work(organization) as work:
        with work.connection.query_logger(lambda query: asked.append(query.args)):
            found = await contacts.recognise(work, known)
            await asyncio.sleep(0)

    assert [contact.whatsapp_user_id for contact in found] == [person.user_id for person in known]
    assert [arguments[2] for arguments in asked] == [[]]


async def test_a_phone_that_is_news_of_somebody_is_looked_for(
    runtime: BuiltRuntime, organization: UUID
) -> None:
    """Of three: one has a new phone, one the phone of somebody else, one is found by phone alone."""
    async with runtime.work(organization) as work:
        await contacts.recognise(
            work,
            [
                Person(wa_id="351900000001", user_id="PT.1"),
                Person(wa_id="351900000002", user_id="PT.2"),
                Person(wa_id="351900000003"),
            ],
        )

    async with runtime.work(organization) as work:
        one, two, three, stranger = await contacts.recognise(
            work,
            [
                Person(wa_id="351900000009", user_id="PT.1"),
                Person(wa_id="351900000003", user_id="PT.2"),
                Person(wa_id="351900000003"),
                Person(wa_id="351900000004"),
            ],
        )

    assert (one.whatsapp_id, one.whatsapp_user_id) == ("351900000009", "PT.1")
    assert (two.whatsapp_id, two.whatsapp_user_id) == ("351900000002", "PT.2"), "it stays with whom it is"
    assert three.whatsapp_id == "351900000003"
    assert stranger.is_new
    assert len({one.id, two.id, three.id, stranger.id}) == 4
