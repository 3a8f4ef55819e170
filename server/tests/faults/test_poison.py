"""F14. Messages that meet a bug: each is tried a few times and put aside, and everybody else is answered."""

import asyncio
import itertools
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pytake.inbound import service as inbound
from pytake.inbound.service import Parked
from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.oracle import Key, Pair, Verdict
from tests.faults.peace import disagreements, settled
from tests.faults.poisoned import POISON
from tests.faults.size import FULL, full_or_tenth
from tests.faults.tenants import Tenant, open_tenant

MESSAGES = full_or_tenth(5_000, 200)
CONTACTS = full_or_tenth(100, 20)
PER_SECOND = 100.0
HARMS = ("raise", "memory")
DEADLY = {"exit": full_or_tenth(6, 0), "loop": full_or_tenth(2, 0)}
"""How many messages end the worker: each does it five times, and a loop has to hang before."""
TRIES = 5
"""Once in a batch with others, then alone."""
UNLUCKY = "5511900000666"
"""Somebody all of whose messages are poison."""
BAD_LUCK = ("raise", "memory", "exit", "raise", "memory")
REASONS = {
    "raise": "ZeroDivisionError: a bug",
    "memory": "MemoryError: 200000000 bytes, and it was not enough",
    "exit": "given up after 5 tries that never came back",
    "loop": "given up after 5 tries that never came back",
}

PARKED = "SELECT count(*) FROM inbound_events WHERE organization_id = $1 AND status = 'parked'"
SERVER = Path(__file__).parents[2]


@dataclass(frozen=True)
class Bugs:
    """What the workers' bug does to which text."""

    path: Path

    def are(self, harms: dict[str, str]) -> None:
        """Written beside and moved into place: a worker may be reading."""
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(harms))
        draft.replace(self.path)

    def known(self) -> dict[str, str]:
        """By text."""
        harms: dict[str, str] = json.loads(self.path.read_text())
        return harms

    def tries(self) -> Counter[str]:
        """By text."""
        lines = self.path.with_name("tries").read_text().splitlines()
        return Counter(line.partition(" ")[2] for line in lines)


@asynccontextmanager
async def buggy_workers(it: Installation, folder: Path) -> AsyncIterator[Bugs]:
    """The same workers, with a bug; without it again at the end."""
    bugs = Bugs(folder / "bugs.json")
    bugs.are({})
    before = {worker.name: (worker.child.command, worker.child.environment) for worker in it.workers}
    for worker in it.workers:
        worker.child.command = [sys.executable, "-m", "tests.faults.poisoned", "worker"]
        worker.child.environment = {
            **worker.child.environment,
            POISON: str(bugs.path),
            "PYTHONPATH": str(SERVER),
        }
    try:
        await begin_anew(it)
        yield bugs
    finally:
        for worker in it.workers:
            worker.child.command, worker.child.environment = before[worker.name]
        await begin_anew(it)


async def begin_anew(it: Installation) -> None:
    """Every worker dies, and what the keeper starts is what we made of it meanwhile."""
    await it.kill_workers()
    await it.until_ready(it.workers)


def poison_for(load: Load, tenant: Tenant, chance: random.Random) -> dict[str, str]:
    """One message in a hundred of the load, all of this tenant, some of each kind of harm."""
    keys = [
        Key(pair, serial)
        for pair, share in load.shares().items()
        for serial in range(1, share + 1)
        if pair.number == tenant.phone_number_id
    ]
    deadly = [harm for harm, count in DEADLY.items() for _ in range(count)]
    chosen = chance.sample(sorted(keys), len(deadly) + max(len(HARMS), load.messages // 100 - len(deadly)))
    harms = [*deadly, *itertools.islice(itertools.cycle(HARMS), len(chosen) - len(deadly))]
    return {key.text: harm for key, harm in zip(chosen, harms, strict=True)}


async def answered(it: Installation, load: Load, poison: Collection[str] = ()) -> float:
    """Run the load until everybody has an answer and the poison is put aside; how many seconds it took until
    99 of a hundred who wrote something else had theirs.
    """
    await load.run()
    await until_parked(it, load.tenants[0], len(poison))
    if (
        poison and not FULL
    ):  # what a worker had called when it died waits for a minute, unless no worker lives
        await it.kill_workers()
    await settled(it, load.tenants)
    numbers = [tenant.phone_number_id for tenant in load.tenants]
    return it.oracle.seconds_until(0.99, numbers, besides=poison)


async def bad_luck(it: Installation, tenant: Tenant) -> None:
    """Somebody says five things, and all are poison."""
    await it.meta.customer(UNLUCKY, "Azarado")
    for text in of_the_unlucky(tenant):
        await it.oracle.acknowledgement(await it.meta.says(UNLUCKY, text, tenant.phone_number_id))


def of_the_unlucky(tenant: Tenant) -> dict[str, str]:
    pair = Pair(tenant.phone_number_id, UNLUCKY)
    return {Key(pair, serial).text: harm for serial, harm in enumerate(BAD_LUCK, start=1)}


async def test_poison_is_put_aside_and_replayed_in_order(
    installation: Installation, figures: Figures, chance: random.Random, tmp_path: Path
) -> None:
    it = installation
    async with buggy_workers(it, tmp_path) as bugs:
        usual = await answered(it, Load(it, await two(it), CONTACTS, MESSAGES, PER_SECOND))
        sick, well = tenants = await two(it)
        load = Load(it, tenants, CONTACTS, MESSAGES, PER_SECOND)
        poison = poison_for(load, sick, chance)
        poison |= of_the_unlucky(sick)
        bugs.are(poison)
        await bad_luck(it, sick)
        slow = await answered(it, load, poison)
        memory = max(worker.memory_mb() for worker in it.workers)
        await check_put_aside(it, sick, bugs)
    others = it.oracle.verdict([well.phone_number_id])
    delays = it.oracle.verdict([sick.phone_number_id])
    verdict = await replayed(it, sick, bugs)
    figures.add(
        Line.of(
            "F14",
            f"{MESSAGES} messages, {len(poison)} of them poison ({', '.join(sorted(set(poison.values())))})",
            verdict,
            most_tries=max(bugs.tries().values()),
            slowdown=slow / usual,
            delay_p95_s=delays.delay(0.95),
            delay_p95_s_of_another_tenant=others.delay(0.95),
            worker_mb=memory,
        )
    )
    assert verdict.clean, verdict
    assert others.clean, others
    assert await disagreements(it, tenants) == []


async def two(it: Installation) -> list[Tenant]:
    return [await open_tenant(it, flows.echo()) for _ in range(2)]


async def check_put_aside(it: Installation, sick: Tenant, bugs: Bugs) -> None:
    """Each poison alone is parked, with the reason; nothing else is, and nobody else waits."""
    poison = bugs.known()
    async with it.runtime.work(sick.organization_id) as work:
        parked = await inbound.parked(work, 1_000)
    assert {text_of(item): item.reason for item in parked} == {
        text: REASONS[harm] for text, harm in poison.items()
    }
    tries = bugs.tries()
    assert tries.keys() == poison.keys()
    assert max(tries.values()) <= TRIES, tries
    verdict = it.oracle.verdict([sick.phone_number_id])
    assert set(verdict.lost) == poison.keys()
    assert replace(verdict, lost=()).clean, verdict


async def until_parked(it: Installation, sick: Tenant, count: int) -> None:
    async with asyncio.timeout(1200):
        while await it.owner.value(PARKED, sick.organization_id) < count:
            await asyncio.sleep(0.1)


def text_of(item: Parked) -> str:
    (change,) = json.loads(item.body)["entry"][0]["changes"]
    (message,) = change["value"]["messages"]
    text: str = message["text"]["body"]
    return text


async def replayed(it: Installation, sick: Tenant, bugs: Bugs) -> Verdict:
    """What was put aside is answered now: late, but among themselves in the order they were written.

    The verdict counts as out of order only what nobody had put aside.
    """
    late, before = bugs.known().keys(), len(it.oracle.answers)
    async with it.runtime.work(sick.organization_id) as work:
        await inbound.replay(work)
    await settled(it, [sick])
    told: dict[Pair, list[int]] = {}
    for answer in it.oracle.answers[before:]:
        if answer.key.text in late:
            told.setdefault(answer.key.pair, []).append(answer.key.serial)
    assert told[Pair(sick.phone_number_id, UNLUCKY)] == [1, 2, 3, 4, 5]
    assert all(serials == sorted(serials) for serials in told.values()), told
    verdict = it.oracle.verdict([sick.phone_number_id])
    return replace(verdict, disordered=tuple(set(verdict.disordered) - late))
