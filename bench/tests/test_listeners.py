"""What the listeners count is what a server sent, however the network cuts it into pieces."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from bench.listeners.client import listening
from bench.listeners.crowd import Crowd, Listener

TEXTS = [f'{{"type":"event","number":{number},"text":"{"ã" * number * 7}"}}' for number in range(40)]
PING = '{"type":"ping"}'
HANDSHAKE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


def frame(text: str) -> bytes:
    payload = text.encode()
    if len(payload) < 126:
        return bytes((0x81, len(payload))) + payload
    return bytes((0x81, 126)) + len(payload).to_bytes(2, "big") + payload


@pytest.mark.parametrize("seed", range(5))
async def test_pieces_of_any_size_are_the_same_events(seed: int) -> None:
    dice = random.Random(seed)
    crowd = Crowd()
    listener = Listener(crowd, 80, "/")
    crowd.listeners.append(listener)
    sent = HANDSHAKE + b"".join(frame(text) + frame(PING) for text in TEXTS)
    while sent:
        size = dice.choice((1, 2, 3, 7, 200, 3000))
        listener.data_received(sent[:size])
        sent = sent[size:]

    assert listener.opened.done()
    assert [event.decode() for event in crowd.sample] == TEXTS
    assert crowd.counts == [1] * len(TEXTS)


async def test_sockets_that_hear_different_things_are_told_apart() -> None:
    crowd = Crowd()
    for texts in (TEXTS[:2], TEXTS[:2], TEXTS[1::-1]):
        listener = Listener(crowd, 80, "/")
        crowd.listeners.append(listener)
        listener.data_received(HANDSHAKE + b"".join(map(frame, texts)))

    assert crowd.report()["counts"] == [3, 3]
    assert crowd.report()["streams"] == 2


async def test_a_library_and_its_pings_are_understood() -> None:
    async with _a_server() as (port, everyone), listening(port) as listeners:
        assert await listeners.open(["/"] * 5) == 5
        while len(everyone) < 5:
            await asyncio.sleep(0)
        for text in TEXTS:
            await asyncio.gather(*(connection.send(text) for connection in everyone))
        await listeners.hear(len(TEXTS))
        answered = [await connection.ping() for connection in everyone]
        await asyncio.gather(*answered)

        report = await listeners.report()
        assert report.sample == TEXTS
        assert report.counts == [5] * len(TEXTS)
        assert (report.streams, report.closed) == (1, 0)


@asynccontextmanager
async def _a_server() -> AsyncIterator[tuple[int, set[ServerConnection]]]:
    everyone: set[ServerConnection] = set()

    async def hold(connection: ServerConnection) -> None:
        everyone.add(connection)
        await connection.wait_closed()

    async with serve(hold, "127.0.0.1", 0, compression=None) as server:
        yield next(iter(server.sockets)).getsockname()[1], everyone
