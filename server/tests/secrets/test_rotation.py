"""The secret key changes while everything runs: nothing fails or is lost, the old key ends unused (A34)."""

import asyncio
import os
import random
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from pytake.audit.verification import verify
from pytake.entrypoints import rotation
from pytake.entrypoints.bootstrap import BuiltRuntime
from pytake.entrypoints.rotation import SEALED
from pytake.entrypoints.urls import as_login
from pytake.kit.database import Logins, Pool, close_pool, open_pool
from pytake.kit.work import Actor
from pytake.ports.secrets import SecretUnreadable
from tests.secrets.conftest import NEW, OLD, Holding, Kept, fill, opened, store
from tests.sizes import SEED, Figure, full_or_tenth

ROWS = full_or_tenth(100)


async def sealed_with(owner_url: str, runtime: BuiltRuntime) -> tuple[int, int]:
    """How many stored secrets are sealed with the runtime's current key, and how many with another."""
    connection = await asyncpg.connect(owner_url)
    current = others = 0
    for column in SEALED:
        rows = await connection.fetch(
            f"SELECT {column.column} AS sealed FROM {column.table} WHERE {column.column} IS NOT NULL"  # noqa: S608 - names of SEALED
        )
        for row in rows:
            if runtime.ports.secrets.is_current(row["sealed"]):
                current += 1
            else:
                others += 1
    await connection.close()
    return current, others


@pytest.fixture
async def kept(runtime: BuiltRuntime, owner_url: str) -> list[Kept]:
    return [*await fill(runtime, owner_url, ROWS), *await fill(runtime, owner_url, ROWS)]


async def test_under_load_no_reader_and_no_writer_notices(
    holding: Holding, owner_url: str, kept: list[Kept], figure: Figure
) -> None:
    """Two processes that were not restarted yet and two that were read, write and do deeds meanwhile."""
    processes = [
        await holding(OLD, NEW),
        await holding(OLD, NEW),
        await holding(NEW, OLD),
        await holding(NEW, OLD),
    ]
    chance, over = random.Random(SEED), asyncio.Event()
    done = {"reads": 0, "writes": 0, "deeds": 0}
    errors: list[BaseException] = []

    async def load(runtime: BuiltRuntime) -> None:
        connection = await asyncpg.connect(owner_url)
        while not over.is_set():
            each = chance.choice(kept)
            try:
                assert await opened(runtime, each) == each.plain
                done["reads"] += 1
                if chance.random() < 0.3:
                    await store(connection, runtime, each)
                    done["writes"] += 1
                if chance.random() < 0.3:
                    async with runtime.work(each.organization_id, Actor("command")) as work:
                        work.audit("secret.read")
                    done["deeds"] += 1
            except Exception as error:  # noqa: BLE001 - counted, and shown
                errors.append(error)
        await connection.close()

    async with asyncio.TaskGroup() as group:
        for runtime in processes:
            group.create_task(load(runtime))
        rounds = [await rotation.rotate(processes[2], batch=7) for _ in range(3)]
        over.set()
    last = await rotation.rotate(processes[3])

    assert errors == []
    assert all(not outcome.unreadable for outcome in (*rounds, last))
    current, others = await sealed_with(owner_url, processes[2])
    assert others == 0
    new_alone = await holding(NEW)
    for each in kept:
        assert await opened(new_alone, each) == each.plain
    found = await verify(new_alone)
    assert found.findings == []
    figure(
        f"A34 rotation under load: {current} secrets, {rounds[0].older} sealed anew in the first round, "
        f"{done['reads']} reads, {done['writes']} writes, {done['deeds']} deeds meanwhile, 0 errors; "
        f"{found.rows} rows of the trail verified with the new key alone"
    )


async def test_cut_off_anywhere_it_is_taken_up_again(
    holding: Holding, owner_url: str, kept: list[Kept], figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after one batch more each time, as a kill would; what was committed counts."""
    runtime = await holding(NEW, OLD)
    store_batch, left, cuts = rotation._Walk._store, 0, 0

    async def store_until_cut(walk: Any, work: Any, fresh: Any) -> None:
        nonlocal left
        if left == 0:
            raise asyncio.CancelledError
        left -= 1
        await store_batch(walk, work, fresh)

    monkeypatch.setattr(rotation._Walk, "_store", store_until_cut)
    before = (await sealed_with(owner_url, runtime))[0]
    outcome = None
    while outcome is None:
        left = cuts + 1
        try:
            outcome = await rotation.rotate(runtime, batch=5)
        except asyncio.CancelledError:
            cuts += 1
            after = (await sealed_with(owner_url, runtime))[0]
            assert after > before
            before = after

    assert cuts >= 3
    assert outcome.unreadable == []
    assert (await sealed_with(owner_url, runtime))[1] == 0
    new_alone = await holding(NEW)
    for each in kept:
        assert await opened(new_alone, each) == each.plain
    figure(f"A34 rotation cut off {cuts} times and taken up again: {len(kept)} secrets, 0 lost")


async def test_a_secret_that_is_replaced_meanwhile_stays_replaced(
    holding: Holding, owner_url: str, kept: list[Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody stores a new secret between the moments in which the old one is read and written."""
    runtime, fresh = await holding(NEW, OLD), replace(kept[0], plain="a fresh secret")
    connection, watching = await asyncpg.connect(owner_url), await asyncpg.connect(owner_url)
    store_batch, replacing = rotation._Walk._store, list[asyncio.Task[None]]()

    async def store_late(walk: Any, work: Any, sealed: Any) -> None:
        if not replacing and fresh.row_id in sealed and walk.column == fresh.column:
            replacing.append(asyncio.create_task(store(connection, runtime, fresh)))
            while not replacing[0].done() and not await _is_waiting(watching, connection):
                await asyncio.sleep(0.01)
        await store_batch(walk, work, sealed)

    monkeypatch.setattr(rotation._Walk, "_store", store_late)
    async with asyncio.timeout(30):
        await rotation.rotate(runtime)
        await replacing[0]

    assert await opened(runtime, fresh) == "a fresh secret"
    await connection.close()
    await watching.close()


async def _is_waiting(watching: asyncpg.Connection, connection: asyncpg.Connection) -> bool:
    """Whether somebody else's lock keeps the connection waiting."""
    asked = "SELECT cardinality(pg_blocking_pids($1)) > 0"
    return bool(await watching.fetchval(asked, connection.get_server_pid()))


async def test_without_the_old_key_each_is_named_and_none_is_touched(
    holding: Holding, owner_url: str, kept: list[Kept]
) -> None:
    new_alone = await holding(NEW)
    connection = await asyncpg.connect(owner_url)
    before = await connection.fetch("SELECT * FROM channels ORDER BY id")

    outcome = await rotation.rotate(new_alone)

    assert (outcome.current, outcome.older) == (0, 0)
    named = {(each.column, each.row_id) for each in outcome.unreadable}
    assert named >= {(each.column.name, each.row_id) for each in kept}
    assert await connection.fetch("SELECT * FROM channels ORDER BY id") == before
    await connection.close()
    with pytest.raises(SecretUnreadable, match="cannot be opened"):
        await opened(new_alone, kept[0])


async def test_a_process_comes_in_by_whichever_login_the_server_takes(owner_url: str) -> None:
    """`pytake db upgrade` changes the password at some moment between the restarts. Embedded servers ask for
    none, so here the name changes: the server refuses both in the same way.
    """
    names = [f"login_{os.urandom(4).hex()}" for _ in range(2)]
    old, new = (as_login(owner_url, name, "-") for name in names)
    chosen: list[tuple[str, ...]] = [(old, new), (new, old), (old,), (new,)]
    pools = {urls: await open_pool(*urls, application="tests", size=1) for urls in chosen}
    owner = await asyncpg.connect(owner_url)
    await owner.execute(f"CREATE ROLE {names[0]} LOGIN")
    try:
        await _comes_in(pools, names[0], alone=old, shut_out=new)
        await owner.execute(f"ALTER ROLE {names[0]} RENAME TO {names[1]}")
        await _comes_in(pools, names[1], alone=new, shut_out=old)
    finally:
        for pool in pools.values():
            await close_pool(pool)
        for name in names:
            await owner.execute(f"DROP ROLE IF EXISTS {name}")
        await owner.close()


async def test_connections_that_come_at_once_each_try_every_login(
    owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first is refused, the second comes in and has its login tried first from then on."""
    logins, connect, asked = Logins(as_login(owner_url, "nobody", "-"), owner_url), asyncpg.connect, 0

    async def connect_both(url: str, **options: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 1:
            await (await logins()).close()
        return await connect(url, **options)

    monkeypatch.setattr(asyncpg, "connect", connect_both)

    await (await logins()).close()
    assert asked == 4


async def _comes_in(pools: dict[tuple[str, ...], Pool], name: str, *, alone: str, shut_out: str) -> None:
    for urls, pool in pools.items():
        await pool.expire_connections()
        if urls == (shut_out,):
            with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
                await pool.fetchval("SELECT true")
        else:
            assert len(urls) > 1 or urls == (alone,)
            assert await pool.fetchval("SELECT current_user") == name
