"""Templates that Meta accepts and holds back: said beside the message, until a status tells more."""

import json
from typing import Any
from uuid import UUID

import pytest

from pytake.conversations.service import receive
from pytake.conversations.service.say import say, write
from pytake.conversations.service.settle import Settlement, settle
from simulator.testing import RunningSimulator
from tests.factories import a_contact
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.told import a_message_out, hear

MARIA = "5511900000011"
TEMPLATE = {"name": "aviso", "language": "pt_BR", "components": []}
HELD = "held_for_quality_assessment"


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    return await office.tenant(flow=None)


async def row(office: Office, message_id: UUID) -> dict[str, Any]:
    (found,) = await office.rows("SELECT * FROM messages WHERE id = $1", message_id)
    return found | {"metadata": json.loads(found["metadata"])}


@pytest.fixture
async def held(office: Office, sim: RunningSimulator, tenant: Tenant) -> UUID:
    """Accepted and held; of what becomes of it the test tells itself."""
    sim.fault("graph", "hold", type="template")
    sim.fault("status", "dropped", type="template")
    async with office.runtime.work(tenant.organization_id) as work:
        contact_id = await a_contact(work)
        (talk,) = (await receive.open_for(work, [(contact_id, tenant.number_id)])).values()
        message = say(work, talk, "template", dict(TEMPLATE))
        await write(work, [message], [talk])
    await office.until("SELECT status = 'accepted' FROM messages WHERE id = $1", message.id)
    return message.id


async def test_what_meta_holds_is_told_so(office: Office, held: UUID) -> None:
    assert (await row(office, held))["metadata"] == {"held": HELD}


@pytest.mark.parametrize("status", ["sent", "delivered", "failed"])
async def test_a_status_settles_it(office: Office, tenant: Tenant, held: UUID, status: str) -> None:
    wamid = (await row(office, held))["whatsapp_message_id"]
    errors = [{"code": 132015, "title": "Template is Paused"}] if status == "failed" else None

    await hear(office, tenant, statuses=[meta.status(wamid, status, errors=errors)])

    found = await row(office, held)
    assert (found["status"], "held" in found["metadata"]) == (status, False)
    assert found["error_code"] == (132015 if status == "failed" else None)


async def test_it_is_not_held_any_more_when_the_status_was_first(office: Office, tenant: Tenant) -> None:
    await hear(office, tenant, messages=[meta.text(MARIA, "Oi")])
    async with office.runtime.work(tenant.organization_id) as work:
        wamid = await a_message_out(work, tenant, MARIA)
    await hear(office, tenant, statuses=[meta.status(wamid, "sent")])
    await office.owner.execute("UPDATE messages SET whatsapp_message_id = NULL WHERE direction = 'outbound'")
    (found,) = await office.rows("SELECT id, created_at FROM messages WHERE direction = 'outbound'")

    async with office.runtime.work(tenant.organization_id) as work:
        late = Settlement(found["id"], found["created_at"], "accepted", wamid, held=HELD)
        await settle(work, [late])

    after = await row(office, found["id"])
    assert (after["status"], after["whatsapp_message_id"], after["metadata"]) == ("sent", wamid, {})
