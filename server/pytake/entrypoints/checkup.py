"""Everything `pytake doctor` looks at. Each look is one function that answers with findings."""

import difflib
import platform
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import aiohttp
import asyncpg
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from pytake.entrypoints import application_role, migrations, reachable
from pytake.entrypoints.bootstrap import storage_of
from pytake.entrypoints.children import inherited
from pytake.entrypoints.configuration import configured
from pytake.kit.errors import PyTakeError
from pytake.kit.problem import Problem
from pytake.settings import PREFIX, Settings, variable

OLDEST_POSTGRES = 150000
LITTLE_SPACE = 1_000_000_000
PATIENCE = 5.0
SECONDS_OF_SILENCE = 15


@dataclass(frozen=True, slots=True)
class Finding:
    state: Literal["ok", "warning", "problem"]
    sentence: str
    remedy: str = ""

    def written(self) -> dict[str, Any]:
        return asdict(self)


def ok(sentence: str) -> Finding:
    return Finding("ok", sentence)


async def examine() -> list[Finding]:
    findings = [ok(f"Python {platform.python_version()} on {platform.system()}."), *unknown_settings()]
    try:
        settings = configured()
    except Problem as problem:
        return [*findings, Finding("problem", problem.sentence, problem.remedy)]
    findings += [ok("The settings are complete."), *public_address(settings), *space(settings)]
    looks: tuple[Callable[[Settings], Awaitable[list[Finding]]], ...] = (
        database,
        redis,
        mongodb,
        storage,
        whatsapp,
    )
    for look in looks:
        findings += await look(settings)
    return findings


def unknown_settings() -> Iterator[Finding]:
    """A name nobody reads is a typing mistake more often than not."""
    known = {variable(field) for field in Settings.model_fields}
    for name in sorted(name for name in inherited() if name.startswith(PREFIX) and name not in known):
        meant = difflib.get_close_matches(name, known, 1)
        yield Finding("warning", f"{name} is no setting.", f"Did you mean {meant[0]}?" if meant else "")


def public_address(settings: Settings) -> Iterator[Finding]:
    if settings.environment == "production" and not settings.public_url.startswith("https://"):
        yield Finding("problem", "Meta sends webhooks to https addresses only.", "Set PYTAKE_PUBLIC_URL.")
    else:
        yield ok(f"PyTake is reached at {settings.public_url}.")


def space(settings: Settings) -> Iterator[Finding]:
    if not settings.data_dir.exists():
        return
    free = shutil.disk_usage(settings.data_dir).free
    if free < LITTLE_SPACE:
        sentence = f"{free // 1_000_000} MB are free where {settings.data_dir} is."
        yield Finding("warning", sentence, "PostgreSQL stops when nothing is left.")


async def database(settings: Settings) -> list[Finding]:
    try:
        with reachable.database(settings.database_url):
            return [await _postgres(settings), await _shape(settings), await _application(settings)]
    except Problem as problem:
        return [Finding("problem", problem.sentence, problem.remedy)]


async def _postgres(settings: Settings) -> Finding:
    connection = await asyncpg.connect(settings.database_url, timeout=PATIENCE)
    try:
        number = int(await connection.fetchval("SHOW server_version_num"))
    finally:
        await connection.close()
    if number < OLDEST_POSTGRES:
        return Finding("problem", f"PostgreSQL {number // 10000} is too old.", "PyTake needs 15 or later.")
    return ok(f"PostgreSQL {number // 10000} answers.")


async def _shape(settings: Settings) -> Finding:
    found = await migrations.check(settings.database_url)
    if found.up_to_date:
        return ok(f"The database is up to date ({found.head}).")
    return Finding("problem", f"The database is at {found.current or 'nothing'}.", "Run `pytake db upgrade`.")


async def _application(settings: Settings) -> Finding:
    """The login that api and worker use, and whether a worker shows signs of life."""
    key = settings.secret_key.get_secret_value()
    url = settings.database_app_url or application_role.app_url(settings.database_url, key)
    try:
        connection = await asyncpg.connect(url, timeout=PATIENCE)
    except asyncpg.InvalidAuthorizationSpecificationError:
        sentence = "The application's login is not let in."
        return Finding("problem", sentence, "Run `pytake db upgrade` with the same PYTAKE_SECRET_KEY.")
    try:
        alive = await connection.fetchval(
            """
            SELECT count(*) FROM heartbeats
            WHERE kind = 'worker' AND beat_at > now() - make_interval(secs => $1)
            """,
            SECONDS_OF_SILENCE,
        )
    finally:
        await connection.close()
    if alive:
        return ok(f"The application's login is let in; workers alive: {alive}.")
    return Finding("warning", "No worker is alive: nothing is answered.", "Start one: `pytake worker`.")


async def redis(settings: Settings) -> list[Finding]:
    try:
        async with Redis.from_url(settings.redis_url, socket_connect_timeout=PATIENCE) as client:
            version = (await client.info("server"))["redis_version"]
            policy = (await client.config_get("maxmemory-policy")).get("maxmemory-policy", "noeviction")
    except (RedisError, OSError) as error:
        return [Finding("problem", f"Redis does not answer: {error}.", "Is PYTAKE_REDIS_URL right?")]
    findings = [ok(f"Redis answers ({version}).")]
    if policy != "noeviction":
        sentence = f"Redis throws keys away when it is full (maxmemory-policy {policy})."
        findings.append(Finding("warning", sentence, "Set it to noeviction."))
    return findings


async def mongodb(settings: Settings) -> list[Finding]:
    patience = int(PATIENCE * 1000)
    client: AsyncMongoClient[dict[str, Any]]
    try:
        async with AsyncMongoClient(settings.mongodb_url, serverSelectionTimeoutMS=patience) as client:
            version = (await client.server_info())["version"]
    except PyMongoError as error:
        reason = str(error).splitlines()[0][:200]
        return [Finding("problem", f"MongoDB does not answer: {reason}.", "Is PYTAKE_MONGODB_URL right?")]
    return [ok(f"MongoDB {version} answers.")]


async def storage(settings: Settings) -> list[Finding]:
    place = (
        f"bucket {settings.storage_bucket}"
        if settings.storage_bucket
        else f"folder {settings.files_folder()}"
    )
    files = storage_of(settings)
    try:
        await files.check()
    except PyTakeError as error:
        reason = error.details.get("reason", error.message)
        sentence = f"Files cannot be written to the {place}: {reason}."
        return [Finding("problem", sentence, "Are the PYTAKE_STORAGE_ settings right?")]
    finally:
        await files.close()
    return [ok(f"Files are kept in the {place}.")]


async def whatsapp(settings: Settings) -> list[Finding]:
    """Any answer will do: without a token Meta refuses, and that it refuses shows the way is open."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE), trust_env=True) as session,
            session.get(settings.meta_graph_url),
        ):
            return [ok(f"{settings.meta_graph_url} can be reached.")]
    except (aiohttp.ClientError, TimeoutError) as error:
        reason = type(error).__name__
        sentence = f"{settings.meta_graph_url} cannot be reached ({reason}): nothing can be sent."
        return [
            Finding("warning", sentence, "Is PYTAKE_META_GRAPH_URL right, and does a firewall stand between?")
        ]
