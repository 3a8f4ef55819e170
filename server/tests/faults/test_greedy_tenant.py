"""F15. A tenant with everything to do and a Graph that never answers it; another one does not feel it."""

import asyncio
import random
from collections import Counter

from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import settled
from tests.faults.size import FULL, full_or_tenth
from tests.faults.tenants import Tenant, open_tenant
from tests.faults.torrent import Torrent

SENDS = full_or_tenth(50_000, 600)
PER_PERSON = 10
"""Of these, to each person."""
INBOUND = full_or_tenth(10_000, 200)
INBOUND_PEOPLE = full_or_tenth(500, 100)
PER_SECOND = 300.0
"""As the inbound messages come."""
MODEST = full_or_tenth(60, 8)
PACE = float(full_or_tenth(1, 4))
"""Messages a second of the modest tenant."""
CONTACTS = 6

WAITING = "SELECT count(*) FROM outbox WHERE organization_id = $1"
CAMPAIGN = """
WITH people AS (
    INSERT INTO contacts (organization_id, whatsapp_id)
    SELECT $1, '5521' || (900000000 + place) FROM generate_series(1, $3::int / $4::int) AS place RETURNING id
), talks AS (
    INSERT INTO conversations (organization_id, contact_id, whatsapp_number_id, last_customer_message_at)
    SELECT $1, id, $2, now() FROM people RETURNING id, contact_id
), said AS (
    INSERT INTO messages (organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                          sender_type, type, content, status, created_at)
    SELECT $1, id, contact_id, $2, 'outbound', 'campaign', 'text', '{"text": "Pão!"}', 'pending', now()
    FROM talks, generate_series(1, $4::int) RETURNING id, created_at, conversation_id, contact_id
)
INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id, conversation_id,
                    contact_id, priority)
SELECT id, created_at, $1, $2, conversation_id, contact_id, 2 FROM said
"""


async def test_one_tenant_s_flood_is_not_felt_by_another(
    installation: Installation, figures: Figures, chance: random.Random
) -> None:
    it = installation
    greedy, modest = await open_tenant(it, flows.echo()), await open_tenant(it, flows.echo())
    alone = await open_tenant(it, flows.echo())
    await Load(it, [alone], CONTACTS, MODEST, PACE).run()
    await settled(it, [alone])

    number = greedy.phone_number_id
    await it.meta.fault("status", "dropped", number=number, statuses=["delivered", "read"])
    hang = await it.meta.fault("graph", "hang", number=number, type="text")
    await it.owner.execute(CAMPAIGN, greedy.organization_id, greedy.number_id, SENDS, PER_PERSON)
    people = [f"55119{phone}" for phone in chance.sample(range(10_000_000, 99_999_999), INBOUND_PEOPLE)]
    async with Torrent(it, [greedy], people) as torrent, asyncio.TaskGroup() as group:
        group.create_task(torrent.flow(PER_SECOND, INBOUND / PER_SECOND))
        await Load(it, [modest], CONTACTS, MODEST, PACE).run()
        await until_answered(it, modest)
        waiting = await it.owner.value(WAITING, greedy.organization_id)

    await it.meta.clear_faults(hang)
    if not FULL:  # in full, half a minute passes until the last call that hangs is given up
        await it.kill_workers()
    await settled(it, [greedy, modest])
    felt, usual = (it.oracle.verdict([tenant.phone_number_id]) for tenant in (modest, alone))
    answers = it.oracle.verdict([greedy.phone_number_id])
    figures.add(
        Line.of(
            "F15",
            f"{SENDS} sends and {INBOUND} messages of one tenant whose calls hang; {PACE:.0f}/s of another",
            felt,
            p95_of_the_other_s=felt.delay(0.95),
            p95_alone_s=usual.delay(0.95),
            sends_waiting_meanwhile=waiting,
        )
    )
    assert waiting > SENDS / 2, "the flood was over before it was felt"
    assert felt.clean, felt
    assert felt.answered == MODEST
    assert answers.clean, answers
    assert answers.answered == INBOUND
    check_everything_went_once(it, greedy)


async def until_answered(it: Installation, tenant: Tenant) -> None:
    numbers = [tenant.phone_number_id]
    await it.journal.until(
        lambda: it.oracle.verdict(numbers).answered == MODEST, "every message of the modest tenant"
    )


def check_everything_went_once(it: Installation, tenant: Tenant) -> None:
    """Late, but Meta has taken each message of the greedy tenant, too, and none of them twice."""
    took = Counter(
        taken.callback_data for taken in it.oracle.accepted.values() if taken.number == tenant.phone_number_id
    )
    assert len(took) == SENDS + INBOUND
    assert set(took.values()) == {1}
