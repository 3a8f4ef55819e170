"""Two contacts with two spellings of one phone may be one person: somebody is asked, and none is merged."""

from uuid import UUID

import asyncpg
import pytest

from pytake.contacts import suggestions
from pytake.contacts.types import SuggestionState
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.ports.whatsapp import Person
from tests.pipeline.identities import an_organization, change, meet

TWINS = [
    ("5531987654321", "553187654321"),
    ("5215512345678", "525512345678"),
    ("5491112345678", "541112345678"),
]
PAIRS = [*TWINS, *((short, long) for long, short in TWINS)]
FIRST, SECOND = "BR.70216655483901277421", "BR.90011223344556677889"


@pytest.fixture
async def organization(runtime: BuiltRuntime) -> UUID:
    return await an_organization(runtime)


async def suspected(owner: asyncpg.Connection) -> list[tuple[str, str, set[UUID]]]:
    rows = await owner.fetch("SELECT reason, state, one_id, other_id FROM contact_merge_suggestions")
    return [(row["reason"], row["state"], {row["one_id"], row["other_id"]}) for row in rows]


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_somebody_who_comes_by_another_spelling_of_a_phone_that_a_contact_has(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID, one: str, other: str
) -> None:
    (ana,) = await meet(runtime, organization, Person(one))
    (hidden,) = await meet(runtime, organization, Person(None, FIRST))

    (shows,) = await meet(runtime, organization, Person(other, FIRST))
    await meet(runtime, organization, Person(other, FIRST), Person(other))

    assert (shows.id, shows.whatsapp_id) == (hidden.id, other)
    assert await suspected(owner) == [("same_phone", "open", {ana.id, hidden.id})]


async def test_a_change_of_number_to_another_spelling(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (ana,) = await meet(runtime, organization, Person(TWINS[0][0]))
    (moved,) = await meet(runtime, organization, Person("5531911112222"))

    await change(runtime, organization, Person("5531911112222"), Person(TWINS[0][1]))

    assert await suspected(owner) == [("same_phone", "open", {ana.id, moved.id})]


async def test_what_somebody_has_dismissed_is_not_asked_again(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    (ana,) = await meet(runtime, organization, Person(TWINS[0][0]))
    (other,) = await meet(runtime, organization, Person(None, FIRST))
    await meet(runtime, organization, Person(TWINS[0][1], FIRST))
    async with runtime.work(organization) as work:
        await suggestions.decide(work, ana.id, other.id, SuggestionState.DISMISSED)

    await meet(runtime, organization, Person(TWINS[0][0]), Person(TWINS[0][1]))

    assert await suspected(owner) == [("same_phone", "dismissed", {ana.id, other.id})]


async def test_two_user_ids_are_two_people_whatever_their_phone(
    runtime: BuiltRuntime, owner: asyncpg.Connection, organization: UUID
) -> None:
    await meet(runtime, organization, Person(TWINS[0][0], FIRST))
    await meet(runtime, organization, Person(TWINS[0][1], SECOND))
    await meet(runtime, organization, Person(TWINS[0][0]), Person(TWINS[0][1]))

    assert await suspected(owner) == []
