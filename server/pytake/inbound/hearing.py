"""When Meta was last heard through each app: written down now and then, and never while a delivery waits."""

import asyncio
import time
from typing import Final
from uuid import UUID

import structlog

from pytake.runtime import Runtime
from pytake.whatsapp.channels import service as channels
from pytake.whatsapp.types import Channel

EVERY: Final = 30.0
"""Seconds between two notes of one app in this process: one for thousands of deliveries."""

log = structlog.get_logger()


class Hearing:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._noted: dict[UUID, float] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def heard(self, channel: Channel) -> None:
        now = time.monotonic()
        if now - self._noted.get(channel.id, -EVERY) < EVERY:
            return
        self._noted[channel.id] = now
        task = asyncio.create_task(self._write(channel))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self, channel: Channel) -> None:
        try:
            async with self._runtime.work(channel.organization_id) as work:
                await channels.note_heard(work, channel.id)
        except Exception:  # the edge of a task: a note that is lost is written again in half a minute
            log.exception("hearing_not_noted", channel_id=str(channel.id))
