"""Waiting for processes that we started."""

import asyncio
import socket
import sys
import time
from collections.abc import Callable

from bench.options import PROJECT
from pytake.entrypoints.children import Child

READY_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def until(is_ready: Callable[[], bool], child: Child) -> None:
    """Raises RuntimeError with its last words when the child ends first, or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while not is_ready():
        if not child.running or time.monotonic() > deadline:
            raise RuntimeError(f"{child.name} did not become ready{child.last_words()}")
        await asyncio.sleep(0.01)


async def answer_of(*arguments: str, within: float, told: bytes = b"") -> bytes:
    """What this Python prints when run so. Raises RuntimeError, or TimeoutError."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(within):
            said, _ = await process.communicate(told)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    return said
