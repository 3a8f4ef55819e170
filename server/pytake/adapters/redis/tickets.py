"""Tickets for WebSockets in Redis: known by their digest only, gone when they are used."""

import hashlib
import json
import secrets
from typing import Any, cast

from pytake.adapters.redis import keys
from pytake.adapters.redis.client import RedisClient
from pytake.adapters.redis.keys import Key

BYTES = 24


class RedisTickets:
    def __init__(self, client: RedisClient) -> None:
        self._client = client

    async def issue(self, payload: dict[str, Any]) -> str:
        ticket = secrets.token_urlsafe(BYTES)
        key, written = _key(ticket), json.dumps(payload)
        await self._client.run(lambda redis: redis.set(key.name, written, px=key.milliseconds))
        return ticket

    async def redeem(self, ticket: str) -> dict[str, Any] | None:
        written = await self._client.run(lambda redis: redis.getdel(_key(ticket).name))
        return None if written is None else cast("dict[str, Any]", json.loads(written))


def _key(ticket: str) -> Key:
    return keys.ticket(hashlib.sha256(ticket.encode()).hexdigest())
