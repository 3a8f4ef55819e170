"""Secrets of two tenants in every column that holds one, sealed with the old key."""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.entrypoints.rotation import SEALED, SealedColumn
from pytake.kit.work import Actor
from pytake.settings import Settings
from tests.factories import an_organization
from tests.runtimes import NoJobs
from tests.schema.rows import Filler, Tenant, acting_for
from tests.servers import SECRET_KEY

OLD, NEW = SECRET_KEY, "the-next-key-of-this-installation-is-long-enough"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A secret, and the place it is stored at."""

    organization_id: UUID
    column: SealedColumn
    row_id: UUID
    plain: str


Holding = Callable[..., Any]


@pytest.fixture
async def holding(settings: Settings) -> AsyncIterator[Holding]:
    """A process that knows these keys, the current one first."""
    async with AsyncExitStack() as stack:

        async def hold(current: str, *others: str) -> BuiltRuntime:
            keys = {"secret_key": current, "other_secret_keys": ",".join(others)}
            chosen = Settings.model_validate(settings.model_dump() | keys)
            return await stack.enter_async_context(_process(chosen))

        yield hold


@asynccontextmanager
async def _process(settings: Settings) -> AsyncIterator[BuiltRuntime]:
    runtime = await build_runtime(settings, "tests", NoJobs())
    yield runtime
    await close_runtime(runtime)


async def fill(runtime: BuiltRuntime, owner_url: str, rows: int) -> list[Kept]:
    """An organization with `rows` secrets in every sealed column but the audit trail's, which has its own."""
    organization_id = await an_organization(runtime)
    async with runtime.work(organization_id, Actor("command")) as work:
        work.audit("organization.created", organization_id)
    connection = await asyncpg.connect(owner_url)
    kept = []
    try:
        for _ in range(rows):
            kept += await _one_of_each(connection, runtime, organization_id)
    finally:
        await connection.close()
    return kept


async def _one_of_each(
    connection: asyncpg.Connection, runtime: BuiltRuntime, organization_id: UUID
) -> list[Kept]:
    tenant = Tenant(organization_id)
    new, number = Filler(connection, tenant), next(_numbers)
    async with acting_for(connection, tenant):
        await new.add(
            "channels",
            channel_key=f"c{number}",
            name="Meta",
            app_secret_encrypted="-",
            verify_token_encrypted="-",
        )
        await new.add("whatsapp_numbers", phone_number=f"+5511{number}", phone_number_id=f"p{number}")
        await new.add("chatbots", name="Bia")
        await new.add("integrations", type="webhook", name="ERP")
        await new.add("webhooks", name="ERP", url="https://erp.example")
        await new.add("idempotency_keys", actor_id=organization_id, key=f"request-{number}", request_hash="-")
        kept = [
            Kept(organization_id, column, tenant.rows[column.table], f"c4n4ry-{column.column}-{number}")
            for column in SEALED
            if column.table in tenant.rows
        ]
        for each in kept:
            await store(connection, runtime, each)
    return kept


async def store(connection: asyncpg.Connection, runtime: BuiltRuntime, kept: Kept) -> None:
    sealed = runtime.ports.secrets.seal(
        kept.plain,
        organization_id=kept.organization_id,
        table=kept.column.table,
        column=kept.column.column,
        row_id=kept.row_id,
    )
    await connection.execute(
        f"UPDATE {kept.column.table} SET {kept.column.column} = $2 WHERE id = $1",  # noqa: S608 - names of SEALED
        kept.row_id,
        sealed,
    )


async def opened(runtime: BuiltRuntime, kept: Kept) -> str:
    """Read it as the application would. Raises SecretUnreadable."""
    async with runtime.work(kept.organization_id) as work:
        (row,) = await work.fetch(
            f"SELECT {kept.column.column} AS sealed FROM {kept.column.table} WHERE id = $1",  # noqa: S608 - names of SEALED
            kept.row_id,
        )
    return runtime.ports.secrets.open(
        row["sealed"],
        organization_id=kept.organization_id,
        table=kept.column.table,
        column=kept.column.column,
        row_id=kept.row_id,
    )
