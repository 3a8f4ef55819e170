"""What agents see of messages that were changed, and their own reactions."""

import json
from typing import Any

from tests.pipeline import deliveries as meta
from tests.writing.conftest import Desk

Json = dict[str, Any]


async def shown(desk: Desk) -> list[Json]:
    answer = await desk.client.get(desk.path)
    items: list[Json] = answer.json()["items"]
    return items


async def said_first(desk: Desk) -> Json:
    return (await shown(desk))[0]


async def changed(desk: Desk, kind: str, id_: str, **body: Any) -> None:
    spoken = {"from": "5511900000011", "id": id_, "timestamp": str(meta.now()), "type": kind, kind: body}
    value = meta.value(desk.tenant.phone_number_id, messages=[spoken])
    assert (await desk.office.deliver(desk.tenant, meta.delivery(value))).status_code == 200
    await desk.office.settled()


async def test_an_edit_shows_the_new_words_and_keeps_the_old(desk: Desk) -> None:
    first = await said_first(desk)
    new = {"type": "text", "text": {"body": "Vocês entregam no centro?"}}
    target = first["whatsapp_message_id"]
    await changed(desk, "edit", "wamid.E==", original_message_id=target, message=new)

    message, edit = await shown(desk)

    assert message["content"] == {"text": "Vocês entregam no centro?"}
    assert message["metadata"]["original"] == first["content"]
    assert edit["metadata"]["applied"] is True
    assert "text" not in edit["content"]
    last = (await desk.client.get("/api/v1/conversations")).json()["items"][0]["last_message"]
    assert (last["type"], last["preview"]) == ("edited", None)


async def test_what_was_taken_back_is_shown_to_nobody(desk: Desk) -> None:
    first = await said_first(desk)
    target = first["whatsapp_message_id"]
    new = {"type": "text", "text": {"body": "Vocês entregam no centro?"}}
    await changed(desk, "edit", "wamid.E==", original_message_id=target, message=new)
    await changed(desk, "revoke", "wamid.V==", original_message_id=target)

    told = await shown(desk)

    assert told[0]["content"] == {}
    assert told[0]["metadata"]["revoked"]["id"] == "wamid.V=="
    assert "entregam" not in json.dumps(told)
    last = (await desk.client.get("/api/v1/conversations")).json()["items"][0]["last_message"]
    assert (last["type"], last["preview"]) == ("revoked", None)


async def test_a_reaction_of_ours_hangs_on_the_message_and_can_be_taken_back(desk: Desk) -> None:
    first = await said_first(desk)
    answer = await desk.write("reaction", {"message_id": first["id"], "emoji": "❤️"})
    assert answer.status_code == 201
    assert answer.json()["metadata"]["applied"] is True
    ours = (await said_first(desk))["metadata"]["reactions"]["business"]

    await desk.write("reaction", {"message_id": first["id"], "emoji": ""})

    assert ours["emoji"] == "❤️"
    assert (await said_first(desk))["metadata"]["reactions"]["business"]["emoji"] is None
