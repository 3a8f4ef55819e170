"""How many messages per second the simulator accepts: `python -m simulator.measure`.

The simulator runs in a process of its own (one core); this process writes and reads bare HTTP over
keep-alive connections, so that the figure is the simulator's and not the client's. Statuses go nowhere
unless `--statuses` has them told to an endpoint in this process.
"""

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

from simulator.testing import ACCESS_TOKEN, APP_ID, APP_SECRET, PHONE_NUMBER_ID, VERIFY_TOKEN, WABA_ID

PEOPLE = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="simulator.measure")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--statuses", action="store_true", help="tell the statuses too, in batches of 100")
    parser.add_argument("--data", action="store_true", help="keep the log and the state on disk")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_measure(parser.parse_args()))
    return 0


async def _measure(wanted: argparse.Namespace) -> None:
    received = _Endpoint()
    with tempfile.TemporaryDirectory() as folder:
        url = await received.start() if wanted.statuses else None
        config = Path(folder) / "config.json"
        config.write_text(json.dumps(_config(url, folder if wanted.data else None)))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "simulator",
            "--port",
            "0",
            "--config",
            str(config),
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            port = await _port(process)
            took = await _send_all(port, wanted.messages, wanted.connections)
        finally:
            process.terminate()
            await process.wait()
    rate = wanted.messages / took
    sys.stdout.write(f"{wanted.messages} messages accepted in {took:.2f} s: {rate:.0f} per second\n")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime
    rate = wanted.messages / busy
    sys.stdout.write(f"{busy:.2f} s of one core, its start included: {rate:.0f} per core second\n")
    if wanted.statuses:
        sys.stdout.write(f"{received.count} webhooks received meanwhile\n")


def _config(callback_url: str | None, data: str | None) -> dict[str, Any]:
    people = [{"wa_id": f"55119000{index:05}", "name": f"Cliente {index}"} for index in range(PEOPLE)]
    number = {
        "phone_number_id": PHONE_NUMBER_ID,
        "waba_id": WABA_ID,
        "display_phone_number": "551130000100",
        "access_token": ACCESS_TOKEN,
    }
    app = {
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "verify_token": VERIFY_TOKEN,
        "callback_url": callback_url,
    }
    return {
        "data": data,
        "apps": [app],
        "numbers": [number],
        "customers": people,
        "window_hours": 10.0**9,
        "limits": {"number_per_second": 0, "pair_seconds": 0},
        "batching": {"most": 100, "wait": 0.05},
        "log_bodies": False,
    }


async def _port(process: asyncio.subprocess.Process) -> int:
    if process.stdout is None:
        raise RuntimeError("The simulator's output is not connected.")
    line = (await process.stdout.readline()).decode()
    return int(line.split(":")[2].split(" ")[0])


async def _send_all(port: int, messages: int, connections: int) -> float:
    each = messages // connections
    started = time.perf_counter()
    await asyncio.gather(*(_send(port, index, each) for index in range(connections)))
    return time.perf_counter() - started


async def _send(port: int, index: int, count: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for turn in range(count):
        writer.write(_request(f"55119000{(index * count + turn) % PEOPLE:05}"))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"Not accepted: {head!r}")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    writer.close()


def _request(to: str) -> bytes:
    body = json.dumps(
        {"messaging_product": "whatsapp", "to": f"+{to}", "type": "text", "text": {"body": "Olá! Tudo bem?"}}
    ).encode()
    head = (
        f"POST /v25.0/{PHONE_NUMBER_ID}/messages HTTP/1.1\r\nHost: simulator\r\n"
        f"Authorization: Bearer {ACCESS_TOKEN}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Endpoint:
    """Answers the handshake and 200 to everything else."""

    def __init__(self) -> None:
        self.count = 0

    async def start(self) -> str:
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_get("/webhook", self._verify)
        app.router.add_post("/webhook", self._receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}/webhook"

    async def _verify(self, request: web.Request) -> web.Response:
        return web.Response(text=request.query["hub.challenge"])

    async def _receive(self, request: web.Request) -> web.Response:
        await request.read()
        self.count += 1
        return web.Response()


if __name__ == "__main__":
    sys.exit(main())
