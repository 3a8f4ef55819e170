import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.proxy import Pipe, Proxy


@asynccontextmanager
async def an_echo(prefix: bytes = b"") -> AsyncIterator[tuple[str, int]]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            writer.write(prefix + chunk)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[:2]
    server.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    async with an_echo() as target:
        proxy = Proxy(target)
        await proxy.open()
        yield proxy
        await proxy.close()


async def _connected(proxy: Proxy) -> Pipe:
    return await asyncio.open_connection("127.0.0.1", proxy.port)


async def _asked(pipe: Pipe, line: bytes = b"anybody?\n") -> bytes:
    pipe[1].write(line)
    return await pipe[0].readline()


async def _comes(awaitable: Awaitable[Any], within: float = 0.3) -> bool:
    """Whether it ends so soon; for what must not happen."""
    try:
        await asyncio.wait_for(awaitable, within)
    except TimeoutError:
        return False
    return True


async def test_what_goes_in_comes_out_in_both_directions(proxy: Proxy) -> None:
    pipe = await _connected(proxy)
    large = b"x" * 1_000_000
    pipe[1].write(large)
    assert await pipe[0].readexactly(len(large)) == large
    pipe[1].close()


async def test_a_silent_network_swallows_everything_until_it_behaves(proxy: Proxy) -> None:
    pipe = await _connected(proxy)
    proxy.go_silent()
    answer = asyncio.create_task(_asked(pipe))
    assert not await _comes(asyncio.shield(answer))
    newcomer = await _connected(proxy)
    assert not await _comes(_asked(newcomer))
    proxy.behave()
    assert await answer == b"anybody?\n"
    for each in (pipe, newcomer):
        each[1].close()


async def test_a_reset_is_a_reset_and_a_cut_is_an_end(proxy: Proxy) -> None:
    first, second = await _connected(proxy), await _connected(proxy)
    for pipe in (first, second):
        await _asked(pipe)
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        await first[0].readline()
    third = await _connected(proxy)
    await _asked(third)
    proxy.cut()
    assert await third[0].read() == b""
    for pipe in (first, second, third):
        pipe[1].close()


async def test_a_refusing_proxy_lets_standing_connections_go_on(proxy: Proxy) -> None:
    pipe = await _connected(proxy)
    await _asked(pipe)
    await proxy.refuse()
    with pytest.raises(ConnectionRefusedError):
        await _connected(proxy)
    assert await _asked(pipe) == b"anybody?\n"
    await proxy.open()
    again = await _connected(proxy)
    assert await _asked(again) == b"anybody?\n"
    for each in (pipe, again):
        each[1].close()


async def test_delay_and_drip_lose_nothing(proxy: Proxy) -> None:
    pipe = await _connected(proxy)
    proxy.delay, proxy.drip = 0.01, 0.001
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await _asked(pipe, b"a" * 50 + b"\n") == b"a" * 50 + b"\n"
    assert loop.time() - began >= 0.1, "51 bytes there and back, a millisecond each"
    pipe[1].close()


async def test_connections_go_round_past_whoever_is_away() -> None:
    nobody = socket.create_server(("127.0.0.1", 0))
    away = nobody.getsockname()
    nobody.close()
    async with an_echo(b"1") as one, an_echo(b"2") as two:
        proxy = Proxy(one, away, two)
        await proxy.open()
        heard = []
        for _ in range(6):
            pipe = await _connected(proxy)
            heard.append((await _asked(pipe, b"\n")).strip())
            pipe[1].close()
        assert heard.count(b"1") >= 2
        assert heard.count(b"2") >= 2
        assert proxy.refused == []
        proxy.targets = [away]
        pipe = await _connected(proxy)
        with pytest.raises(ConnectionResetError):
            await pipe[0].read()
        assert len(proxy.refused) == 1
        pipe[1].close()
        await proxy.close()


async def test_a_unix_socket_is_reached_too(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    server = await asyncio.start_unix_server(greet, path)
    proxy = Proxy(path)
    await proxy.open()
    pipe = await _connected(proxy)
    assert await pipe[0].read() == b"hello"
    pipe[1].close()
    await proxy.close()
    server.close()


async def test_many_at_once_all_find_the_one_target_that_is_there() -> None:
    nobody = socket.create_server(("127.0.0.1", 0))
    away = nobody.getsockname()
    nobody.close()
    async with an_echo() as there:
        proxy = Proxy(away, there)
        await proxy.open()
        pipes = await asyncio.gather(*(_connected(proxy) for _ in range(50)))
        assert await asyncio.gather(*(_asked(pipe) for pipe in pipes)) == [b"anybody?\n"] * 50
        assert proxy.refused == []
        for pipe in pipes:
            pipe[1].close()
        await proxy.close()


async def test_a_line_that_has_ended_may_be_reset(proxy: Proxy) -> None:
    """While nothing comes through, a connection is known for longer than it lasts."""
    pipe = await _connected(proxy)
    assert await _asked(pipe) == b"anybody?\n"
    proxy.go_silent()
    proxy.cut()
    assert await pipe[0].read() == b""

    proxy.reset()
    proxy.behave()
    pipe[1].close()
