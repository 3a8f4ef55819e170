"""Answers about files as a network brings them."""

import asyncio
import json

from pytake.adapters.meta.media import MetaMedia
from pytake.ports.whatsapp import Sender
from tests.adapters.meta.graph import misbehaving


async def test_an_answer_that_comes_in_pieces_is_read_whole() -> None:
    told = {"url": "https://lookaside.fbsbx.com/?mid=1", "mime_type": "image/jpeg", "file_size": 4096}
    body = json.dumps(told).encode()

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        writer.write(b"content-length: %d\r\n\r\n" % len(body))
        for start in range(0, len(body), 16):
            writer.write(body[start : start + 16])
            await writer.drain()
            await asyncio.sleep(0.02)

    async with misbehaving(drip) as url:
        media = MetaMedia(url)
        try:
            place = await media.locate(Sender("455900112233441", "EAAG"), "1002003004005006")
        finally:
            await media.close()

    assert (place.url, place.size) == (told["url"], told["file_size"])
