"""The doorbell over Redis' publish and subscribe."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

from redis import exceptions

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import AWAY, RedisAway, RedisClient, broken_lines_noticed

REST_SECONDS = 0.5
HEARTBEAT_SECONDS = 10.0


class RedisDoorbell:
    def __init__(self, client: RedisClient, *, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self._client = client
        self._channel = keys.journal_channel(client.database)
        self._heartbeat_seconds = heartbeat_seconds

    async def ring(self, *organization_ids: UUID) -> None:
        if not organization_ids:
            return
        said = " ".join(str(organization_id) for organization_id in organization_ids)
        try:
            await self._client.run(lambda redis: redis.publish(self._channel, said))
        except RedisAway:
            return  # whoever listens looks by itself now and then

    async def listen(self) -> AsyncGenerator[frozenset[UUID], None]:
        while True:
            try:
                async with aclosing(self._on_one_line()) as rings:
                    async for ring in rings:
                        yield ring
            except AWAY:
                await asyncio.sleep(REST_SECONDS)

    async def _on_one_line(self) -> AsyncGenerator[frozenset[UUID], None]:
        """Until the line breaks. A quiet one is asked for a sign of life: a dead one is just as quiet."""
        async with self._client.listener() as redis, redis.pubsub() as line:
            await line.subscribe(self._channel)
            is_quiet = False
            while True:
                message = await line.get_message(timeout=self._heartbeat_seconds)
                if message is None and is_quiet:
                    raise exceptions.ConnectionError("the line is dead")
                is_quiet = message is None
                if message is None:
                    with broken_lines_noticed():
                        await line.ping()
                elif message["type"] == "subscribe":
                    yield frozenset()
                elif message["type"] == "message":
                    yield frozenset(UUID(said) for said in message["data"].split())
