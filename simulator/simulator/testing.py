"""The simulator inside a test: on a free port of the loopback, with a hand for every customer.

async with RunningSimulator() as sim:
    await sim.register(callback_url="http://127.0.0.1:8000/webhooks/whatsapp/demo")
    await sim.customer("5511900000011").says("oi")
    reply = await sim.customer("5511900000011").hears()
"""

import asyncio
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from simulator.accounts import Number
from simulator.app import create_app
from simulator.config import Config, Limits, Retries, StatusDelays
from simulator.core import Simulator
from simulator.faults import Fault
from simulator.graph.calls import SIMULATOR
from simulator.identifiers import numeric_id
from simulator.identities import ToldBy
from simulator.journal import Predicate, Record
from simulator.people import Person

Json = dict[str, Any]

APP_ID = "780011223344556"
APP_SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105  # of an app that does not exist
VERIFY_TOKEN = "pytake-verify"  # noqa: S105  # same
ACCESS_TOKEN = "EAAsimulator"  # noqa: S105  # same
WABA_ID = "310277445566100"
PHONE_NUMBER_ID = "455900112233441"
DISPLAY_PHONE_NUMBER = "+55 11 3000-0100"
PATIENCE = 15.0


def fast_config(**changes: Any) -> Config:
    """Statuses at once, quick repeats, no pair limit: what most tests want."""
    config = Config(
        port=0,
        statuses=StatusDelays(0.0, 0.005, 0.01),
        retries=Retries(first=0.05, ceiling=0.4),
        limits=Limits(number_per_second=0.0, pair_seconds=0.0),
        seed=1,
    )
    return replace(config, **changes)


class RunningSimulator:
    def __init__(self, config: Config | None = None) -> None:
        self.config = config or fast_config()
        self.app = create_app(self.config)
        self.simulator: Simulator = self.app[SIMULATOR]
        self.base_url = ""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.config.host, self.config.port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def graph_url(self) -> str:
        """For PYTAKE_META_GRAPH_URL."""
        return f"{self.base_url}/v25.0"

    async def register(
        self,
        *,
        callback_url: str | None,
        app_secret: str = APP_SECRET,
        verify_token: str = VERIFY_TOKEN,
        access_token: str = ACCESS_TOKEN,
        app_id: str = APP_ID,
        waba_id: str | None = None,
        phone_number_id: str = PHONE_NUMBER_ID,
        display_phone_number: str = DISPLAY_PHONE_NUMBER,
        verified_name: str = "Padaria Aurora",
    ) -> Number:
        """One app, one account, one number; raises HandshakeError when the callback URL refuses.

        The account is WABA_ID for the first app and a new one for every other, as tenants do not share one.
        """
        registration = self.simulator.registration
        await registration.app(
            {
                "app_id": app_id,
                "app_secret": app_secret,
                "verify_token": verify_token,
                "callback_url": callback_url,
            }
        )
        waba_id = waba_id or self._waba_of(app_id)
        if waba_id not in self.simulator.world.accounts.wabas:
            registration.waba({"waba_id": waba_id, "name": verified_name}, apps=[app_id])
        return registration.number(
            {
                "phone_number_id": phone_number_id,
                "waba_id": waba_id,
                "display_phone_number": display_phone_number,
                "verified_name": verified_name,
                "access_token": access_token,
                "app_id": app_id,
            }
        )

    def _waba_of(self, app_id: str) -> str:
        wabas = self.simulator.world.accounts.wabas
        mine = [waba.waba_id for waba in wabas.values() if app_id in waba.subscribed_apps]
        if mine:
            return mine[0]
        return numeric_id(15) if WABA_ID in wabas else WABA_ID

    def customer(
        self, wa_id: str, name: str | None = None, *, phone_number_id: str | None = None, **person: Any
    ) -> "Customer":
        """Somebody with a phone, made when new; `person` are fields of Person."""
        found = self.simulator.world.people.find(wa_id)
        if found is None or name is not None or person:
            named = {"name": name} if name else {}
            found = self.simulator.registration.person({"wa_id": wa_id, **named, **person})
        return Customer(self, found, phone_number_id)

    def fault(self, side: str, action: str, **how: Any) -> Fault:
        fault = Fault(side=side, action=action, **how)  # type: ignore[arg-type]  # checked by Fault itself
        return self.simulator.world.faults.add(fault)

    def clear_faults(self) -> None:
        self.simulator.world.faults.clear()

    def shift_clock(self, seconds: float) -> None:
        self.simulator.world.clock.shift(seconds)

    @property
    def log(self) -> list[Record]:
        """Everything recorded so far (the last ones, when the log is longer than its limit)."""
        journal = self.simulator.world.journal
        return journal.since(0, journal.last)

    def logged(self, kind: str, **facts: Any) -> list[Record]:
        return [record for record in self.log if _fits(record, kind, facts)]

    async def wait_for(self, predicate: Predicate, *, after: int = 0, patience: float = PATIENCE) -> Record:
        """The first record for which the predicate holds, past or to come."""
        return await asyncio.wait_for(self.simulator.world.journal.wait_for(predicate, after=after), patience)

    async def wait_for_kind(
        self, kind: str, *, after: int = 0, patience: float = PATIENCE, **facts: Any
    ) -> Record:
        return await self.wait_for(lambda record: _fits(record, kind, facts), after=after, patience=patience)

    async def wait_for_status(self, wamid: str, status: str, *, patience: float = PATIENCE) -> Record:
        """Until the app has answered 200 to that status."""
        wanted = {"id": wamid, "status": status}
        return await self.wait_for(
            lambda record: record["kind"] == "webhook.delivered" and wanted in record["updates"],
            patience=patience,
        )


@dataclass(slots=True)
class Customer:
    """One person in front of one chat. `heard` remembers how far this handle has listened."""

    sim: RunningSimulator
    person: Person
    phone_number_id: str | None = None
    heard: int = 0

    @property
    def number(self) -> Number:
        numbers = self.sim.simulator.world.accounts.numbers
        return numbers[self.phone_number_id] if self.phone_number_id else next(iter(numbers.values()))

    async def says(self, text: str, *, quotes: str | None = None) -> str:
        """Write a text; its wamid. The webhook is on its way, not necessarily there."""
        return self.sim.simulator.customers.says(self.person, self.number, text, quotes=quotes).id

    async def comes_by_advertisement(self, text: str, headline: str = "Pão de queijo em dobro") -> str:
        """Write after a tap on an advertisement; an answer within a day opens 72 free hours."""
        customers = self.sim.simulator.customers
        return customers.comes_by_advertisement(self.person, self.number, text, headline).id

    async def taps(self, identity: str, *, wamid: str | None = None) -> str:
        """Tap a button or a list row, by id or title, on the newest message that offers it."""
        return self.sim.simulator.customers.taps(self.person, self.number, identity, wamid=wamid).id

    async def sends_image(self, caption: str | None = None) -> str:
        customers = self.sim.simulator.customers
        return customers.sends_sample(self.person, self.number, "photo", caption).id

    async def sends_sample(self, name: str, caption: str | None = None) -> str:
        """`photo`, `voice`, `document` or `sticker`."""
        customers = self.sim.simulator.customers
        return customers.sends_sample(self.person, self.number, name, caption).id

    async def sends_file(self, kind: str, content: bytes, mime_type: str, **more: str | bool | None) -> str:
        """Any bytes as any kind; `more`: caption, filename, voice, animated."""
        customers = self.sim.simulator.customers
        return customers.sends_file(self.person, self.number, kind, content, mime_type, **more).id

    async def reacts(self, wamid: str, emoji: str | None) -> str:
        return self.sim.simulator.customers.reacts(self.person, self.number, wamid, emoji).id

    async def edits(self, wamid: str, text: str) -> str:
        return self.sim.simulator.customers.edits(self.person, self.number, wamid, text).id

    async def revokes(self, wamid: str) -> str:
        return self.sim.simulator.customers.revokes(self.person, self.number, wamid).id

    async def forwards(self, text: str, *, often: bool = False) -> str:
        return self.sim.simulator.customers.forwards(self.person, self.number, text, often=often).id

    async def sends(
        self, kind: str, content: Any, *, quotes: str | None = None, extra: Json | None = None
    ) -> str:
        """Any message Meta knows, as its `type` and the object of that name."""
        return self.sim.simulator.customers.sends(
            self.person, self.number, kind, content, quotes=quotes, extra=extra
        ).id

    async def changes_number(
        self, wa_id: str, *, user_id: str | None = None, keeps_user_id: bool = False, told: bool = True
    ) -> None:
        """Go on with another phone, and the user id that Meta gives with it. `told`: whether Meta says so."""
        self.sim.simulator.identities.changes_number(
            self.person, wa_id, user_id=user_id, keeps_user_id=keeps_user_id, told=told
        )

    async def changes_user_id(self, user_id: str | None = None, *, told_by: ToldBy = "field") -> None:
        self.sim.simulator.identities.changes_user_id(self.person, user_id, told_by=told_by)

    async def takes_username(self, username: str | None, *, hides_phone: bool = False) -> None:
        """`hides_phone`: everything is written by user id only from now on. None gives the username back."""
        self.sim.simulator.identities.takes_username(self.person, username, hides_phone=hides_phone)

    async def stops_marketing(self) -> None:
        self.sim.simulator.identities.wants_marketing(self.person, self.number, wants=False)

    async def resumes_marketing(self) -> None:
        self.sim.simulator.identities.wants_marketing(self.person, self.number, wants=True)

    def looks(self) -> None:
        """Open the chat for a moment: what was delivered is read."""
        world = self.sim.simulator.world
        chat = world.chats.get(self.number.phone_number_id, self.person.wa_id)
        self.sim.simulator.customers.looks(chat, self.person)

    async def hears(self, *, patience: float = PATIENCE) -> Record:
        """The next message the business sends to this person: the log record, with the request in `body`."""
        record = await self.sim.wait_for(
            lambda each: each["kind"] == "graph.accepted" and each["to"] == self.person.wa_id,
            after=self.heard,
            patience=patience,
        )
        self.heard = record["seq"]
        return record


def _fits(record: Record, kind: str, facts: Json) -> bool:
    return record["kind"] == kind and all(record.get(key) == value for key, value in facts.items())
