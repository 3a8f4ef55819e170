"""Webhooks at a given pace, whatever the server does: each leaves at its moment and waits for no other."""

import asyncio
import hashlib
import hmac
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import orjson

from simulator.testing import APP_SECRET
from tests.faults.installation import Installation
from tests.faults.oracle import Key, Pair
from tests.faults.tenants import Tenant
from tests.pipeline import deliveries as meta

CONNECTIONS = 200
"""More than that at once, and a webhook waits here; its time counts all the same."""
PATIENCE = 60.0
"""Far longer than Meta waits: what takes so long was not answered."""
COME_AGAIN = 0.3
"""Seconds until a webhook that was refused with 503 is repeated."""


@dataclass
class Flow:
    """What became of the webhooks of one stretch of time."""

    codes: Counter[str] = field(default_factory=Counter)
    """By HTTP status; `cut` and `time-out` where there was none."""
    seconds: list[float] = field(default_factory=list)
    """Of every try, from the moment it was due."""

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Torrent:
    """Customers of some tenants; nobody writes again before the last message was taken."""

    def __init__(self, it: Installation, tenants: Sequence[Tenant], people: Sequence[str]) -> None:
        self._it = it
        self._paths = {tenant.phone_number_id: tenant.path for tenant in tenants}
        self._free: asyncio.Queue[Key] = asyncio.Queue()
        for wa_id in people:
            for tenant in tenants:
                self._free.put_nowait(Key(Pair(tenant.phone_number_id, wa_id), 0))
        self._lines: asyncio.Queue[_Line] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        for place in range(CONNECTIONS):
            self._lines.put_nowait(_Line(self._it.web_ports[place % len(self._it.web_ports)]))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._lines.empty():
            self._lines.get_nowait().close()

    async def flow(self, per_second: float, seconds: float) -> Flow:
        """So many webhooks; returns when the last of them was taken."""
        told, began = Flow(), time.monotonic()
        async with asyncio.TaskGroup() as group:
            for place in range(round(per_second * seconds)):
                due = began + place / per_second
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                group.create_task(self._deliver(told, due))
        return told

    async def _deliver(self, told: Flow, due: float) -> None:
        last = await self._free.get()
        key = Key(last.pair, last.serial + 1)
        wamid = meta.wamid()
        request = self._request(key, wamid)
        self._it.oracle.note_asked(wamid, key)
        while await self._try(told, request, due) != "200":
            await asyncio.sleep(COME_AGAIN)
            due = time.monotonic()
        self._it.oracle.note_acknowledged(wamid)
        self._free.put_nowait(key)

    async def _try(self, told: Flow, request: bytes, due: float) -> str:
        line = await self._lines.get()
        try:
            async with asyncio.timeout(PATIENCE):
                code = str(await line.post(request))
        except TimeoutError:
            code = "time-out"
            line.close()
        except (OSError, EOFError):
            code = "cut"
            line.close()
        finally:
            self._lines.put_nowait(line)
        told.codes[code] += 1
        told.seconds.append(time.monotonic() - due)
        return code

    def _request(self, key: Key, wamid: str) -> bytes:
        pair = key.pair
        message = meta.message_from(
            pair.number, pair.wa_id, key.text, f"Cliente {pair.wa_id[-4:]}", id_=wamid
        )
        body = orjson.dumps(message)
        signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        head = (
            f"POST {self._paths[pair.number]} HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            "content-type: application/json\r\n"
            f"x-hub-signature-256: sha256={signature}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class _Line:
    """One connection, opened when it is needed. As little as HTTP allows: the machine is the server's."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, request: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        _, found, rest = head.partition(b"content-length:")
        if found:
            await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        if self._streams is not None:
            with suppress(OSError):
                self._streams[1].close()
            self._streams = None
