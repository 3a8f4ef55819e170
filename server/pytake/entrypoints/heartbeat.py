"""Saying in the database that this process is up, and since when without a gap."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator

import structlog

from pytake.runtime import Runtime

EVERY = 5.0
"""Seconds."""

log = structlog.get_logger()

_BEAT = """
INSERT INTO heartbeats AS h (kind, instance, up_since, beat_at) VALUES ($1, $2, now(), now())
ON CONFLICT (kind, instance) DO UPDATE
SET beat_at = now(),
    up_since = CASE WHEN h.beat_at < now() - interval '15 seconds' THEN now() ELSE h.up_since END
"""


async def beat(runtime: Runtime, kind: str) -> None:
    """Beat until cancelled. A gap of 15 seconds counts as having been down: `up_since` begins anew."""
    instance = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        try:
            async with runtime.lookup() as connection:
                await connection.execute(_BEAT, kind, instance[-64:])
                await connection.execute("DELETE FROM heartbeats WHERE beat_at < now() - interval '1 day'")
        except Exception as error:  # noqa: BLE001 - the edge: the database is away; the gap will show
            log.warning("no heartbeat", kind=kind, error=repr(error))
        await asyncio.sleep(EVERY)


@contextlib.asynccontextmanager
async def beating(runtime: Runtime, kind: str) -> AsyncIterator[None]:
    """Beat for as long as the block lasts."""
    task = asyncio.create_task(beat(runtime, kind), name="heartbeat")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
