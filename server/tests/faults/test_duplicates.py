"""F8. Every delivery several times, also at the same moment to two web processes: one effect."""

import asyncio
import itertools
import random

from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.oracle import Key, Pair
from tests.faults.peace import disagreements, settled
from tests.faults.posts import Posts
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant
from tests.pipeline import deliveries as meta

RACES = full_or_tenth(1000)
PEOPLE = full_or_tenth(50, 20)
COPIES = 5


async def test_every_webhook_up_to_five_times_at_once(installation: Installation, figures: Figures) -> None:
    """Messages and statuses, by the simulator, through the address of both web processes."""
    it, messages = installation, full_or_tenth(2000, 200)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    for copies in range(2, COPIES + 1):
        await it.meta.fault("webhook", "duplicated", copies=copies, probability=0.4)
    before = sum(it.oracle.acknowledged.values())
    await Load(it, tenants, messages // 20, messages, per_second=100).run()
    await settled(it, tenants)

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    copies_taken = sum(it.oracle.acknowledged.values()) - before
    figures.add(
        Line.of("F8", f"{messages} messages, each webhook up to 5 ×", verdict, deliveries_taken=copies_taken)
    )
    assert copies_taken > 2 * messages, "the copies never came"
    assert verdict.clean, verdict
    assert verdict.acknowledged == messages
    assert await disagreements(it, tenants) == []


async def test_copies_race_on_both_web_processes(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    """A first message makes the contact, the conversation and the run too, so newcomers race as well."""
    it = installation
    tenant = await open_tenant(it, flows.echo())
    people = [f"551197{place:07d}" for place in chance.sample(range(9_999_999), PEOPLE)]
    for wa_id in people:
        await it.meta.customer(wa_id, f"Cliente {wa_id[-4:]}")
    async with Posts(it) as posts, asyncio.TaskGroup() as group:
        for wa_id in people:
            races = [Key(Pair(tenant.phone_number_id, wa_id), serial) for serial in _serials()]
            group.create_task(_race(it, posts, tenant, races, random.Random(chance.random())))
    await settled(it, [tenant])

    verdict = it.oracle.verdict([tenant.phone_number_id])
    figures.add(Line.of("F8", f"{RACES} races of 2 to 5 copies on two web processes", verdict))
    assert verdict.clean, verdict
    assert verdict.answered == RACES
    assert await disagreements(it, [tenant]) == []
    (rows,) = await it.owner.fetch(COUNTED, tenant.organization_id)
    assert dict(rows) == {"contacts": PEOPLE, "conversations": PEOPLE, "runs": PEOPLE, "counted": 2 * RACES}


def _serials() -> range:
    return range(1, RACES // PEOPLE + 1)


COUNTED = """
SELECT (SELECT count(*) FROM contacts WHERE organization_id = $1) AS contacts,
       (SELECT count(*) FROM conversations WHERE organization_id = $1) AS conversations,
       (SELECT count(*) FROM flow_runs WHERE organization_id = $1) AS runs,
       (SELECT sum(message_count) FROM conversations WHERE organization_id = $1) AS counted
"""


async def _race(
    it: Installation, posts: Posts, tenant: Tenant, races: list[Key], chance: random.Random
) -> None:
    """One after the other for one person; the copies of one message at the same moment."""
    for key in races:
        wamid = f"wamid.RACE{key.pair.wa_id}.{key.serial}"
        body = meta.message_from(key.pair.number, key.pair.wa_id, key.text, id_=wamid)
        it.oracle.note_asked(wamid, key)
        ports = itertools.islice(itertools.cycle(it.web_ports), chance.randint(2, COPIES))
        await asyncio.gather(*(posts.deliver(tenant, body, port) for port in ports))
        it.oracle.note_acknowledged(wamid)
