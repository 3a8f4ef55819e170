"""The least that can send a campaign: one aiohttp session that posts ready-made bodies, so many at once.

    python -m bench.references.posting URL FILE AT_ONCE

FILE holds one body a line. Prints seconds, CPU seconds and how many were accepted, as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import aiohttp
import uvloop

CONNECTIONS = 256
"""As many as PyTake's client may open."""


async def main(url: str, bodies: list[bytes], at_once: int) -> None:
    waiting = iter(bodies)
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        began, worked = time.perf_counter(), time.process_time()
        accepted = await asyncio.gather(*(_post(session, url, waiting) for _ in range(at_once)))
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": cpu, "accepted": sum(accepted)}) + "\n")


async def _post(session: aiohttp.ClientSession, url: str, waiting: Iterator[bytes]) -> int:
    headers = {"Authorization": "Bearer EAAG-bench", "Content-Type": "application/json"}
    accepted = 0
    for body in waiting:
        async with session.post(url, data=body, headers=headers) as response:
            await response.read()
            accepted += response.status == HTTPStatus.OK
    return accepted


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(sys.argv[1], Path(sys.argv[2]).read_bytes().splitlines(), int(sys.argv[3])))
