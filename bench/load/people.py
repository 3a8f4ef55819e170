"""People who write, get acknowledged, are answered, and say what became of the answers."""

import asyncio
import itertools
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple

from bench.load.plan import OPEN, Outcome, Plan
from bench.load.timings import Timings, milliseconds
from bench.load.webhooks import Writer, wa_id, wamid
from bench.oracle import PREFIX
from bench.wire import Pool

PAUSE = 0.2
"""Seconds before a refused webhook comes again."""


class Acceptance(NamedTuple):
    """A reply that reached Graph."""

    wamid: bytes
    callback: bytes | None
    at: float


@dataclass(slots=True)
class Person:
    key: str
    wa_id: bytes
    writer: Writer
    said: list[str] = field(default_factory=list)
    acknowledged: asyncio.Event | None = None
    """Of the last message."""


class Crowd:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.pool = Pool(plan.addresses, plan.connections)
        self.timings = Timings(plan.warm_up, plan.seconds)
        self.outcome = Outcome()
        self.refused: Counter[str] = Counter()
        self.waiting: dict[str, tuple[str, asyncio.Future[Acceptance]]] = {}
        """By text: who wrote it, and the reply to come."""
        self.people: list[Person] = []
        self._serial = itertools.count()
        self._known: dict[str, itertools.count[int]] = {}
        self._writers = [Writer(number) for number in plan.numbers]
        self._chance = random.Random(plan.seed)

    async def write(self) -> Outcome:
        """Run the plan and answer when everything was answered, or patience has ended."""
        tasks = await self._begin()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self.plan.patience + self._left())
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for task in tasks - late:
                task.result()
        return self._told()

    def hear(self, number: str, to: str, text: str, acceptance: Acceptance) -> None:
        """Somebody got a message. One that nobody waits for is the oracle's business."""
        key, reply = self.waiting.get(text.removeprefix(PREFIX), ("", None))
        if reply is not None and key == f"{number}:{to}" and not reply.done():
            reply.set_result(acceptance)

    # --- the two kinds of load --------------------------------------------------------------------------

    async def _begin(self) -> set[asyncio.Task[None]]:
        if self.plan.mode == OPEN:
            return await self._keep_the_rate()
        places = [place for place, number in enumerate(self.plan.numbers) for _ in range(number.people)]
        return {asyncio.create_task(self._talk(place)) for place in places}

    async def _talk(self, place: int) -> None:
        """One seat of a closed load: somebody talks, then somebody else."""
        exchanges = self.plan.most_per_person // self.plan.burst
        while True:
            person = self._new_person(place)
            for _ in range(exchanges):
                if self.timings.is_over():
                    return
                await self._exchange(person)

    async def _exchange(self, person: Person) -> None:
        """What was written counts as written, whoever is cancelled while waiting."""
        begun = []
        for _ in range(self.plan.burst):
            since = time.perf_counter()
            begun.append((since, await self._say(person, since)))
        await asyncio.gather(*(self._read(person, since, reply) for since, reply in begun))

    async def _keep_the_rate(self) -> set[asyncio.Task[None]]:
        """Arrivals at random, so many a second; in turn through everybody, so nobody writes too often."""
        for place, number in enumerate(self.plan.numbers):
            self.people += [self._new_person(place) for _ in range(number.people)]
        self._chance.shuffle(self.people)
        turns = itertools.cycle(self.people)
        tasks: set[asyncio.Task[None]] = set()
        due = self.timings.started
        while due < self.timings.end:
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            person = next(turns)
            before, person.acknowledged = person.acknowledged, asyncio.Event()
            tasks.add(asyncio.create_task(self._once(person, due, before, person.acknowledged)))
            due += self._chance.expovariate(self.plan.rate)
        return tasks

    async def _once(
        self, person: Person, due: float, before: asyncio.Event | None, acknowledged: asyncio.Event
    ) -> None:
        """Nobody's second message leaves before the first was acknowledged: their order is what is judged."""
        if before is not None:
            await before.wait()
        try:
            reply = await self._say(person, due)
        finally:
            acknowledged.set()
        await self._read(person, due, reply)

    def _new_person(self, place: int) -> Person:
        """Phone numbers begin anew with every business: the same people write to several."""
        number = self.plan.numbers[place].phone_number_id
        known = self._known.setdefault(number, itertools.count(self.plan.first_person))
        phone = wa_id(next(known))
        person = Person(f"{number}:{phone.decode()}", phone, self._writers[place])
        self.outcome.said[person.key] = person.said
        return person

    # --- one message ------------------------------------------------------------------------------------

    async def _say(self, person: Person, since: float) -> "asyncio.Future[Acceptance]":
        """Answer when the message is acknowledged; the reply may have come by then."""
        place = next(self._serial)
        text = f"{self.plan.first_person}.{place}"
        reply: asyncio.Future[Acceptance] = asyncio.get_running_loop().create_future()
        if self.plan.graph:
            self.waiting[text] = person.key, reply
        person.said.append(text)
        self.outcome.posted += 1
        self.timings.last_message = time.perf_counter()
        request = person.writer.message(person.wa_id, wamid(self.plan.first_person, place), text.encode())
        await self._deliver(request, since)
        self.outcome.acknowledged += 1
        return reply

    async def _deliver(self, request: bytes, since: float) -> None:
        if self.plan.twice and self._chance.random() < self.plan.twice:
            await asyncio.gather(self._post(request, since), self._post(request, since))
        else:
            await self._post(request, since)

    async def _post(self, request: bytes, since: float) -> None:
        """Until it is acknowledged."""
        while True:
            try:
                answer = await self.pool.ask(request)
            except OSError:
                self.outcome.resent += 1
                await asyncio.sleep(0.01)
                continue
            if answer.status == HTTPStatus.OK:
                self.timings.acknowledged(since)
                return
            self.refused[str(answer.status)] += 1
            await asyncio.sleep(PAUSE)

    async def _read(self, person: Person, since: float, reply: "asyncio.Future[Acceptance]") -> None:
        if not self.plan.graph:
            return
        acceptance = await reply
        self.outcome.answered += 1
        self.timings.answered(since, acceptance.at)
        for status in self.plan.statuses:
            told = person.writer.status(person.wa_id, acceptance.wamid, status.encode(), acceptance.callback)
            await self._post(told, time.perf_counter())

    # --- the end ----------------------------------------------------------------------------------------

    def _left(self) -> float:
        return max(0.0, self.timings.end - time.perf_counter())

    def _told(self) -> Outcome:
        counted = self.timings.in_window if self.plan.graph else self.timings.acks_in_window
        self.outcome.rate = counted / self.timings.seconds
        self.outcome.ack_ms = milliseconds(self.timings.acks)
        self.outcome.reply_ms = milliseconds(self.timings.replies)
        self.outcome.refused = dict(self.refused)
        self.outcome.drained_after = max(0.0, self.timings.last_reply - self.timings.last_message)
        self.outcome.cpu_seconds = time.process_time()
        return self.outcome
