import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest
from pymongo import AsyncMongoClient
from redis.asyncio import Redis

from pytake.entrypoints.embedded import Engines, Sizing, Urls, running
from pytake.entrypoints.embedded.site import recorded
from pytake.kit.problem import Problem

QUICK = Sizing(durable=False, shared_buffers="16MB")
KEEP_THEM = """
import signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
from pathlib import Path
from pytake.entrypoints.embedded import Engines, Sizing

with Engines(Path(sys.argv[1]), sizing=Sizing(durable=False, shared_buffers="16MB")):
    print("ready", flush=True)
    signal.sigwait({signal.SIGTERM})
"""
ALL_ELSEWHERE = Urls("postgresql://elsewhere/db", "redis://elsewhere", "mongodb://elsewhere")
ELSEWHERE = Urls(redis_url="redis://elsewhere", mongodb_url="mongodb://elsewhere")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".pytake"


@contextmanager
def another_process(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", KEEP_THEM, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.terminate()


def servers_of(folder: Path) -> list[psutil.Process]:
    mains = [psutil.Process(server["pid"]) for server in recorded(folder)["servers"]]
    return [process for main in mains for process in (main, *main.children(recursive=True))]


async def test_all_three_answer_and_all_three_stop(folder: Path) -> None:
    with Engines(folder, sizing=QUICK) as engines:
        processes = servers_of(folder)
        database = await asyncpg.connect(engines.urls.database_url)
        assert await database.fetchval("SHOW server_version_num") >= "180000"
        assert await database.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        await database.close()
        async with Redis.from_url(str(engines.urls.redis_url)) as redis:
            assert (await redis.info("memory"))["maxmemory_policy"] == "noeviction"
        async with AsyncMongoClient[dict[str, object]](engines.urls.mongodb_url) as mongo:
            assert (await mongo.admin.command("ping"))["ok"] == 1

    assert len(processes) > 3
    assert not psutil.wait_procs(processes, timeout=0)[1]
    assert not engines.site.sockets.exists()


async def test_a_restart_keeps_what_was_written(folder: Path) -> None:
    with Engines(folder, sizing=QUICK) as engines:
        database = await asyncpg.connect(engines.urls.database_url)
        await database.execute("CREATE TABLE kept AS SELECT 1 AS id")
        await database.close()
        async with AsyncMongoClient[dict[str, object]](engines.urls.mongodb_url) as mongo:
            await mongo.get_default_database().kept.insert_one({"id": 1})

    with Engines(folder, sizing=QUICK) as engines:
        database = await asyncpg.connect(engines.urls.database_url)
        assert await database.fetchval("SELECT id FROM kept") == 1
        await database.close()
        async with AsyncMongoClient[dict[str, object]](engines.urls.mongodb_url) as mongo:
            assert await mongo.get_default_database().kept.count_documents({"id": 1}) == 1


def test_a_killed_parent_leaves_no_process_and_the_next_start_works(folder: Path) -> None:
    with another_process(folder) as parent:
        processes = servers_of(folder)
        sockets = Path(recorded(folder)["sockets"])
        parent.kill()
        _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive

    with Engines(folder, sizing=QUICK) as engines:
        assert not sockets.exists()
        assert len(engines.running) == 3


@pytest.mark.parametrize(("seconds_off", "ended"), [(0, True), (60, False)])
def test_only_the_very_process_written_down_is_ended_by_the_next_start(
    folder: Path, seconds_off: int, ended: bool
) -> None:
    """A child that outlived us (macOS tells none of its parent's end), and a stranger with its number."""
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as left_over:
        since = psutil.Process(left_over.pid).create_time() - seconds_off
        server = {"pid": left_over.pid, "since": since, "stop_signal": int(signal.SIGTERM)}
        folder.mkdir()
        (folder / "engines.json").write_text(json.dumps({"sockets": "/nowhere", "servers": [server]}))

        with Engines(folder, given=ALL_ELSEWHERE):
            assert (left_over.poll() == -signal.SIGTERM) is ended
        left_over.kill()


def test_a_second_start_on_the_folder_is_refused_and_finds_the_first(folder: Path) -> None:
    with another_process(folder) as first:
        with pytest.raises(Problem, match=rf"already running on {folder} \(process {first.pid}\)"):
            Engines(folder, sizing=QUICK).start()
        assert str(running(folder).database_url).startswith("postgresql://pytake@/pytake?host=")

    assert running(folder) == Urls()


def test_the_number_of_a_killed_server_may_belong_to_somebody_else_by_now(folder: Path) -> None:
    with Engines(folder, given=ELSEWHERE, sizing=QUICK):
        pass
    stale = folder / "postgres" / "18" / "postmaster.pid"
    stale.write_text(f"{psutil.Process().pid}\n{folder}/postgres/18\n")

    with Engines(folder, given=ELSEWHERE, sizing=QUICK) as engines:
        assert engines.running[0].ready()


def test_a_first_start_that_was_killed_half_way_is_begun_anew(folder: Path) -> None:
    half = folder / "postgres" / "18.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    with Engines(folder, given=ELSEWHERE, sizing=QUICK) as engines:
        assert engines.running[0].ready()


def test_servers_given_are_not_started(folder: Path) -> None:
    with Engines(folder, given=ALL_ELSEWHERE) as engines:
        assert engines.urls == ALL_ELSEWHERE
        assert not engines.running


def test_a_dead_server_is_noticed_and_started_again_at_its_address(folder: Path) -> None:
    with Engines(folder, given=ELSEWHERE, sizing=QUICK) as engines:
        (postgres,) = engines.running
        psutil.Process(postgres.child.pid).kill()
        postgres.child.end(within=10)
        assert engines.dead() == [postgres]

        engines.restart(postgres)

        assert postgres.ready()
        assert not engines.dead()


@pytest.mark.parametrize(
    ("damaged", "sentence"),
    [
        ("postgres/18/global/pg_control", r"PostgreSQL could not start on .*/postgres/18: .+\. Its log is"),
        ("mongo/WiredTiger.wt", r"MongoDB could not start on .*/mongo: .+\. Its log is"),
    ],
)
def test_a_damaged_folder_is_named_with_what_to_do(folder: Path, damaged: str, sentence: str) -> None:
    with Engines(folder, sizing=QUICK):
        pass
    (folder / damaged).write_bytes(b"\0" * 8192)

    with pytest.raises(Problem, match=sentence) as caught:
        Engines(folder, sizing=QUICK).start()

    assert "pytake up --reset" in caught.value.remedy
    assert "\n" not in str(caught.value)
    assert running(folder) == Urls()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do() -> None:
    """Nobody, root included, makes folders in /proc."""
    with pytest.raises(Problem, match=r"cannot write in /proc/pytake.*PYTAKE_DATA_DIR"):
        Engines(Path("/proc/pytake")).start()
