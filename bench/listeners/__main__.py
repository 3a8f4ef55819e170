"""`python -m bench.listeners PORT`, told what to do on standard input, in lines of JSON; each has an answer.

    {"open": [path, …]}   opens a socket for each         → {"open": how many are open now}
    {"hear": n}           waits until all heard n events  → {"at": the clock when the last one had}
    {"report": true}                                      → {"last": [the clock, by event], "streams": …, …}

The clock is the machine's monotonic one, so another process can compare. Only frames with an event count.
"""

import asyncio
import gc
import json
import sys
from typing import Any, Final

import uvloop

from bench.listeners.crowd import Crowd, Listener

LONGEST_LINE: Final = 1 << 24


async def main(port: int) -> None:
    crowd = Crowd()
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin.buffer)
    while line := await lines.readline():
        answer = await _obey(crowd, port, json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


async def _obey(crowd: Crowd, port: int, order: dict[str, Any]) -> dict[str, Any]:
    if paths := order.get("open"):
        await _open(crowd, port, paths)
        return {"open": len(crowd.listeners)}
    if goal := order.get("hear"):
        return {"at": await crowd.until_heard(goal)}
    return crowd.report()


async def _open(crowd: Crowd, port: int, paths: list[str]) -> None:
    loop = asyncio.get_running_loop()
    fresh = [Listener(crowd, port, path) for path in paths]
    crowd.listeners += fresh
    for listener in fresh:
        await loop.create_connection(lambda listener=listener: listener, "127.0.0.1", port)  # type: ignore[misc] # mypy cannot infer a lambda with a default
    await asyncio.gather(*(listener.opened for listener in fresh))


gc.disable()  # a collection would look like the target's pause
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main(int(sys.argv[1])))
