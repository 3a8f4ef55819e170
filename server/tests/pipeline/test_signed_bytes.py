"""Each body of the corpus exactly as its bytes are: what Meta signed is stored and shown, nothing else is."""

from typing import Any

import pytest

from pytake.identity.types import Role
from tests.adapters.meta import corpus
from tests.adapters.meta.test_corpus import RAW, named
from tests.factories import a_user, bearer
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

THANKS = "ありがとう 🙏🏽 – naïve café ½ €"
SHOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "ascii-escapes-none": ("text", {"text": "Oi! Vocês entregam no centro?"}),
    "unicode-escaped": ("text", {"text": THANKS}),
    "unicode-raw-utf8": ("text", {"text": THANKS}),
    "slashes-escaped": ("image", {"media_id": "1439584321610178", "mime_type": "image/png"}),
    "uppercase-hex": ("location", {"name": "Padaria Modelo", "url": "https://padaria.example.com/"}),
}
STATUS = "wamid.HBgNNTUxMTkwMDAwMDAxMRUCABEYEjgwQUJEMEU5MkNBQ0VFQTZEMAA="
"""What the body that is no message speaks of."""


async def post(office: Office, tenant: Tenant, case: Any) -> Any:
    signature = case["x_hub_signature_256"]
    async with office.client() as client:
        return await client.post(
            tenant.path,
            content=corpus.body("raw", case["file"]),
            headers={"x-hub-signature-256": signature} if signature else {},
        )


async def shown(office: Office, tenant: Tenant) -> list[Any]:
    """Every message, as the API tells of it."""
    user_id, _ = await a_user(office.runtime, tenant.organization_id, role=Role.ORG_ADMIN)
    headers = await bearer(office.runtime, tenant.organization_id, user_id)
    async with office.client() as client:
        talks = (await client.get("/api/v1/conversations", headers=headers)).json()["items"]
        paths = [f"/api/v1/conversations/{talk['id']}/messages" for talk in talks]
        answers = [await client.get(path, headers=headers) for path in paths]
    return [message for answer in answers for message in answer.json()["items"]]


async def test_every_body_is_told_what_becomes_of_it() -> None:
    genuine = {case["file"].removesuffix(".body") for case in RAW["files"] if case["valid"] is not False}
    assert genuine == SHOWN.keys() | {"pretty-printed-with-newlines"}


@pytest.mark.parametrize("case", RAW["files"], ids=named)
async def test_what_meta_signed_is_stored_and_shown(office: Office, case: Any) -> None:
    tenant = await office.tenant(register=False, flow=None)

    answer = await post(office, tenant, case)
    await office.settled()

    expected = case["expected_http_status"]
    assert answer.status_code in ({expected} if expected else {200, 401})
    found = await shown(office, tenant)
    if answer.status_code != 200:
        assert answer.json()["error"]["code"] == "signature_invalid"
        assert await office.count("SELECT count(*) FROM inbound_events") == 0
        assert found == []
    elif told := SHOWN.get(case["file"].removesuffix(".body")):
        (message,) = found
        assert (message["type"], message["status"]) == (told[0], "received")
        assert told[1].items() <= message["content"].items()
    else:
        assert found == []
        assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'waiting'") == 1


async def test_a_pretty_printed_status_settles_the_message_it_speaks_of(office: Office) -> None:
    tenant = await office.tenant(register=False, flow=None)
    echo = meta.text("551130000100", "Seu pedido saiu.", id_=STATUS) | {"to": "5511900000011"}
    value = meta.value(tenant.phone_number_id, message_echoes=[echo])
    (case,) = [each for each in RAW["files"] if each["file"] == "pretty-printed-with-newlines.body"]

    await post(office, tenant, case)
    await office.settled()
    await office.deliver(tenant, meta.delivery(value, field="smb_message_echoes"))
    await office.settled()

    await office.until("SELECT count(*) = 0 FROM inbound_events")
    (message,) = await shown(office, tenant)
    assert message["status"] == "sent"
    assert message["metadata"]["pricing"]["category"] == "marketing"
