"""People are met again by whatever they were ever known by."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from pytake.contacts import service as contacts
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.ports.whatsapp import Person
from tests.pipeline.identities import an_organization, change, known_by, meet

OLD, NEW = "5511900000011", "5511900000077"
FIRST, SECOND = "BR.70216655483901277421", "BR.90011223344556677889"


@pytest.fixture
async def organization(runtime: BuiltRuntime) -> UUID:
    return await an_organization(runtime)


async def test_what_a_person_is_known_by_is_remembered(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    jane = Person("12025550143", "US.88", "US.ENT.66", "jane.roe", "Jane Roe", "hash-1")

    await meet(runtime, organization, jane)
    await meet(runtime, organization, Person("12025550143", "US.88", "US.ENT.66", "jane", "Jane", "hash-2"))

    assert await known_by(owner) == {
        ("wa_id", "12025550143", "current"),
        ("user_id", "US.88", "current"),
        ("parent_user_id", "US.ENT.66", "current"),
        ("username", "jane.roe", "former"),
        ("username", "jane", "current"),
        ("identity_key", "hash-1", "former"),
        ("identity_key", "hash-2", "current"),
    }


async def test_a_new_phone_keeps_the_contact_and_the_old_one_finds_it(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (maria,) = await meet(runtime, organization, Person(OLD))

    await change(runtime, organization, Person(OLD), Person(NEW))
    await change(runtime, organization, Person(OLD), Person(NEW))
    by_new, by_old = await meet(runtime, organization, Person(NEW), Person(OLD), on=0)

    assert maria.id == by_new.id == by_old.id
    assert await known_by(owner) == {("wa_id", OLD, "given_up"), ("wa_id", NEW, "current")}
    row = await owner.fetchrow("SELECT whatsapp_id, phone, search_text FROM contacts")
    assert (row["whatsapp_id"], row["phone"]) == (NEW, f"+{NEW}"), "what is shown follows"


async def test_a_new_user_id_keeps_the_contact_and_the_old_one_finds_it(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (maria,) = await meet(runtime, organization, Person(OLD, FIRST))

    await change(runtime, organization, Person(OLD), Person(NEW, SECOND))
    met = await meet(
        runtime,
        organization,
        Person(None, SECOND),
        Person(None, FIRST),
        Person(OLD, FIRST),
        Person(NEW),
        Person(OLD),
        on=0,
    )

    assert {contact.id for contact in met} == {maria.id}
    assert await known_by(owner) == {
        ("wa_id", OLD, "given_up"),
        ("wa_id", NEW, "current"),
        ("user_id", FIRST, "given_up"),
        ("user_id", SECOND, "current"),
    }


async def test_who_has_the_old_phone_now_is_somebody_else(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (maria,) = await meet(runtime, organization, Person(OLD, FIRST))
    await change(runtime, organization, Person(OLD), Person(NEW, SECOND))

    (stranger,) = await meet(runtime, organization, Person(OLD, "BR.1", profile_name="Otávio"))
    (again,) = await meet(runtime, organization, Person(OLD, "BR.1"))

    assert stranger.is_new
    assert again.id == stranger.id != maria.id
    assert ("wa_id", OLD, "current") in await known_by(owner)


async def test_whoever_writes_from_a_phone_after_it_was_given_up_is_somebody_else(
    runtime: BuiltRuntime, organization: UUID
) -> None:
    """Numbers are given to others again; and without a user id only the time tells."""
    (maria,) = await meet(runtime, organization, Person(OLD))
    await change(runtime, organization, Person(OLD), Person(NEW), on=2)

    (late,) = await meet(runtime, organization, Person(OLD), on=1)
    (stranger,) = await meet(runtime, organization, Person(OLD), on=3)

    assert late.id == maria.id != stranger.id


async def test_a_phone_may_come_back(runtime: BuiltRuntime, organization: UUID) -> None:
    (maria,) = await meet(runtime, organization, Person(OLD))

    await change(runtime, organization, Person(OLD), Person(NEW), on=1)
    await change(runtime, organization, Person(NEW), Person(OLD), on=2)
    await change(runtime, organization, Person(OLD), Person(NEW), on=1)
    (again,) = await meet(runtime, organization, Person(OLD), on=3)

    assert again.id == maria.id
    assert again.whatsapp_id == OLD, "the earlier news came again, and are not news"


async def test_a_change_of_somebody_nobody_met_is_not_forgotten(
    runtime: BuiltRuntime, organization: UUID
) -> None:
    await change(runtime, organization, Person(None, FIRST), Person(NEW, SECOND))

    late, other = await meet(runtime, organization, Person(OLD, FIRST), Person(NEW, SECOND))

    assert late.id == other.id
    assert (late.whatsapp_user_id, late.whatsapp_id) == (SECOND, NEW)


async def test_a_phone_that_was_only_dialled_finds_its_contact(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    """An imported contact has a phone and no wa_id; Brazil's ninth digit may be there or not."""
    await owner.execute(
        "INSERT INTO contacts (organization_id, name, phone) VALUES ($1, 'Ana', '+55 31 99876-5432')",
        organization,
    )

    (ana,) = await meet(runtime, organization, Person("553198765432", FIRST))

    assert ana.name == "Ana"
    assert (ana.whatsapp_id, ana.whatsapp_user_id) == ("553198765432", FIRST)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5531987654321", "553187654321"),
        ("5215512345678", "525512345678"),
        ("5491112345678", "541112345678"),
    ],
)
async def test_two_spellings_of_a_phone_are_one_person(
    runtime: BuiltRuntime, organization: UUID, one: str, other: str
) -> None:
    for first, second in ((one, other), (other, one)):
        organization = await an_organization(runtime, f"pair-{first}")
        (before,) = await meet(runtime, organization, Person(first))
        (after,) = await meet(runtime, organization, Person(second))

        assert after.id == before.id
        assert after.whatsapp_id == second, "addressed as it wrote last, never as we spell it"


@pytest.mark.parametrize(("mobile", "landline"), [("5511932109876", "551132109876")])
async def test_a_brazilian_landline_is_nobody_s_mobile(
    runtime: BuiltRuntime, organization: UUID, mobile: str, landline: str
) -> None:
    met = await meet(runtime, organization, Person(mobile))
    met += await meet(runtime, organization, Person(landline))

    assert len({contact.id for contact in met}) == 2


async def test_two_first_messages_at_once_are_one_person(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    async def first(person: Person) -> UUID:
        (contact,) = await meet(runtime, organization, person)
        return contact.id

    ids = await asyncio.gather(*(first(Person(OLD, FIRST)) for _ in range(8)))

    assert len(set(ids)) == 1
    assert await owner.fetchval("SELECT count(*) FROM contacts") == 1


async def test_whom_one_knows_costs_no_look_at_the_past(runtime: BuiltRuntime, organization: UUID) -> None:
    people = [Person(f"55119000000{place:02}", f"BR.{place}") for place in range(5)]
    await meet(runtime, organization, *people)
    asked: list[str] = []

    async with runtime.work(organization) as work:
        with work.connection.query_logger(lambda query: asked.append(query.query)):
            await contacts.recognise(work, people)
            await asyncio.sleep(0)

    assert len(asked) == 1
    assert "contact_identities" not in asked[0]


async def test_a_deleted_contact_is_found_by_nothing(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (maria,) = await meet(runtime, organization, Person(OLD, FIRST))
    await owner.execute("UPDATE contacts SET deleted_at = now() WHERE id = $1", maria.id)

    (again,) = await meet(runtime, organization, Person(OLD, FIRST))

    assert again.id != maria.id
