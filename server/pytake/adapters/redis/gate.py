"""Newest sessions and revoked tokens in Redis."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisAway, RedisClient
from pytake.ports.gate import Device


class RedisGate:
    def __init__(self, client: RedisClient) -> None:
        self._client = client

    async def remember(self, user_id: UUID, device: Device) -> None:
        key = keys.user_session(user_id)
        fields = {
            "access_token": device.access_token_hash,
            "refresh_token": device.refresh_token_hash,
            "expires_at": device.expires_at.isoformat(),
            "device_info": json.dumps({"user_agent": device.user_agent, "ip_address": device.ip_address}),
        }

        async def write(redis: Any) -> None:
            async with redis.pipeline(transaction=True) as together:
                await together.hset(key.name, mapping=fields).pexpire(key.name, key.milliseconds).execute()

        with suppress(RedisAway):
            await self._client.run(write)

    async def refuse(self, user_id: UUID, revoked: dict[str, timedelta]) -> None:
        async def write(redis: Any) -> None:
            async with redis.pipeline(transaction=True) as together:
                together.delete(keys.user_session(user_id).name)
                for token_hash, remaining in revoked.items():
                    key = keys.blacklisted_session(token_hash, remaining)
                    together.set(key.name, "revoked", px=max(1, key.milliseconds or 0))
                await together.execute()

        with suppress(RedisAway):  # the sessions have ended in PostgreSQL already
            await self._client.run(write)
