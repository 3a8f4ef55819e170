"""The WebSocket of a phone page: the chat as it is, then everything that changes."""

import asyncio
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from simulator.accounts import Number
from simulator.admin.guard import problem, same_origin, simulator_of
from simulator.admin.people import describe_chat
from simulator.admin.setup import describe_state
from simulator.core import Simulator
from simulator.journal import Record
from simulator.live import Watcher
from simulator.people import Person

Json = dict[str, Any]

_LOG_SHOWN = 40
_TRY_AGAIN_LATER = 1013


def add_routes(app: web.Application) -> None:
    app.router.add_get("/_simulator/live", watch)


async def watch(request: web.Request) -> web.StreamResponse:
    if not same_origin(request):
        return problem(403, "Requests from another origin are refused.")
    simulator = simulator_of(request)
    socket = web.WebSocketResponse(heartbeat=20, compress=False, max_msg_size=65536)
    await socket.prepare(request)
    visit = _Visit(simulator, socket)
    try:
        await visit.run(request)
    finally:
        visit.end()
    return socket


class _Visit:
    """One page, from its first message to its last."""

    def __init__(self, simulator: Simulator, socket: web.WebSocketResponse) -> None:
        self.simulator = simulator
        self.socket = socket
        self.watcher = Watcher()
        self.person: Person | None = None
        self.stop_listening = simulator.world.journal.listen(self._logged)
        simulator.world.live.watchers.add(self.watcher)

    async def run(self, request: web.Request) -> None:
        journal = self.simulator.world.journal
        recent = journal.since(max(0, journal.last - _LOG_SHOWN), _LOG_SHOWN)
        self.watcher.tell({"type": "hello", "state": describe_state(request), "log": recent})
        telling = asyncio.get_running_loop().create_task(self._tell())
        closing = asyncio.get_running_loop().create_task(self._close_with_simulator())
        try:
            async for message in self.socket:
                if message.type is WSMsgType.TEXT:
                    self._asked(orjson.loads(message.data))
        finally:
            telling.cancel()
            closing.cancel()
            await asyncio.gather(telling, closing, return_exceptions=True)

    def end(self) -> None:
        self.stop_listening()
        self._leave()
        self.simulator.world.live.watchers.discard(self.watcher)

    async def _tell(self) -> None:
        while not self.socket.closed:
            event = await self.watcher.news.get()
            if self.watcher.behind:
                await self.socket.close(code=_TRY_AGAIN_LATER)
                return
            await self.socket.send_str(orjson.dumps(event).decode())

    async def _close_with_simulator(self) -> None:
        await self.simulator.closing.wait()
        await self.socket.close(code=1001)

    def _logged(self, record: Record) -> None:
        self.watcher.tell({"type": "log", "record": record})

    def _asked(self, asked: Json) -> None:
        match asked.get("type"):
            case "open":
                self._leave()
                self._open(asked)
            case "look":
                self._look(looking=bool(asked.get("looking")))
            case "played":
                self._played(str(asked.get("wamid")))

    def _open(self, asked: Json) -> None:
        world = self.simulator.world
        person = world.people.find(str(asked.get("customer")))
        number = world.accounts.numbers.get(str(asked.get("phone_number_id")))
        if person is None or number is None:
            self.watcher.tell({"type": "gone"})
            return
        self.person = person
        self.watcher.chat = (number.phone_number_id, person.wa_id)
        self._look(looking=bool(asked.get("looking", True)))
        self._tell_chat(person, number)

    def _tell_chat(self, person: Person, number: Number) -> None:
        chat = describe_chat(self.simulator, person, number)
        self.watcher.tell(
            {"type": "chat", "customer": person.wa_id, "phone_number_id": number.phone_number_id, **chat}
        )

    def _look(self, *, looking: bool) -> None:
        if self.watcher.chat is None or self.person is None or looking == self.watcher.looking:
            return
        self.watcher.looking = looking
        chat = self.simulator.world.chats.get(*self.watcher.chat)
        chat.watchers += 1 if looking else -1
        if looking:
            self.simulator.customers.looks(chat, self.person)

    def _leave(self) -> None:
        self._look(looking=False)
        self.watcher.chat = None

    def _played(self, wamid: str) -> None:
        message = self.simulator.world.chats.find_message(wamid)
        if message is not None and self.person is not None and message.wa_id == self.person.wa_id:
            self.simulator.customers.plays(message, self.person)
