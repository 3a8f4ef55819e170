"""F9. Webhooks out of order and late: whatever the order, the end is the same."""

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.posts import Posts
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant
from tests.pipeline import deliveries as meta

Json = dict[str, Any]

STATUSES = ("sent", "failed", "delivered", "read", "played")
ORDERS = list(itertools.permutations(STATUSES))
WEEK = 7 * 24 * 3600
NOW = int(time.time())
BEGAN = NOW - 3600
PEOPLE = full_or_tenth(500)
"""Each with twenty events: two messages, and three of the business with five statuses each."""

MOMENTS = ", ".join(
    f"(EXTRACT(epoch FROM {moment}) - {BEGAN})::int AS {moment}"
    for moment in ("sent_at", "failed_at", "delivered_at", "read_at")
)
ENDS = f"""
SELECT DISTINCT status::text, {MOMENTS} FROM messages WHERE organization_id = $1 AND direction = 'outbound'
"""  # noqa: S608 - of constants
WRITTEN = f"""
SELECT whatsapp_message_id, direction, status::text, content, {MOMENTS} FROM messages
WHERE organization_id = $1 ORDER BY whatsapp_message_id
"""  # noqa: S608 - of constants
CONVERSATIONS = """
SELECT k.whatsapp_id, k.total_messages, v.message_count, v.status::text, v.last_customer_message_at
FROM contacts k JOIN conversations v ON v.organization_id = k.organization_id AND v.contact_id = k.id
WHERE k.organization_id = $1 ORDER BY k.whatsapp_id
"""


async def test_every_order_of_five_statuses_ends_the_same(
    installation: Installation, figures: Figures
) -> None:
    """With callback data and without; all five in one transaction, and in five."""
    ways = list(itertools.product((True, False), (True, False)))
    found = await asyncio.gather(*(_ends(installation, *way) for way in ways))
    ends = set().union(*found)
    what = f"all {len(ORDERS)} orders of 5 statuses, {len(ways)} ways each"
    figures.add(Line("F9", what, figures={"different_ends": len(ends)}))
    assert ends == {("played", 0, 1, 2, 3)}


async def _ends(it: Installation, has_callback: bool, is_together: bool) -> set[tuple[Any, ...]]:
    tenant = await open_tenant(it, flows.echo())
    sent = await _messages_nobody_heard_of(it, tenant)
    told = [
        _statuses(wamid, callback if has_callback else None, order)
        for (wamid, callback), order in zip(sent, ORDERS, strict=True)
    ]
    rounds = [list(itertools.chain(*told))] if is_together else list(zip(*told, strict=True))
    async with Posts(it) as posts:
        for statuses in rounds:
            value = meta.value(tenant.phone_number_id, statuses=list(statuses))
            await posts.deliver(tenant, meta.delivery(value))
            await settled(it, [tenant])
    return {tuple(row) for row in await it.owner.fetch(ENDS, tenant.organization_id)}


async def _messages_nobody_heard_of(it: Installation, tenant: Tenant) -> list[tuple[str, str]]:
    """One answer for each order, with its callback data; the simulator tells nothing of them."""
    rule = await it.meta.fault("status", "dropped", number=tenant.phone_number_id)
    await Load(it, [tenant], len(ORDERS), len(ORDERS), per_second=500).run()
    await settled(it, [tenant])
    await it.meta.clear_faults(rule)
    return [
        (wamid, taken.callback_data or "")
        for wamid, taken in it.oracle.accepted.items()
        if taken.number == tenant.phone_number_id
    ]


def _statuses(wamid: str, callback: str | None, order: Sequence[str]) -> list[Json]:
    return [
        meta.status(wamid, status, timestamp=BEGAN + STATUSES.index(status), callback=callback)
        for status in order
    ]


async def test_shuffled_events_end_as_sorted_ones(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    """Up to a week old, one by one and many at once, statuses before the message they speak of."""
    it = installation
    ordered, shuffled = [await open_tenant(it, None) for _ in range(2)]
    people = [f"551196{place:07d}" for place in chance.sample(range(9_999_999), PEOPLE)]
    events = [event for wa_id in people for event in _life(wa_id, chance)]
    mixed = chance.sample(events, len(events))
    async with Posts(it) as posts:
        for first in range(0, len(events), 100):
            await posts.deliver(ordered, _delivery(ordered, events[first : first + 100]))
        await posts.deliver_all(shuffled, (_delivery(shuffled, [event]) for event in mixed))
    for tenant in (ordered, shuffled):
        await settled(it, [tenant])
        await _nobody_waits(it, tenant)

    figures.add(Line("F9", f"{len(events)} events shuffled, compared with the same in order"))
    for question in (WRITTEN, CONVERSATIONS):
        expected, found = [await _answer(it, question, tenant) for tenant in (ordered, shuffled)]
        assert found == expected
    assert len(await _answer(it, WRITTEN, shuffled)) == 5 * PEOPLE


Event = tuple[str, Json]
"""The array of the delivery it belongs to, and the item."""


def _life(wa_id: str, chance: random.Random) -> Iterator[Event]:
    """What happened between one person and the business in the last week, in its order."""
    moments = sorted(chance.sample(range(NOW - WEEK, NOW - 60), 20))
    for place in range(2):
        written = meta.text(
            wa_id, f"mensagem {place}", id_=f"wamid.IN{place}.{wa_id}", timestamp=moments.pop(0)
        )
        yield "messages", written
    for place in range(3):
        wamid = f"wamid.OUT{place}.{wa_id}"
        said = meta.text("551130000100", f"resposta {place}", id_=wamid, timestamp=moments.pop(0))
        yield "message_echoes", {**said, "to": wa_id}
        for status in STATUSES:
            yield "statuses", meta.status(wamid, status, timestamp=moments.pop(0))


def _delivery(tenant: Tenant, events: Sequence[Event]) -> Json:
    """Changes in the order of the events; Meta tells echoes by a field of their own."""
    changes = [
        {
            "field": "smb_message_echoes" if array == "message_echoes" else "messages",
            "value": meta.value(tenant.phone_number_id, **{array: [item]}),
        }
        for array, item in events
    ]
    return {"object": "whatsapp_business_account", "entry": [{"id": tenant.waba_id, "changes": changes}]}


async def _answer(it: Installation, question: str, tenant: Tenant) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await it.owner.fetch(question, tenant.organization_id)]


async def _nobody_waits(it: Installation, tenant: Tenant) -> None:
    """Until every status has met its message: those put aside are looked for every few seconds."""
    waiting = "SELECT count(*) FROM inbound_events WHERE organization_id = $1"
    async with asyncio.timeout(300):
        while await it.owner.value(waiting, tenant.organization_id):
            await asyncio.sleep(0.05)


async def test_statuses_that_overtake_the_answer_and_each_other(
    installation: Installation, figures: Figures
) -> None:
    """Graph answers a second after the first status; statuses come in reverse, late, several times."""
    it, messages = installation, full_or_tenth(1000)
    tenants = [await open_tenant(it, flows.echo())]
    await it.meta.fault("graph", "slow", seconds=1.0, type="text")
    await it.meta.fault("status", "swapped", probability=0.5)
    await it.meta.fault("webhook", "delayed", jitter=1.0, probability=0.3, type="status")
    await it.meta.fault("webhook", "duplicated", copies=2, probability=0.3, type="status")
    await Load(it, tenants, messages // 2, messages, per_second=100).run()
    await settled(it, tenants)
    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    what = f"{messages} messages, statuses before the answer, in reverse, late, doubled"
    figures.add(Line.of("F9", what, verdict))
    assert verdict.clean, verdict
    assert await disagreements(it, tenants) == []


async def test_a_message_of_last_week_is_kept_and_left_to_people(installation: Installation) -> None:
    it = installation
    tenant = await open_tenant(it, flows.echo())
    old = meta.message_from(
        tenant.phone_number_id, "5511960000001", "ainda dá tempo?", timestamp=NOW - WEEK + 60
    )
    async with Posts(it) as posts:
        await posts.deliver(tenant, old)
    await settled(it, [tenant])
    written = await it.owner.fetch(
        "SELECT direction FROM messages WHERE organization_id = $1", tenant.organization_id
    )
    assert [row["direction"] for row in written] == ["inbound"]
