"""Brings a database to the shape this code expects, and says which shape it has."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

import pytake
from pytake.entrypoints import application_role

FOLDER = Path(pytake.__file__).resolve().parents[1] / "migrations"
LOCK = 0x70795461  # "pyTa": the advisory lock that one migration at a time holds
LOCK_TIMEOUT = "5s"
PARTITION = re.compile(r"messages_(default|\d{4}_\d{2})")


@dataclass(frozen=True, slots=True)
class Revisions:
    current: str | None
    """None is a database that was never migrated."""
    head: str

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


async def upgrade(owner_url: str, secret_key: str, revision: str = "head") -> None:
    """Migrate upwards, then let the application in. Safe to run twice at once: the second one waits.

    One database at a time per process: Alembic keeps its context in globals.
    """
    async with _alone(owner_url) as connection:
        await connection.run_sync(_run, lambda config: command.upgrade(config, revision))
        await application_role.let_in(owner_url, secret_key)


async def downgrade(owner_url: str, revision: str) -> None:
    """Migrate downwards to `revision`; `base` removes everything but the application's role."""
    async with _alone(owner_url) as connection:
        await connection.run_sync(_run, lambda config: command.downgrade(config, revision))


async def check(url: str) -> Revisions:
    """Compare the database with the code; either login will do."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    assert head is not None
    connection = await asyncpg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
            return Revisions(None, head)
        return Revisions(await connection.fetchval("SELECT version_num FROM public.alembic_version"), head)
    finally:
        await connection.close()


async def differences(owner_url: str) -> list[Any]:
    """What Alembic would have to change to make the database what the models say; empty when they agree."""
    async with _alone(owner_url) as connection:
        return await connection.run_sync(_compare)


@asynccontextmanager
async def _alone(owner_url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that holds the migration lock; the lock goes with the connection, even in a crash."""
    engine = create_async_engine(make_url(owner_url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            await connection.execute(
                text("SELECT set_config('lock_timeout', :limit, false)"), {"limit": LOCK_TIMEOUT}
            )
            await connection.commit()
            yield connection
            await connection.commit()
    finally:
        await engine.dispose()


def _run(connection: Connection, migrate: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    migrate(config)


def _compare(connection: Connection) -> list[Any]:
    # Imported here: starting the API must not pay for every model.
    from pytake.entrypoints.models import METADATA

    context = MigrationContext.configure(connection, opts=COMPARISON)
    return list(compare_metadata(context, METADATA))


def _names_a_model(name: str | None, kind: str, _parents: Mapping[str, str | None]) -> bool:
    return not (kind == "table" and name is not None and PARTITION.fullmatch(name))


def _is_of_a_model(thing: Any, _name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """A key to `messages` is kept by PostgreSQL as one to each of its months, too."""
    if kind != "foreign_key_constraint" or not reflected:
        return True
    return not any(PARTITION.fullmatch(key.target_fullname.partition(".")[0]) for key in thing.elements)


COMPARISON: dict[str, Any] = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": _names_a_model,
    "include_object": _is_of_a_model,
}
