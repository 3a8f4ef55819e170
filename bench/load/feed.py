"""What Graph accepted, as it happens."""

import asyncio

import orjson

from bench.load.people import Acceptance, Crowd

LONGEST_LINE = 1 << 20


async def follow(socket: str, crowd: Crowd) -> asyncio.Task[None]:
    """Answer when the stand-in listens to us; the task ends with the stand-in, or when it is cancelled."""
    reader, writer = await asyncio.open_unix_connection(socket, limit=LONGEST_LINE)
    writer.write(b"follow\n")
    await reader.readline()
    return asyncio.create_task(_read(reader, writer, crowd))


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, crowd: Crowd) -> None:
    try:
        while line := await reader.readline():
            number, to, text, wamid, callback, at = orjson.loads(line)
            crowd.hear(
                number, to, text, Acceptance(wamid.encode(), callback.encode() if callback else None, at)
            )
    finally:
        writer.close()
