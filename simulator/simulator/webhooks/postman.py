"""Delivering webhooks: in order of arrival, several at a time, repeated until the app answers 200."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from simulator.accounts import Accounts, MetaApp
from simulator.clock import Clock
from simulator.config import Config
from simulator.faults import Fault, Faults
from simulator.identifiers import numeric_id
from simulator.journal import Journal
from simulator.storage import Storage
from simulator.timetable import Timetable
from simulator.webhooks.lanes import Lanes
from simulator.webhooks.updates import Update, envelope
from simulator.webhooks.wire import signature, to_wire

Json = dict[str, Any]
_OK = 200


@dataclass(slots=True)
class Delivery:
    app_id: str
    url: str
    body: bytes
    summary: list[Json]
    number_id: str
    id: str = field(default_factory=lambda: numeric_id(12))
    attempt: int = 0
    first_at: float = 0.0
    lane: str | None = None
    """Whose turn it waits for; None waits for nobody."""
    trouble: str | None = None
    """unsigned or badly_signed, when a fault says so; of the first attempt only."""

    def as_document(self) -> Json:
        """For the state file: enough to repeat it in another life."""
        return {
            "app_id": self.app_id,
            "url": self.url,
            "body": self.body.decode("ascii"),
            "summary": self.summary,
            "number_id": self.number_id,
            "id": self.id,
            "attempt": self.attempt,
            "first_at": self.first_at,
        }


class Postman:
    def __init__(
        self,
        config: Config,
        clock: Clock,
        accounts: Accounts,
        faults: Faults,
        journal: Journal,
        storage: Storage,
    ) -> None:
        self._config = config
        self._clock = clock
        self._accounts = accounts
        self._faults = faults
        self._journal = journal
        self._storage = storage
        self._session: aiohttp.ClientSession | None = None
        self._waiting: deque[Delivery] = deque()
        self._lanes: Lanes[Delivery] = Lanes()
        self._lane_of: dict[str, str] = {}
        """The first phone of whoever has had several: what they do stays in order."""
        self._gathering: dict[tuple[str, str], list[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._later = Timetable()
        self._repeating: dict[str, Delivery] = {}
        self.on_heard: Callable[[Json], None] = lambda _summary: None
        """Called with the summary of every update an app answered 200 to."""
        self._timeout = aiohttp.ClientTimeout(total=config.webhook_timeout)

    def start(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        for document in self._storage.documents("delivery"):
            delivery = Delivery(**{**document, "body": document["body"].encode("ascii")})
            self._repeating[delivery.id] = delivery
            self._push(delivery)

    async def stop(self) -> None:
        self._later.clear()
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        for delivery in (*self._waiting, *self._lanes):
            self._storage.put("delivery", delivery.id, delivery.as_document())

    @property
    def pending(self) -> int:
        return len(self._waiting) + len(self._workers) + len(self._later) + len(self._lanes)

    def same_lane(self, before: str, after: str) -> None:
        self._lane_of[after] = self._lane_of.get(before, before)

    def tell(self, update: Update) -> None:
        """Deliver to every subscribed app, together with others if batching is on."""
        callbacks = self._accounts.callbacks(update.waba_id)
        if not callbacks:
            self._journal.add(
                "webhook.unheard", updates=[update.summary], reason="no verified, subscribed app"
            )
        for app, url in callbacks:
            if self._config.batching.most > 1:
                self._gather(app, url, update)
            else:
                self._send_off(app, url, [update])

    def _gather(self, app: MetaApp, url: str, update: Update) -> None:
        key = (app.app_id, url)
        gathered = self._gathering.setdefault(key, [])
        gathered.append(update)
        if len(gathered) == 1:
            self._later.after(self._config.batching.wait, lambda: self._send_gathered(app, url))
        elif len(gathered) >= self._config.batching.most:
            self._send_gathered(app, url)

    def _send_gathered(self, app: MetaApp, url: str) -> None:
        updates = self._gathering.pop((app.app_id, url), None)
        if updates:
            self._send_off(app, url, updates)

    def _send_off(self, app: MetaApp, url: str, updates: list[Update]) -> None:
        first = updates[0]
        faults = self._faults.on_webhook(number=first.number_id, to=first.person, kind=first.kind)
        body = to_wire(envelope(updates))
        copies = max([1, *(fault.copies for fault in faults if fault.action == "duplicated")])
        for _ in range(copies):
            delivery = Delivery(
                app.app_id,
                url,
                body,
                [each.summary for each in updates],
                first.number_id,
                first_at=time.time(),
            )
            if self._config.webhooks_in_order and copies == len(updates) == 1 and first.person:
                who = self._lane_of.get(first.person[0], first.person[0])
                delivery.lane = f"{app.app_id}/{first.number_id}/{who}"
            self._with_trouble(delivery, faults)

    def _with_trouble(self, delivery: Delivery, faults: list[Fault]) -> None:
        wait = sum(self._faults.seconds(fault) for fault in faults if fault.action == "delayed")
        for fault in faults:
            if fault.action in {"unsigned", "badly_signed"}:
                delivery.trouble = fault.action
        if wait > 0:
            delivery.lane = None
            self._later.after(wait, lambda: self._push(delivery))
        else:
            self._push(delivery)

    def _push(self, delivery: Delivery) -> None:
        if delivery.lane is None or self._lanes.enter(delivery.lane, delivery):
            self._start(delivery)

    def _start(self, delivery: Delivery) -> None:
        self._waiting.append(delivery)
        if len(self._workers) < self._config.webhook_concurrency:
            worker = asyncio.get_running_loop().create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self) -> None:
        while self._waiting:
            await self._attempt(self._waiting.popleft())

    async def _attempt(self, delivery: Delivery) -> None:
        delivery.attempt += 1
        started = time.perf_counter()
        try:
            status, problem = await self._post(delivery)
        except asyncio.CancelledError:
            self._storage.put("delivery", delivery.id, delivery.as_document())
            raise
        took = round((time.perf_counter() - started) * 1000, 1)
        self._let_next_go(delivery)
        if status == _OK:
            self._heard(delivery, took)
        else:
            self._repeat(delivery, status, problem, took)

    def _let_next_go(self, delivery: Delivery) -> None:
        """The first attempt is over; a repetition does not hold up the person's next message."""
        lane, delivery.lane = delivery.lane, None
        following = self._lanes.leave(lane) if lane is not None else None
        if following is not None:
            self._start(following)

    async def _post(self, delivery: Delivery) -> tuple[int | None, str | None]:
        if self._session is None:
            return None, "the simulator has not started"
        app = self._accounts.apps.get(delivery.app_id)
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua"}
        if app is not None and delivery.trouble != "unsigned":
            secret = app.app_secret if delivery.trouble is None else app.app_secret + "x"
            headers["X-Hub-Signature-256"] = signature(secret, delivery.body)
        delivery.trouble = None
        try:
            async with self._session.post(
                delivery.url,
                data=delivery.body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                await response.read()
                return response.status, None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return None, str(error) or type(error).__name__

    def _heard(self, delivery: Delivery, took: float) -> None:
        self._journal.add("webhook.delivered", **self._facts(delivery), status=_OK, ms=took)
        if self._repeating.pop(delivery.id, None) is not None:
            self._storage.remove("delivery", delivery.id)
        for each in delivery.summary:
            self.on_heard(each)

    def _repeat(self, delivery: Delivery, status: int | None, problem: str | None, took: float) -> None:
        retries = self._config.retries
        facts = {**self._facts(delivery), "status": status, "error": problem, "ms": took}
        if time.time() - delivery.first_at > retries.give_up_after:
            self._journal.add("webhook.dropped", **facts)
            self._repeating.pop(delivery.id, None)
            self._storage.remove("delivery", delivery.id)
            return
        wait = min(retries.ceiling, retries.first * retries.factor ** min(delivery.attempt - 1, 60))
        self._journal.add("webhook.failed", **facts, retry_in=wait)
        self._repeating[delivery.id] = delivery
        self._storage.put("delivery", delivery.id, delivery.as_document())
        self._later.after(wait, lambda: self._push(delivery))

    def _facts(self, delivery: Delivery) -> Json:
        facts: Json = {
            "delivery": delivery.id,
            "app": delivery.app_id,
            "number": delivery.number_id,
            "attempt": delivery.attempt,
            "updates": delivery.summary,
        }
        if self._config.log_bodies:
            facts["body"] = delivery.body.decode("ascii")
        return facts
