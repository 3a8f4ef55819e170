"""The process: Graph on a TCP port, and on a Unix socket what the run asks of it."""

import asyncio
import time
from collections import defaultdict
from typing import Any, cast

import orjson
from typing_extensions import override

from bench.wire import complete

ACCEPTED = (
    b'{"messaging_product":"whatsapp","contacts":[{"input":"%b","wa_id":"%b"}],'
    b'"messages":[{"id":"wamid.HBgNNTUxMTk4ODg4ODg4OBUCABEYEk%024d"}]}'
)
SUCCESS = b'{"success":true}'
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=UTF-8\r\ncontent-length: %d\r\n\r\n"


class Ledger:
    """What was accepted: per number and person the texts in their order."""

    def __init__(self) -> None:
        self.followers: set[asyncio.StreamWriter] = set()
        self._count = 0
        self._news: list[bytes] = []
        self.forget()

    def forget(self) -> None:
        self.texts: defaultdict[str, list[str]] = defaultdict(list)
        self.accepted = 0
        self.reads = 0
        self.others = 0

    def accept(self, number: str, body: dict[str, Any]) -> bytes:
        to = str(body["to"]).lstrip("+")
        self._count += 1
        self.accepted += 1
        answer = ACCEPTED % (body["to"].encode(), to.encode(), self._count)
        text = _text(body)
        self.texts[f"{number}:{to}"].append(text)
        if self.followers:
            wamid = answer[answer.rindex(b"wamid.") : -4].decode()
            self._tell([number, to, text, wamid, body.get("biz_opaque_callback_data"), time.perf_counter()])
        return answer

    def _tell(self, news: list[Any]) -> None:
        if not self._news:
            asyncio.get_running_loop().call_soon(self._flush)
        self._news.append(orjson.dumps(news))

    def _flush(self) -> None:
        lines = b"\n".join(self._news) + b"\n"
        self._news.clear()
        for follower in self.followers:
            follower.write(lines)

    def written(self) -> dict[str, Any]:
        return {
            "texts": self.texts,
            "accepted": self.accepted,
            "reads": self.reads,
            "others": self.others,
        }


def _text(body: dict[str, Any]) -> str:
    """What a person would read: of a text its words, of a template its name and parameters."""
    content = body.get(body.get("type", "text"))
    if isinstance(content, dict) and isinstance(content.get("body"), str):
        return str(content["body"])
    return orjson.dumps(content).decode()


class Connection(asyncio.Protocol):
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.received = b""
        self.transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        while (request := complete(self.received)) is not None:
            self.received = self.received[request.length :]
            answer = self._answer(request.head, request.body)
            self.transport.write(HEAD % len(answer) + answer)

    def _answer(self, head: bytes, body: bytes) -> bytes:
        number = head[: head.index(b" HTTP")].split(b"/")[-2].decode()
        asked = orjson.loads(body)
        if "status" in asked:
            self.ledger.reads += 1
            return SUCCESS
        if "to" in asked:
            return self.ledger.accept(number, asked)
        self.ledger.others += 1
        return SUCCESS


async def serve(port: int, socket_path: str) -> None:
    """Until the process is ended."""
    ledger = Ledger()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(ledger), "127.0.0.1", port, backlog=1024)
    control = await asyncio.start_unix_server(lambda r, w: _obey(ledger, r, w), socket_path)
    async with server, control:
        await asyncio.gather(server.serve_forever(), control.serve_forever())


async def _obey(ledger: Ledger, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """`follow`: every acceptance as a line from now on. `take`: what was accepted, and forget it."""
    try:
        while order := (await reader.readline()).strip():
            if order == b"follow":
                ledger.followers.add(writer)
                writer.write(b"following\n")
            elif order == b"take":
                writer.write(orjson.dumps(ledger.written()) + b"\n")
                ledger.forget()
            await writer.drain()
    finally:
        ledger.followers.discard(writer)
        writer.close()
