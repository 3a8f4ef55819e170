"""`python -m bench.graph PORT SOCKET`."""

import asyncio
import sys

import uvloop

from bench.graph.server import serve

with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(serve(int(sys.argv[1]), sys.argv[2]))
