"""The connections themselves: kept, counted, given back, and closed when they cannot be trusted any more."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pytake.adapters.meta.wire import MOST_BYTES, Lost, NotSent, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

Answering = Callable[[int, asyncio.StreamWriter], Awaitable[None]]
"""Given how many requests this connection has seen before."""


@asynccontextmanager
async def served(answering: Answering, tls: ssl.SSLContext | None = None) -> AsyncIterator["Server"]:
    server = Server(answering)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
        await server.end()


class Server:
    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.connections = 0
        self.port = 0
        self.closed = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()

    async def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task
        self.tasks.add(task)
        try:
            for seen in range(1000):
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]))
                await self.answering(seen, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass  # it hung up, or the test is over
        finally:
            writer.close()
            self.closed.set()

    def wire(self, connections: int = 2, total_seconds: float = 5.0) -> Wire:
        return Wire(
            f"http://127.0.0.1:{self.port}/v25.0",
            connections=connections,
            connect_seconds=1,
            total_seconds=total_seconds,
        )


async def ok(_: int, writer: asyncio.StreamWriter) -> None:
    writer.write(OK)


async def test_a_connection_is_kept() -> None:
    async with served(ok) as server:
        wire = server.wire()
        answers = [await wire.call("POST", "1/messages", "T", b"{}") for _ in range(5)]
        await wire.close()
    assert [(answer.status, answer.body) for answer in answers] == [(200, b"{}")] * 5
    assert server.connections == 1


async def test_one_that_the_server_closes_is_not_used_again() -> None:
    async def ok_and_close(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(OK)
        writer.close()

    async with served(ok_and_close) as server:
        wire = server.wire()
        for _ in range(3):
            assert (await wire.call("POST", "1/messages", "T")).status == 200
            await server.closed.wait()
            server.closed.clear()
            await asyncio.sleep(0.01)  # the end of the connection is on its way to us, and rings no bell
        await wire.close()
    assert server.connections == 3


async def test_a_server_that_announces_the_end_is_believed() -> None:
    async def last(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")

    async with served(last) as server:
        wire = server.wire()
        for _ in range(3):
            assert (await wire.call("POST", "1/messages", "T")).body == b"{}"
    assert server.connections == 3


async def test_an_answer_may_come_in_pieces() -> None:
    async def chunked(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nretry-after: 7\r\nTransfer-Encoding: chunked\r\n\r\n")
        for part in (b'{"a"', b":1}"):
            await writer.drain()
            writer.write(b"%x\r\n%b\r\n" % (len(part), part))
        writer.write(b"0\r\n\r\n")

    async with served(chunked) as server:
        wire = server.wire()
        answers = [await wire.call("GET", "1", "T") for _ in range(2)]
        await wire.close()
    assert [(a.status, a.body, a.headers["Retry-After"]) for a in answers] == [(200, b'{"a":1}', "7")] * 2
    assert server.connections == 1


async def test_an_endless_answer_is_cut_off() -> None:
    async def endless(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (MOST_BYTES * 10))
        while True:
            writer.write(b" " * 65536)
            await writer.drain()

    async with served(endless) as server:
        with pytest.raises(Lost, match="more than"):
            await server.wire().call("GET", "1", "T")


async def test_a_call_that_is_given_up_leaves_no_answer_for_the_next() -> None:
    hold = asyncio.Event()

    async def slow_at_first(seen: int, writer: asyncio.StreamWriter) -> None:
        if server.connections == 1 and seen == 0:
            await hold.wait()
        writer.write(OK)

    async with served(slow_at_first) as server:
        wire = server.wire(connections=1)
        given_up = asyncio.create_task(wire.call("POST", "1/messages", "T"))
        while not server.connections:
            await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up])
        hold.set()
        assert (await wire.call("POST", "1/messages", "T")).status == 200
        await wire.close()
    assert server.connections == 2


async def test_who_waits_for_a_connection_is_served_in_turn() -> None:
    async with served(ok) as server:
        wire = server.wire(connections=1)
        done: list[int] = []

        async def call(number: int) -> None:
            await wire.call("POST", "1/messages", "T")
            done.append(number)

        tasks = [asyncio.create_task(call(number)) for number in range(6)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        await asyncio.wait(tasks)
        await wire.close()
    assert done == [0, 1, 2, 4, 5]
    assert server.connections == 1


async def test_who_waits_too_long_has_sent_nothing() -> None:
    async def silence(_: int, __: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async with served(silence) as server:
        wire = server.wire(connections=1, total_seconds=0.2)
        outcomes = await asyncio.gather(
            *(wire.call("POST", "1/messages", "T") for _ in range(2)), return_exceptions=True
        )
        await wire.close()
    assert [type(outcome) for outcome in outcomes] == [Lost, NotSent]


def certified(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that signed itself, and a server's side of TLS with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return file, context


async def test_tls_asks_who_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, tls = certified(tmp_path)
    async with served(ok, tls) as server:
        url = f"https://localhost:{server.port}"
        with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
            await Wire(url, connections=1, connect_seconds=2, total_seconds=5).call("GET", "1", "T")
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        trusting = Wire(url, connections=1, connect_seconds=2, total_seconds=5)
        assert (await trusting.call("GET", "1", "T")).status == 200
        await trusting.close()
