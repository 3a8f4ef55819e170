"""F10. A thousand items in one delivery: every good one is applied, a bad one costs only itself."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from pytake.entrypoints.crew import Crew
from tests.faults.batch import BROKEN, BROKEN_REASON, Batch, person
from tests.faults.figures import Figures, Line
from tests.faults.numbers import numbers
from tests.faults.size import full_or_tenth
from tests.pipeline import deliveries as meta
from tests.pipeline.echo import ECHO
from tests.pipeline.office import Office, Tenant

STATUSES = 300
BOTH = full_or_tenth(500, 250)
"""Items of either tenant in the delivery of each."""

DONE = """
SELECT (SELECT count(*) FROM messages WHERE direction = 'inbound') AS messages,
       (SELECT count(*) FROM messages WHERE sender_type = 'phone') AS echoes,
       (SELECT count(*) FROM messages WHERE whatsapp_message_id LIKE 'wamid.OUT%' AND status = 'delivered'
        AND delivered_at IS NOT NULL) AS statuses,
       (SELECT count(*) FROM contacts WHERE opt_in) AS preferences,
       (SELECT count(*) FROM contacts WHERE whatsapp_user_id LIKE 'BR.%2') AS identities,
       (SELECT count(DISTINCT payload ->> 'value') FROM events WHERE type = 'account.changed') AS account
"""


async def test_of_a_thousand_mixed_items_the_broken_one_costs_itself(
    office: Office, figures: Figures
) -> None:
    tenant = await office.tenant(flow=None)
    (other,) = await numbers(office, tenant, 1)
    batch = Batch(tenant.phone_number_id, other, await sent_before(office, tenant))
    await known_before(office, tenant, batch)
    await office.crew.stop(1)

    answer, seconds = await timed(office, tenant, batch)
    assert answer.status_code == 200
    assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'pending'") == 1
    assert await office.count("SELECT count(*) FROM messages") == STATUSES, "not applied while Meta waits"

    async with another_crew(office):
        await office.until("SELECT count(*) = 0 FROM inbound_events WHERE status = 'pending'")

    (done,) = await office.rows(DONE)
    assert sum(done.values()) == batch.good == 999, done
    (parked,) = await office.rows("SELECT status, reason, body FROM inbound_events")
    assert (parked["status"], parked["reason"]) == ("parked", BROKEN_REASON)
    (change,) = json.loads(parked["body"])["entry"][0]["changes"]
    assert change["value"]["messages"] == [BROKEN], "the item alone, to be looked at"
    figures.add(
        Line(
            "F10",
            f"{batch.good + 1} mixed items in one POST, one of them broken",
            batch.good - sum(done.values()),
            0,
            0,
            {"parked": 1, "route_ms": seconds * 1e3},
        )
    )


async def test_items_of_another_tenant_are_parked_and_cost_nobody_anything(
    office: Office, figures: Figures
) -> None:
    """Each tenant's delivery holds as many items for the other's number; both come at once."""
    tenants = [
        await office.tenant("aurora", flow=None),
        await office.tenant("boreal", phone_number_id="455900112233442", flow=None),
    ]
    for tenant in tenants:
        await office.publish(tenant, ECHO)
    await office.owner.execute("UPDATE whatsapp_numbers SET throughput_per_second = 1000")
    bodies = [
        meta.delivery(
            *(
                meta.value(
                    other.phone_number_id,
                    messages=[meta.text(person(place), f"{tenant.path} {place}") for place in range(BOTH)],
                )
                for other in tenants
            )
        )
        for tenant in tenants
    ]

    answers = await asyncio.gather(
        *(office.deliver(tenant, body) for tenant, body in zip(tenants, bodies, strict=True))
    )
    await office.until("SELECT count(*) = 0 FROM inbound_events WHERE status = 'pending'")
    await office.until("SELECT count(*) = 0 FROM outbox")

    assert {answer.status_code for answer in answers} == {200}
    for tenant, other in zip(tenants, reversed(tenants), strict=True):
        await check_tenant(office, tenant, other)
    figures.add(Line("F10", f"two POSTs of {2 * BOTH} items, half of each for the other tenant", 0, 0, 0))


async def check_tenant(office: Office, tenant: Tenant, other: Tenant) -> None:
    organization = tenant.organization_id
    said = await office.rows(
        """
        SELECT content ->> 'text' AS text FROM messages
        WHERE organization_id = $1 AND direction = 'inbound'
        """,
        organization,
    )
    assert sorted(row["text"] for row in said) == sorted(f"{tenant.path} {place}" for place in range(BOTH))
    parked = await office.rows(
        "SELECT reason FROM inbound_events WHERE organization_id = $1 AND status = 'parked'", organization
    )
    reason = f"no number of this organization has the phone number id {other.phone_number_id}"
    assert Counter(row["reason"] for row in parked) == {reason: BOTH}
    heard = Counter(
        (record["to"], record["body"]["text"]["body"])
        for record in office.sim.logged("graph.accepted", number=tenant.phone_number_id)
    )
    assert heard == Counter((person(place), f"eco: {tenant.path} {place}") for place in range(BOTH))


async def timed(office: Office, tenant: Tenant, batch: Batch) -> tuple[httpx.Response, float]:
    body = batch.written()
    began = time.perf_counter()
    answer = await office.deliver(tenant, body)
    return answer, time.perf_counter() - began


@asynccontextmanager
async def another_crew(office: Office) -> AsyncIterator[None]:
    """Hands that were told nothing: they find what waits."""
    crew = Crew()
    crew.runtime = office.runtime
    crew.start()
    try:
        yield
    finally:
        await crew.stop(3)


async def sent_before(office: Office, tenant: Tenant) -> list[str]:
    """Messages of ours that Meta has accepted, all in one conversation; their wamids."""
    async with office.runtime.work(tenant.organization_id) as work:
        rows = await work.fetch(
            """
            WITH contact AS (
                INSERT INTO contacts (organization_id, whatsapp_id) VALUES ($1, '5511800000011') RETURNING id
            ), conversation AS (
                INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id)
                SELECT $1, id, $2 FROM contact RETURNING id, contact_id
            ), message AS (
                INSERT INTO messages (organization_id, conversation_id, contact_id, whatsapp_number_id,
                                      direction, content, status, whatsapp_message_id, created_at)
                SELECT $1, id, contact_id, $2, 'outbound', '{}', 'accepted', 'wamid.OUT' || place, now()
                FROM conversation, generate_series(0, $3 - 1) AS place
                RETURNING id, created_at, whatsapp_message_id
            )
            INSERT INTO message_ids SELECT $1, $2, whatsapp_message_id, id, created_at FROM message
            RETURNING whatsapp_message_id
            """,
            tenant.organization_id,
            tenant.number_id,
            STATUSES,
        )
    return [row["whatsapp_message_id"] for row in rows]


async def known_before(office: Office, tenant: Tenant, batch: Batch) -> None:
    """People who had another user id."""
    await office.owner.executemany(
        "INSERT INTO contacts (organization_id, whatsapp_id, whatsapp_user_id) VALUES ($1, $2, $3)",
        [(tenant.organization_id, wa_id, before) for wa_id, before, _ in batch.renamed()],
    )
