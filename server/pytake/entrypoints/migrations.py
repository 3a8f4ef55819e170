"""Brings a database to the shape this code expects, and says which shape it has."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

import pytake

APP_ROLE = "pytake_app"
FOLDER = Path(pytake.__file__).resolve().parents[1] / "migrations"
LOCK = 0x70795461  # "pyTa": the advisory lock that one migration at a time holds
LOCK_TIMEOUT = "5s"
ATTEMPTS = 5
SCRAM_ITERATIONS = 4096
PARTITION = re.compile(r"messages_(default|\d{4}_\d{2})")


@dataclass(frozen=True, slots=True)
class Revisions:
    current: str | None
    """None is a database that was never migrated."""
    head: str

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


class UnusableRoleError(Exception):
    """The application's role cannot be used, or could read other tenants' rows."""


async def upgrade(owner_url: str, secret_key: str, revision: str = "head") -> None:
    """Migrate upwards, then let the application in. Safe to run twice at once: the second one waits."""
    async with _alone(owner_url) as connection:
        await connection.run_sync(_run, lambda config: command.upgrade(config, revision))
        await _let_the_application_in(owner_url, secret_key)


async def downgrade(owner_url: str, revision: str) -> None:
    """Migrate downwards to `revision`; `base` removes everything but the application's role."""
    async with _alone(owner_url) as connection:
        await connection.run_sync(_run, lambda config: command.downgrade(config, revision))


async def check(url: str) -> Revisions:
    """Compare the database with the code; either login will do."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    assert head is not None
    connection = await asyncpg.connect(_dsn(make_url(url)))
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


def app_url(owner_url: str, secret_key: str) -> str:
    """Where api and worker connect: the same database, as a role that row level security binds."""
    url = make_url(owner_url).set(username=APP_ROLE, password=app_password(secret_key))
    return url.render_as_string(hide_password=False)


def app_password(secret_key: str) -> str:
    digest = hmac.new(secret_key.encode(), b"pytake_app database password", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


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


async def _let_the_application_in(owner_url: str, secret_key: str) -> None:
    """Give the role its login, unless it has it: a role is shared by all databases of the server."""
    owner = await asyncpg.connect(_dsn(make_url(owner_url)))
    try:
        await _refuse_a_role_above_the_rules(owner)
        for _ in range(ATTEMPTS):
            if await _can_sign_in(app_url(owner_url, secret_key)):
                return
            with suppress(asyncpg.InternalServerError):  # another database's migration changed it just now
                await owner.execute(
                    f"ALTER ROLE {APP_ROLE} LOGIN PASSWORD '{_verifier(app_password(secret_key))}'"
                )
    finally:
        await owner.close()
    raise UnusableRoleError(f"{APP_ROLE} cannot sign in; does pg_hba.conf let it?")


async def _refuse_a_role_above_the_rules(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        """
        SELECT rolname FROM pg_roles
        WHERE (rolsuper OR rolbypassrls) AND pg_has_role($1, oid, 'MEMBER')
        """,
        APP_ROLE,
    )
    if rows:
        raise UnusableRoleError(f"{APP_ROLE} could read every tenant's rows, by {rows[0]['rolname']}")


async def _can_sign_in(url: str) -> bool:
    try:
        connection = await asyncpg.connect(_dsn(make_url(url)))
    except asyncpg.InvalidAuthorizationSpecificationError:
        return False
    await connection.close()
    return True


def _verifier(password: str) -> str:
    """The password as PostgreSQL keeps it (RFC 5803), so that it appears in no server log."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    parts = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${SCRAM_ITERATIONS}:{parts[0]}${parts[1]}:{parts[2]}"


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
