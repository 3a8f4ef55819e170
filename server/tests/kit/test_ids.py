"""Ids that rise, and that the driver writes as they are."""

import threading
import time
from uuid import RFC_4122, UUID

import asyncpg
import pytest

from pytake.kit.ids import new_id

SECOND = 1_000_000_000


def test_ids_made_together_rise_and_are_of_version_7() -> None:
    made = [new_id() for _ in range(5_000)]

    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}


def test_an_id_tells_when_it_was_made() -> None:
    before, one, after = time.time_ns(), new_id(), time.time_ns()

    assert before // 1_000_000 <= one.int >> 80 <= after // 1_000_000


def test_ids_rise_although_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = time.time_ns() - 5 * SECOND
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: earlier)

    assert first < new_id() < new_id()


def test_threads_never_make_the_same() -> None:
    made: list[UUID] = []
    threads = [
        threading.Thread(target=lambda: made.extend([new_id() for _ in range(1_000)])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 8_000


async def test_an_id_is_of_the_kind_that_rows_hold(owner: asyncpg.Connection) -> None:
    one = new_id()
    read = await owner.fetchval("SELECT $1::uuid", one)

    assert (read, type(read), hash(read)) == (one, type(one), hash(one))
    assert (UUID(str(one)), hash(UUID(str(one)))) == (one, hash(one))
