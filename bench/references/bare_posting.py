"""`python -m bench.references.bare_posting PORT SECONDS`: messages to the stand-in for Graph, one behind the
other on each of 64 connections. Prints how many a second were accepted.
"""

import asyncio
import sys
import time

import uvloop

from bench.wire import Pool

CONNECTIONS = 64
BODY = (
    b'{"messaging_product":"whatsapp","recipient_type":"individual","to":"+55119%08d",'
    b'"type":"text","text":{"body":"eco: %d"},"biz_opaque_callback_data":"%048d"}'
)
REQUEST = (
    b"POST /v25.0/455900000000000/messages HTTP/1.1\r\nhost: 127.0.0.1\r\n"
    b"authorization: Bearer EAAbenchmark\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
)


async def _post(port: int, seconds: float) -> float:
    pool = Pool([("127.0.0.1", port)], CONNECTIONS)
    began = time.perf_counter()
    counts = await asyncio.gather(*(_one(pool, place, began + seconds) for place in range(CONNECTIONS)))
    return sum(counts) / (time.perf_counter() - began)


async def _one(pool: Pool, place: int, until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        body = BODY % (place, count, count)
        await pool.ask(REQUEST % (len(body), body))
        count += 1
    return count


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(f"{runner.run(_post(int(sys.argv[1]), float(sys.argv[2])))}\n")
