"""What a test of identities asks: who is there, and by what they are and were known."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from pytake.contacts import service as contacts
from pytake.contacts.types import Contact
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.kit.ids import new_id
from pytake.ports.whatsapp import Person

EPOCH = datetime(2026, 11, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return EPOCH + timedelta(days=number)


async def an_organization(runtime: BuiltRuntime, slug: str = "aurora") -> UUID:
    organization_id = new_id()
    async with runtime.work(organization_id) as work:
        await work.execute(
            "INSERT INTO organizations (id, name, slug) VALUES ($1, 'Aurora', $2)", organization_id, slug
        )
    return organization_id


async def meet(
    runtime: BuiltRuntime, organization_id: UUID, *people: Person, on: int | None = None
) -> list[Contact]:
    """As a delivery of their messages does, written on that day."""
    written = [] if on is None else [int(day(on).timestamp())] * len(people)
    async with runtime.work(organization_id) as work:
        met = await contacts.recognise(work, people, written)
        await contacts.write_back(work, met)
    return met


async def change(
    runtime: BuiltRuntime, organization_id: UUID, before: Person, after: Person, on: int = 1
) -> None:
    async with runtime.work(organization_id) as work:
        await contacts.change_identity(work, before, after, day(on))


async def known_by(owner: asyncpg.Connection) -> set[tuple[str, str, str]]:
    rows = await owner.fetch("SELECT kind, value, state FROM contact_identities")
    return {(row["kind"], row["value"], row["state"]) for row in rows}
