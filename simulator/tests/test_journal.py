import asyncio
from pathlib import Path

import orjson
import pytest

from simulator.clock import Clock
from simulator.journal import Journal


async def test_records_are_numbered_and_found_again() -> None:
    journal = Journal(Clock(), kept=10)
    for index in range(25):
        journal.add("tick", index=index)
    assert [record["index"] for record in journal.since(20)] == [20, 21, 22, 23, 24]
    assert [record["index"] for record in journal.since(0)] == list(range(15, 25))
    assert journal.since(25) == []
    assert len(journal.since(16, most=3)) == 3


async def test_the_file_holds_what_memory_forgot(tmp_path: Path) -> None:
    journal = Journal(Clock(), kept=10, path=tmp_path / "log.jsonl")
    for index in range(2500):
        journal.add("tick", index=index)
    await journal.on_disk()
    for after in (0, 1, 999, 1000, 1001, 2200):
        assert [record["index"] for record in journal.since(after, 3)] == [after, after + 1, after + 2]
    assert len((tmp_path / "log.jsonl").read_bytes().splitlines()) == 2500
    journal.close()


async def test_another_life_goes_on_where_the_last_one_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    first = Journal(Clock(), kept=10, path=path)
    for index in range(1200):
        first.add("tick", index=index)
    await first.on_disk()
    first.close()
    with path.open("ab") as file:
        file.write(b'{"seq":1201,"kind":"half a li')

    second = Journal(Clock(), kept=10, path=path)
    second.add("tick", index=1200)
    await second.on_disk()

    assert second.last == 1201
    assert [record["seq"] for record in second.since(1199)] == [1200, 1201]
    assert [record["seq"] for record in second.since(998, 2)] == [999, 1000]
    assert all(orjson.loads(line) for line in path.read_bytes().splitlines())
    second.close()


async def test_waiting_for_what_was_and_what_comes() -> None:
    journal = Journal(Clock(), kept=10)
    journal.add("old")
    assert (await journal.wait_for(lambda record: record["kind"] == "old"))["seq"] == 1
    waiting = asyncio.create_task(journal.wait_for(lambda record: record["kind"] == "new"))
    await asyncio.sleep(0)
    journal.add("other")
    journal.add("new")
    assert (await waiting)["seq"] == 3


async def test_giving_up_the_wait_leaves_nothing_behind() -> None:
    journal = Journal(Clock(), kept=10)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(journal.wait_for(lambda _record: False), 0.01)
    assert journal._listeners == []
