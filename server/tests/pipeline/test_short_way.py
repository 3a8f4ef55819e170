"""Deliveries that are answered without the framework: as if they had gone through it, only sooner."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import orjson
from starlette.types import Receive, Scope, Send

from pytake.entrypoints.short_way import Config
from pytake.http.metrics import REQUESTS
from pytake.inbound.endpoints import PATTERN
from simulator.testing import APP_SECRET
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Served, Tenant, served

MARIA = "5511900000011"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One connection to the server, byte by byte."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(self) -> Answer:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        length = int(headers["content-length"])
        return Answer(int(status.split()[1]), headers, await self.reader.readexactly(length))

    async def ask(self, request: bytes) -> Answer:
        self.writer.write(request)
        return await self.answer()


@asynccontextmanager
async def line_to(where: Served | Office) -> AsyncIterator[Line]:
    host, port = where.address if isinstance(where, Served) else _address(where.base_url)
    reader, writer = await asyncio.open_connection(host, port)
    try:
        yield Line(reader, writer)
    finally:
        writer.close()


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


async def nobody(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says of each request that it came this far."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 418, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


def said(tenant: Tenant, text: str) -> bytes:
    return orjson.dumps(meta.message_from(tenant.phone_number_id, MARIA, text))


def posted(tenant: Tenant, body: bytes, *more: str, secret: str = APP_SECRET) -> bytes:
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    lines = [
        f"POST {tenant.path} HTTP/1.1",
        "Host: pytake",
        f"X-Hub-Signature-256: sha256={signature}",
        *([] if any(line.startswith("Transfer") for line in more) else [f"Content-Length: {len(body)}"]),
        *more,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def short_only(office: Office, tenant: Tenant) -> AsyncIterator[Served]:
    """A server on which only the short way leads to the webhook, which knows the address already."""
    await office.deliver(tenant, said(tenant, "primeira"))
    config = Config(nobody, office.app.state.webhook, log_config=None, lifespan="off")
    async with served(config) as server:
        yield server


async def test_a_plain_delivery_never_meets_the_framework(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with short_only(office, tenant) as server, line_to(server) as line:
        for text in ("um", "dois", "três"):
            assert (await line.ask(posted(tenant, said(tenant, text)))).status == 200

    await office.settled()
    assert await office.texts("inbound") == ["primeira", "um", "dois", "três"]


async def test_what_is_not_plain_goes_the_usual_way(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    body = said(tenant, "oi")
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    signed = posted(tenant, body, "Transfer-Encoding: chunked")
    requests = {
        "another method": posted(tenant, body).replace(b"POST", b"PUT", 1),
        "nobody's address": posted(tenant, body).replace(
            tenant.path.encode(), b"/webhooks/whatsapp/nobody", 1
        ),
        "a signature of somebody else": posted(tenant, body, secret="wrong"),
        "no signature": re.sub(rb"X-Hub.*\r\n", b"", posted(tenant, body)),
        "chunks": signed.removesuffix(body) + chunked,
        "a large body": posted(tenant, body + b" " * 65_536),
        "an empty body": posted(tenant, b""),
        "a client that asks first": posted(tenant, body, "Expect: 100-continue"),
    }
    async with short_only(office, tenant) as server:
        for why, request in requests.items():
            async with line_to(server) as line:
                line.writer.write(request)
                head = await line.reader.readuntil(b"\r\n\r\n")
                if b"100 Continue" in head:
                    head = await line.reader.readuntil(b"\r\n\r\n")
            assert b"418" in head, why


async def test_both_ways_give_the_same_answer(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    await office.deliver(tenant, said(tenant, "primeira"))
    async with line_to(office) as line:
        short = await line.ask(posted(tenant, said(tenant, "curta"), "X-Request-Id: from-meta-1"))
        usual = await line.ask(
            posted(tenant, said(tenant, "longa") + b" " * 65_536, "X-Request-Id: from-meta-1")
        )
        await office.owner.execute("ALTER FUNCTION store_inbound RENAME TO store_inbound_is_away")
        short_refusal = await line.ask(posted(tenant, said(tenant, "curta")))
        usual_refusal = await line.ask(posted(tenant, said(tenant, "longa") + b" " * 65_536))

    assert short == usual
    assert (short.status, short.headers["x-request-id"]) == (200, "from-meta-1")
    assert short_refusal.status == usual_refusal.status == 503
    assert short_refusal.body == usual_refusal.body
    changing = {"x-request-id", "date"}
    assert {name: value for name, value in short_refusal.headers.items() if name not in changing} == {
        name: value for name, value in usual_refusal.headers.items() if name not in changing
    }


async def test_deliveries_sent_without_waiting_are_answered_in_their_order(office: Office) -> None:
    """The first goes the short way, the second is too large for it, and the third waits for both."""
    tenant = await office.tenant(register=False, flow=None)
    await office.deliver(tenant, said(tenant, "primeira"))
    requests = [
        posted(tenant, said(tenant, "curta"), "X-Request-Id: request-1"),
        posted(tenant, said(tenant, "longa") + b" " * 65_536, "X-Request-Id: request-2"),
        posted(tenant, said(tenant, "e mais uma"), "X-Request-Id: request-3"),
    ]
    async with line_to(office) as line:
        line.writer.write(b"".join(requests))
        answers = [await line.answer() for _ in requests]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert [answer.headers["x-request-id"] for answer in answers] == ["request-1", "request-2", "request-3"]


async def test_a_body_that_comes_in_drips_is_whole(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    request = posted(tenant, said(tenant, "gota a gota"))
    async with short_only(office, tenant) as server, line_to(server) as line:
        for place in range(0, len(request), 97):
            line.writer.write(request[place : place + 97])
            await line.writer.drain()
            await asyncio.sleep(0.001)
        assert (await line.answer()).status == 200

    await office.settled()
    assert await office.texts("inbound") == ["primeira", "gota a gota"]


async def test_who_hangs_up_is_stored_all_the_same(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with short_only(office, tenant) as server:
        async with line_to(server) as line:
            line.writer.write(posted(tenant, said(tenant, "e foi embora")))
            await line.writer.drain()
        await office.until("SELECT count(*) = 2 FROM messages")
    assert await office.texts("inbound") == ["primeira", "e foi embora"]


async def test_a_server_that_stops_answers_what_it_has_begun_to_read(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    await office.deliver(tenant, said(tenant, "primeira"))
    config = Config(office.app, office.app.state.webhook, log_config=None, lifespan="off")
    request = posted(tenant, said(tenant, "bem na hora"))
    async with served(config) as server, line_to(server) as line:
        line.writer.write(request[:-10])
        await line.writer.drain()
        await asyncio.sleep(0.05)
        server.server.should_exit = True
        await asyncio.sleep(0.3)
        answer = await line.ask(request[-10:])
        rest = await line.reader.read()

    assert (answer.status, rest) == (200, b"")
    assert answer.headers["connection"] == "close"


async def test_a_server_that_stops_waits_for_what_is_being_stored(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with short_only(office, tenant) as server, line_to(server) as line:
        async with office.owner.transaction():
            await office.owner.execute("LOCK TABLE inbound_events IN ACCESS EXCLUSIVE MODE")
            line.writer.write(posted(tenant, said(tenant, "por último")))
            await line.writer.drain()
            await asyncio.sleep(0.1)
            server.server.should_exit = True
            await asyncio.sleep(0.3)
        assert (await line.answer()).status == 200
        async with asyncio.timeout(2):
            assert await line.reader.read() == b""


async def test_it_is_counted_like_every_request(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    async with short_only(office, tenant) as server, line_to(server) as line:
        before = _counted()
        await line.ask(posted(tenant, said(tenant, "oi")))
        assert _counted() == before + 1


def _counted() -> float:
    return sum(
        sample.value
        for metric in REQUESTS.collect()
        for sample in metric.samples
        if sample.name.endswith("_count")
        and sample.labels == {"method": "POST", "route": PATTERN, "status": "200"}
    )
