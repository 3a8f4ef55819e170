"""Coalesces nudges: of many that ask for the same job within two seconds, the first is queued."""

from collections.abc import Sequence

from redis.asyncio import Redis

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisAway, RedisClient


class RedisNudges:
    def __init__(self, client: RedisClient) -> None:
        self._client = client

    async def first(self, jobs: Sequence[str]) -> list[bool]:
        """Which of these were not asked for yet. Without Redis all of them: too many nudges harm nobody."""
        if not jobs:
            return []
        try:
            return await self._client.run(lambda redis: self._claim(redis, jobs))
        except RedisAway:
            return [True] * len(jobs)

    async def clear(self, job: str) -> None:
        """The job begins: what is asked for from now on needs another. Without Redis it expires by itself."""
        try:
            await self._client.run(lambda redis: redis.delete(keys.nudge(job).name))
        except RedisAway:
            return

    @staticmethod
    async def _claim(redis: Redis, jobs: Sequence[str]) -> list[bool]:
        async with redis.pipeline(transaction=False) as pipe:
            for job in jobs:
                key = keys.nudge(job)
                _ = pipe.set(key.name, 1, nx=True, px=key.milliseconds)
            return [bool(was_set) for was_set in await pipe.execute()]
