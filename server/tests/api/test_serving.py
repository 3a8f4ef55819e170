"""The API as a process of its own."""

import asyncio
import signal
from pathlib import Path

from pytake.entrypoints.supervisor.services import answers
from pytake.settings import Settings
from tests.ports import spare_ports
from tests.workers.process import a_process


async def test_told_to_stop_it_closes_what_it_holds_and_ends_by_itself(
    settings: Settings, tmp_path: Path
) -> None:
    (port,) = spare_ports(1)
    settings.port = port
    is_ready = answers("127.0.0.1", port, "/readyz")
    async with asyncio.timeout(60), a_process("api", settings, tmp_path) as api:
        while not await asyncio.to_thread(is_ready):
            await asyncio.sleep(0.05)
        api.send_signal(signal.SIGTERM)
        assert await api.wait() == 0, "a signal ended it, before it had closed its stores"
