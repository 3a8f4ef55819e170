"""The one Redis client of a process. While Redis is away, the first caller loses a moment, others nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from pytake.kit.errors import Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECTIONS = 32
"""For commands; one more asks whether a Redis that is away is back."""
CONNECT_SECONDS = ANSWER_SECONDS = 1.0
"""A Redis that is not there refuses at once. What takes longer is a host that is gone, or a busy process of
ours that comes too late to its own connection.
"""
CALL_SECONDS = CONNECT_SECONDS + ANSWER_SECONDS

FIRST_REST, LONGEST_REST = 0.1, 1.0

AWAY = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.OutOfMemoryError,
    exceptions.ReadOnlyError,
    TimeoutError,
    OSError,
)
"""Redis cannot do it now. Anything else is a mistake of ours and is raised as it is."""


@contextmanager
def broken_lines_noticed() -> Iterator[None]:
    """Who writes to a connection that was reset a moment ago gets a plain RuntimeError from uvloop."""
    try:
        yield
    except RuntimeError as error:
        if not str(error).endswith("the handler is closed"):
            raise
        raise exceptions.ConnectionError(str(error)) from error


class RedisAway(Unavailable):
    code = "redis_unavailable"
    message = "This needs Redis, which does not answer right now; try again."


class RedisClient:
    """Runs commands, and while Redis is away refuses them at once and asks after it in the background."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._redis = Redis.from_url(url, max_connections=CONNECTIONS + 1, **_options(ANSWER_SECONDS))
        self._places = asyncio.Semaphore(CONNECTIONS)
        self._watcher: asyncio.Task[None] | None = None

    @property
    def database(self) -> int:
        """The number of it on its server."""
        return int(self._redis.connection_pool.connection_kwargs.get("db") or 0)

    @property
    def is_away(self) -> bool:
        return self._watcher is not None

    async def run(self, command: Callable[[Redis], Awaitable[T]]) -> T:
        """Raises RedisAway. Commands are not repeated: whether a lost one was carried out is unknown.

        Waiting for others of this process is not counted: that Redis is busy does not mean that it is away.
        """
        if self.is_away:
            raise RedisAway
        async with self._places:
            if self.is_away:
                raise RedisAway
            try:
                async with asyncio.timeout(CALL_SECONDS):
                    with broken_lines_noticed():
                        return await command(self._redis)
            except AWAY as error:
                self._notice(error)
                raise RedisAway from error

    async def returned(self) -> None:
        """Wait until Redis answers again; at once when it does."""
        if self._watcher is not None:
            await asyncio.shield(self._watcher)

    def listener(self) -> Redis:
        """A client of its own for a line that is silent most of the time. The caller closes it."""
        return Redis.from_url(self._url, **_options(None))

    async def close(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.wait([self._watcher])
            self._watcher = None
        await self._redis.aclose()

    def _notice(self, error: BaseException) -> None:
        if self._watcher is None:
            log.warning("redis is away: %s: %s", type(error).__name__, error)
            self._watcher = asyncio.create_task(self._ask_after())

    async def _ask_after(self) -> None:
        rest = FIRST_REST
        while not await self._answers():
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)
        log.warning("redis is back")
        self._watcher = None

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                with broken_lines_noticed():
                    return bool(await self._redis.ping())
        except (exceptions.RedisError, TimeoutError, OSError):
            return False


def _options(answer_seconds: float | None) -> dict[str, Any]:
    return {
        "decode_responses": True,
        "protocol": 2,
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": answer_seconds,
    }
