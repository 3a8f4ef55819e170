"""What WhatsApp tells, applied at once: for tests that write every status themselves."""

from typing import Any

import orjson

from pytake.inbound.apply import Arrived, apply
from pytake.kit.work import Work
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant


async def hear(office: Office, tenant: Tenant, **arrays: Any) -> None:
    """As from one webhook, all of it in one transaction."""
    body = orjson.dumps(meta.delivery(meta.value(tenant.phone_number_id, **arrays)))
    items = office.runtime.ports.whatsapp.read(body)
    async with office.runtime.work(tenant.organization_id) as work:
        left = await apply(work, [Arrived(tenant.channel_id, item, lambda: body) for item in items])
    assert [*left.parked, *left.waiting, *left.again] == []


async def a_message_out(work: Work, tenant: Tenant, wa_id: str) -> str:
    """One that WhatsApp has accepted, in the conversation of somebody who has written; its wamid."""
    wamid = meta.wamid()
    await work.execute(
        """
        WITH talk AS (
            SELECT c.id, c.contact_id FROM conversations c JOIN contacts k ON k.id = c.contact_id
            WHERE k.whatsapp_id = $2
        ), said AS (
            INSERT INTO messages (organization_id, conversation_id, contact_id, whatsapp_number_id, direction,
                                  type, content, status, whatsapp_message_id)
            SELECT $1, talk.id, talk.contact_id, $3, 'outbound', 'text', '{"text": "Oi"}', 'accepted', $4
            FROM talk RETURNING id, created_at
        )
        INSERT INTO message_ids (organization_id, whatsapp_number_id, whatsapp_message_id, message_id,
                                 message_created_at)
        SELECT $1, $3, $4, id, created_at FROM said
        """,
        work.organization_id,
        wa_id,
        tenant.number_id,
        wamid,
    )
    return wamid
