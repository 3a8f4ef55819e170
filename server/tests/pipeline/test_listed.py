"""What a list says of a conversation's last message, where it is more than its words."""

from typing import Any

import pytest

from pytake.conversations import reading
from pytake.conversations.service import receive
from pytake.conversations.service.say import say, write
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant
from tests.pipeline.test_changes import change
from tests.pipeline.told import hear

MARIA = "5511900000011"
FIRST = "wamid.FIRST=="


@pytest.fixture
async def tenant(office: Office) -> Tenant:
    made = await office.tenant(flow=None, register=False)
    await hear(office, made, messages=[meta.text(MARIA, "Oi", id_=FIRST)])
    return made


async def listed(office: Office, tenant: Tenant) -> tuple[str, str | None]:
    (talk,) = await office.rows("SELECT id FROM conversations")
    async with office.runtime.work(tenant.organization_id) as work:
        last = (await reading.get(work, talk["id"]))["last_message"]
    return last["type"], last["preview"]


async def test_a_reaction_and_its_removal_are_two_things(office: Office, tenant: Tenant) -> None:
    now = meta.now()
    put = change("reaction", now, "wamid.R==", message_id=FIRST, emoji="👍")
    await hear(office, tenant, messages=[put])
    assert await listed(office, tenant) == ("reaction", "👍")

    taken_off = change("reaction", now + 1, "wamid.R==", message_id=FIRST)
    await hear(office, tenant, messages=[taken_off])

    assert await listed(office, tenant) == ("unreacted", None)


@pytest.mark.parametrize("response", ["accept", "reject"])
async def test_whether_we_may_call_is_said(office: Office, tenant: Tenant, response: str) -> None:
    said = {"type": "call_permission_reply", "call_permission_reply": {"response": response}}
    await hear(
        office, tenant, messages=[meta.text(MARIA, "x") | {"type": "interactive", "interactive": said}]
    )

    kind = {"accept": "calls_permitted", "reject": "calls_refused"}[response]
    assert await listed(office, tenant) == (kind, "")


@pytest.mark.parametrize(
    ("type_", "content", "expected"),
    [
        ("reaction", {"message_id": FIRST, "emoji": ""}, ("unreacted", None)),
        ("interactive", {"product": {"catalog_id": "1", "product_retailer_id": "2"}}, ("product", None)),
        ("interactive", {"text": "Hoje", "cards": []}, ("interactive", "Hoje")),
    ],
    ids=["a reaction taken off", "a product", "cards"],
)
async def test_ours_are_named_too(
    office: Office, tenant: Tenant, type_: str, content: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    async with office.runtime.work(tenant.organization_id) as work:
        (talk_id,) = [r["id"] for r in await work.fetch("SELECT id FROM conversations")]
        talk = (await receive.lock(work, [talk_id]))[talk_id]
        await write(work, [say(work, talk, type_, content)], [talk])

    assert await listed(office, tenant) == expected
