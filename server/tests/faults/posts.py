"""Deliveries that the test itself posts, signed as Meta signs them, to whichever web process it likes."""

import asyncio
import hashlib
import hmac
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

from simulator.testing import APP_SECRET
from tests.faults.installation import Installation
from tests.faults.tenants import Tenant

AT_ONCE = 64


class Posts:
    """An address is a port of `it.web_ports`, or the balancer's."""

    def __init__(self, it: Installation) -> None:
        self._it = it
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def deliver(self, tenant: Tenant, body: dict[str, Any], port: int | None = None) -> None:
        """Until it is taken: what is not answered with 200 is a failure."""
        raw = orjson.dumps(body)
        signature = "sha256=" + hmac.new(APP_SECRET.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": signature}
        url = f"http://127.0.0.1:{port or self._it.balancer.port}{tenant.path}"
        async with self._session.post(url, data=raw, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def deliver_all(self, tenant: Tenant, bodies: Iterable[dict[str, Any]]) -> None:
        """Begun in this order, many at once."""
        waiting = iter(bodies)

        async def carry() -> None:
            for body in waiting:
                await self.deliver(tenant, body)

        await asyncio.gather(*(carry() for _ in range(AT_ONCE)))
