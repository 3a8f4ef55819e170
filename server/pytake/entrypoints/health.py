"""Is the process alive, are its stores, and its figures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

log = structlog.get_logger(__name__)

PATIENCE: Final = 3.0
"""Seconds a store may take to answer."""

TRUTH: Final = "postgresql"
"""The one store without which there is nothing to serve; the others' absence costs delay."""


def add_routes(app: FastAPI, probes: Mapping[str, Callable[[], Awaitable[None]]]) -> None:
    async def livez(_: Request) -> Response:
        """Touches no store: a store that is away must not get this process killed."""
        return JSONResponse({"status": "alive"})

    async def readyz(_: Request) -> Response:
        states = await asyncio.gather(*(_state(name, probe) for name, probe in probes.items()))
        stores = dict(zip(probes, states, strict=True))
        is_ready = stores.get(TRUTH, "up") == "up"
        status = "unavailable" if not is_ready else "ready" if set(stores.values()) <= {"up"} else "degraded"
        return JSONResponse({"status": status, "stores": stores}, 200 if is_ready else 503)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    for path, endpoint in (("/livez", livez), ("/readyz", readyz), ("/metrics", metrics)):
        app.add_route(path, endpoint, methods=["GET"], include_in_schema=False)


async def _state(name: str, probe: Callable[[], Awaitable[None]]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            await probe()
    except Exception as error:  # noqa: BLE001 - a store can be away in any way; the answer is the report
        log.warning("store_is_down", store=name, reason=type(error).__name__)
        return "down"
    return "up"
