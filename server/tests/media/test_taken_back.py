"""A picture that the customer takes back."""

from tests.media.conftest import Desk
from tests.pipeline import deliveries as meta


async def test_nobody_gets_to_see_it_any_more(desk: Desk) -> None:
    await desk.maria.sends_image("Meu documento")
    await desk.until_stored()
    (message,) = await desk.messages()
    back = {
        "from": desk.maria.person.wa_id,
        "id": "wamid.BACK==",
        "timestamp": str(meta.now()),
        "type": "revoke",
        "revoke": {"original_message_id": message["whatsapp_message_id"]},
    }
    body = meta.delivery(meta.value(desk.tenant.phone_number_id, messages=[back]))
    assert (await desk.office.deliver(desk.tenant, body)).status_code == 200
    await desk.office.settled()

    taken_back = (await desk.messages())[0]

    assert (taken_back["content"], taken_back["media"]) == ({}, None)
    assert await desk.links(message["id"]) == []
