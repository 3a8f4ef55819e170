"""F1, the agents' half: requests repeated with their Idempotency-Key while every process is killed."""

import asyncio
import random
from collections import defaultdict
from itertools import pairwise

from tests.faults.agents import Agents
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import open_tenant

PEOPLE = full_or_tenth(60, 10)
EACH = full_or_tenth(34, 20)
"""Messages to each of them; WhatsApp takes 44 at once."""
KILLS = full_or_tenth(20)


async def test_agents_write_while_processes_are_killed(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it = installation
    tenant = await open_tenant(it, None)
    await Load(it, [tenant], PEOPLE, PEOPLE, per_second=200).run()
    await settled(it, [tenant])
    rows = await it.owner.fetch(
        "SELECT id FROM conversations WHERE organization_id = $1", tenant.organization_id
    )
    assert len(rows) == PEOPLE

    async with Agents(it) as agents:
        async with asyncio.TaskGroup() as group:
            group.create_task(
                agents.write(tenant, [row["id"] for row in rows], EACH, per_second=full_or_tenth(40, 60))
            )
            group.create_task(_kill(it, agents, chance))
        await settled(it, [tenant])
        it.journal.catch_up()

    lost, doubled, disordered = _judged(agents)
    what = f"{PEOPLE * EACH} messages of agents, each asked for twice, all processes killed {KILLS} ×"
    figures.add(Line("F1", what, lost, doubled, disordered, {"requests without an answer": agents.repeated}))
    assert (lost, doubled, disordered) == (0, 0, 0)
    assert agents.repeated, "no kill hit a request"
    assert {len(ids) for ids in agents.answers.values()} == {1}, "one request, one message"
    assert await disagreements(it, [tenant]) == []


async def _kill(it: Installation, agents: Agents, chance: random.Random) -> None:
    """At places drawn by chance in the middle of the work; web processes and workers in turn."""
    all_of_them = PEOPLE * EACH
    for place in sorted(chance.sample(range(all_of_them // 10, all_of_them * 9 // 10), KILLS)):
        while agents.written < place:
            await asyncio.sleep(0.01)
        await it.until_ready([*it.webs, *it.workers])
        await it.kill_webs()
        await it.kill_workers()


def _judged(agents: Agents) -> tuple[int, int, int]:
    """Lost, doubled and out of order, by what Meta took."""
    serials: dict[str, list[int]] = defaultdict(list)
    for text in agents.heard:
        serial, _, conversation = text.partition("/")
        serials[conversation].append(int(serial))
    different = sum(len(set(each)) for each in serials.values())
    disordered = sum(later < earlier for each in serials.values() for earlier, later in pairwise(each))
    return len(agents.answers) - different, len(agents.heard) - different, disordered
