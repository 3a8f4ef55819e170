"""`python -m bench.references.pywa_echo`: an echo bot as pywa's pages show one, behind FastAPI and uvicorn.

Told on stdin where Graph is. With a database it also stores what sql/one.sql stores, through SQLAlchemy and
asyncpg: one transaction before it sends, one after.
"""

import asyncio
import logging
import sys
from dataclasses import asdict, dataclass
from typing import Any

import httpx
import orjson
import uvicorn
import uvloop
from fastapi import FastAPI
from pywa_async.client import WhatsApp
from pywa_async.types.message import Message

from bench.oracle import PREFIX
from bench.references.pywa_rows import Rows


@dataclass(frozen=True, slots=True)
class Order:
    port: int
    graph_url: str
    phone_number_id: str
    path: str
    app_secret: str
    access_token: str
    database_url: str = ""
    """Empty: nothing is stored."""
    organization_id: str = ""
    number_id: str = ""

    def written(self) -> bytes:
        return orjson.dumps(asdict(self))


def make_bot(order: Order, app: FastAPI, session: httpx.AsyncClient) -> WhatsApp:
    """The session waits as long as it takes: after pywa's five seconds replies would be lost."""
    bot = WhatsApp(
        phone_id=order.phone_number_id,
        token=order.access_token,
        session=session,
        server=app,
        webhook_endpoint=order.path,
        verify_token="bench",  # noqa: S106 - nobody verifies anything here
        app_secret=order.app_secret,
    )
    session.base_url = httpx.URL(order.graph_url)
    return bot


async def serve(order: Order) -> None:
    app = FastAPI()
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with httpx.AsyncClient(timeout=None, limits=limits) as session:  # noqa: S113 - see make_bot
        bot = make_bot(order, app, session)
        listening: Any = bot  # its decorators are typed for classes
        listening.on_message(_stored(order) if order.database_url else _echo)
        config = uvicorn.Config(app, port=order.port, log_config=None, access_log=False, http="httptools")
        await uvicorn.Server(config).serve()


async def _echo(bot: WhatsApp, message: Message) -> None:
    await bot.send_message(to=str(message.from_user.wa_id), text=f"{PREFIX}{message.text}")


def _stored(order: Order) -> Any:
    rows = Rows(order.database_url, order.organization_id, order.number_id)

    async def echo(bot: WhatsApp, message: Message) -> None:
        reply, wa_id = f"{PREFIX}{message.text}", str(message.from_user.wa_id)
        stored = await rows.store(message.id, wa_id, str(message.text), reply)
        if stored is not None:
            sent = await bot.send_message(to=wa_id, text=reply)
            await rows.settle(stored, sent.id)

    return echo


if __name__ == "__main__":
    logging.disable(logging.INFO)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Order(**orjson.loads(sys.stdin.buffer.read()))))
