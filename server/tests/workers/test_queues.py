"""The four queues, as they stand in Redis."""

import asyncio
import threading
from uuid import uuid4

import pytest
import redis

from pytake.adapters.celery import queue
from pytake.adapters.celery.app import make_celery
from pytake.adapters.celery.queue import CeleryJobs
from pytake.analytics import jobs as analytics
from pytake.chatbots import jobs as chatbots
from pytake.conversations import jobs as conversations
from pytake.inbound import jobs as inbound
from pytake.kit.jobs import Nudge, Queue, job


@job(Queue.DEFAULT)
def ordinary() -> None:
    """A job of the default queue."""


async def _pushed(redis_url: str, *nudges: Nudge) -> redis.Redis:
    client = redis.Redis.from_url(redis_url, decode_responses=True)
    jobs = CeleryJobs(make_celery(redis_url), client)
    await jobs.push(nudges)
    await asyncio.to_thread(jobs.close)
    return client


async def test_each_queue_is_a_list_of_its_own_and_gets_only_its_own(redis_url: str) -> None:
    organization = uuid4()
    client = await _pushed(
        redis_url,
        inbound.drain(organization),
        conversations.send(organization, uuid4()),
        chatbots.fire_timers(organization),
        ordinary(),
        analytics.project(organization),
        conversations.make_partitions(),
    )
    lengths = {name.value: client.llen(name.value) for name in Queue}
    assert lengths == {
        "celery:high_priority": 3,
        "celery:default": 1,
        "celery:low_priority": 1,
        "celery:scheduled": 1,
    }
    client.close()


async def test_the_same_nudge_a_hundred_times_is_one_message(redis_url: str) -> None:
    organization = uuid4()
    client = await _pushed(redis_url, *(inbound.drain(organization) for _ in range(100)))
    assert client.llen("celery:high_priority") == 1
    client.close()


async def test_a_nudge_that_a_worker_has_begun_does_not_stand_for_the_next(redis_url: str) -> None:
    nudge = inbound.drain(uuid4())
    client = await _pushed(redis_url, nudge)
    client.delete(f"nudge:inbound.drain:{nudge.arguments[0]}")
    (await _pushed(redis_url, nudge)).close()
    assert client.llen("celery:high_priority") == 2
    client.close()


async def test_a_broker_that_is_away_is_not_felt() -> None:
    nobody = "redis://127.0.0.1:1/0"
    jobs = CeleryJobs(make_celery(nobody), redis.Redis.from_url(nobody))
    await jobs.push([inbound.drain(uuid4())])
    await asyncio.to_thread(jobs.close)


async def test_told_to_close_behind_a_nudge_it_pushes_that_and_ends(redis_url: str) -> None:
    others = set(threading.enumerate())
    client = await _pushed(redis_url, inbound.drain(uuid4()))

    assert client.llen("celery:high_priority") == 1
    assert [thread.name for thread in set(threading.enumerate()) - others if thread.name == "nudges"] == []
    client.close()


async def test_behind_nudges_that_were_told_already_more_are_gathered(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at Redis costs the same for one as for a thousand."""
    monkeypatch.setattr(queue, "GATHER", 0.2)
    nudge = inbound.drain(uuid4())
    client = redis.Redis.from_url(redis_url, decode_responses=True)
    jobs = CeleryJobs(make_celery(redis_url), client)
    await jobs.push([nudge])
    while not client.llen("celery:high_priority"):
        await asyncio.sleep(0)
    before = client.info("commandstats")["cmdstat_set"]["calls"]

    for _ in range(100):
        await jobs.push([nudge])
        await asyncio.sleep(0.002)
    await asyncio.to_thread(jobs.close)

    looks = client.info("commandstats")["cmdstat_set"]["calls"] - before
    assert client.llen("celery:high_priority") == 1
    assert 1 <= looks < 50
    client.close()
