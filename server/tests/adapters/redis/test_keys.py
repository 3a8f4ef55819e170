"""The specification's table of keys, and that ours stay apart from it."""

from datetime import timedelta
from uuid import UUID

import pytest

from pytake.adapters.redis import keys
from pytake.adapters.redis.keys import Key
from pytake.kit.jobs import Queue

A, B = UUID(int=0xA), UUID(int=0xB)

SPECIFIED = [
    (
        keys.blacklisted_session("5ca1ab1e", timedelta(minutes=9)),
        "session:blacklist:5ca1ab1e",
        timedelta(minutes=9),
    ),
    (keys.user_session(A), f"user:session:{A}", timedelta(days=7)),
    (keys.endpoint_rate("192.0.2.1", "/login"), "ratelimit:192.0.2.1:/login", timedelta(seconds=60)),
    (keys.user_rate(A), f"ratelimit:user:{A}", timedelta(seconds=60)),
    (keys.open_conversations(A), f"cache:conversations:{A}:open", timedelta(minutes=5)),
    (keys.contact(A, B), f"cache:contacts:{A}:{B}", timedelta(minutes=15)),
    (keys.sockets(A), f"ws:user:{A}", None),
    (keys.queue(Queue.HIGH), "celery:high_priority", None),
    (keys.queue(Queue.DEFAULT), "celery:default", None),
    (keys.queue(Queue.LOW), "celery:low_priority", None),
    (keys.queue(Queue.SCHEDULED), "celery:scheduled", None),
    (keys.typing(A, B), f"typing:{A}:{B}", timedelta(seconds=5)),
    (keys.upload(A), f"temp:upload:{A}", timedelta(hours=1)),
]

OURS = [
    (keys.number_rate(A), f"send:{{{A}}}", None),
    (keys.pair_rate(A, "b"), f"send:{{{A}}}:b", None),
    (keys.nudge("inbound.drain"), "nudge:inbound.drain", timedelta(seconds=2)),
    (keys.ticket("5ca1ab1e"), "ws:ticket:5ca1ab1e", timedelta(seconds=30)),
]


@pytest.mark.parametrize(("key", "name", "ttl"), SPECIFIED + OURS, ids=str)
def test_a_key_and_its_lifetime(key: Key, name: str, ttl: timedelta | None) -> None:
    assert key == (name, ttl)


def test_no_two_families_share_a_key() -> None:
    names = [key.name for key, _, _ in SPECIFIED + OURS]
    assert len(set(names)) == len(names)


def test_a_lifetime_is_told_to_redis_in_milliseconds() -> None:
    assert keys.nudge("x").milliseconds == 2000
    assert keys.sockets(A).milliseconds is None
