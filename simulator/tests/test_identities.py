"""Customers become known by something else: the chats stay theirs, and the businesses are told."""

from typing import Any

import aiohttp
import pytest

from simulator.identities import IdentityError
from simulator.testing import PHONE_NUMBER_ID, WABA_ID, Customer, RunningSimulator
from tests.business import MARIA, Business, Graph
from tests.test_refusals import template

NEW, OTHER_NUMBER = "5511900000077", "455900112233499"
FIRST, SECOND = "BR.70216655483901277421", "BR.90011223344556677889"


async def _maria(sim: RunningSimulator) -> Customer:
    maria = sim.customer(MARIA, "Maria Andrade", user_id=FIRST)
    await maria.says("oi")
    return maria


async def _told(sim: RunningSimulator, business: Business, deliveries: int) -> list[tuple[str, Any]]:
    """Field and value of everything told after the greeting."""
    await sim.wait_for(lambda _record: len(business.bodies) == deliveries + 1)
    changes = [entry["changes"][0] for each in business.payloads for entry in each["entry"]]
    return [(change["field"], change["value"]) for change in changes[1:]]


async def test_another_number_is_told_as_a_system_message_and_a_new_user_id(
    sim: RunningSimulator, business: Business
) -> None:
    maria = await _maria(sim)

    await maria.changes_number(f"+{NEW}", user_id=SECOND)

    (field, value), (update_field, update) = await _told(sim, business, 2)
    (message,) = value["messages"]
    assert (field, message["type"], message["from"]) == ("messages", "system", MARIA)
    assert message["system"] == {
        "type": "user_changed_number",
        "wa_id": NEW,
        "body": f"User Maria Andrade changed from {MARIA} to {NEW}",
    }
    assert "contacts" not in value
    (changed,) = update["user_id_update"]
    assert (update_field, changed["wa_id"]) == ("user_id_update", NEW)
    assert changed["user_id"] == {"previous": FIRST, "current": SECOND}
    assert update["metadata"]["phone_number_id"] == PHONE_NUMBER_ID


async def test_the_chat_and_what_is_on_its_way_go_along(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    maria = await _maria(sim)
    before = await graph.says("antes")
    maria.heard = sim.log[-1]["seq"]

    await maria.changes_number(NEW)
    await maria.says("sou eu")
    after = await graph.says("depois", to=NEW)

    await sim.wait_for_status(before, "delivered")
    await sim.wait_for_status(after, "delivered")
    chat = sim.simulator.world.chats.get(PHONE_NUMBER_ID, NEW)
    assert {each.wa_id for each in chat.messages} == {NEW}
    assert [each.content["body"] for each in chat.messages] == ["oi", "antes", "sou eu", "depois"]
    assert not sim.simulator.world.chats.get(PHONE_NUMBER_ID, MARIA).has_begun
    assert (await maria.hears())["wamid"] == after
    assert business.messages[-1]["from"] == NEW


async def test_a_message_to_the_number_of_before_reaches_nobody(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    maria = await _maria(sim)
    await maria.changes_number(NEW)

    wamid = await graph.says("oi?")

    await sim.wait_for_status(wamid, "failed")
    assert business.statuses[-1]["errors"][0]["code"] == 131026


async def test_what_one_person_does_stays_in_order_over_a_change_of_number(
    sim: RunningSimulator, business: Business
) -> None:
    """A webhook that must be repeated holds nobody up; one that waits for its first answer does."""
    maria = await _maria(sim)
    for number in range(12):
        phone = f"55119000002{number:02}"
        await maria.changes_number(phone, keeps_user_id=True)
        await maria.says(str(number))

    await _told(sim, business, 24)

    wanted = [kind for _ in range(12) for kind in ("system", "text")]
    assert [each["type"] for each in business.messages[1:]] == wanted
    said = [each["text"]["body"] for each in business.messages[1:] if each["type"] == "text"]
    assert said == [str(number) for number in range(12)]


async def test_only_the_user_id_changes_told_either_way_or_not_at_all(
    sim: RunningSimulator, business: Business
) -> None:
    maria = await _maria(sim)

    await maria.changes_user_id(SECOND)
    await maria.changes_user_id("BR.3", told_by="message")
    await maria.changes_user_id("BR.4", told_by="nobody")
    await maria.says("sou eu")

    (field, value), (_, system), (_, said) = await _told(sim, business, 3)
    assert (field, value["contacts"]) == (
        "user_id_update",
        [{"profile": {"name": "Maria Andrade"}, "wa_id": MARIA}],
    )
    assert system["messages"][0]["system"] == {
        "type": "user_changed_user_id",
        "user_id": "BR.3",
        "wa_id": MARIA,
        "body": f"User Maria Andrade changed from {SECOND} to BR.3",
    }
    assert said["messages"][0]["from_user_id"] == "BR.4"


async def test_who_hides_the_phone_is_named_by_user_id_in_everything(
    sim: RunningSimulator, business: Business
) -> None:
    maria = await _maria(sim)

    await maria.takes_username("maria.andrade", hides_phone=True)
    await maria.says("só pelo código")
    await maria.changes_number(NEW, user_id=SECOND)
    await maria.changes_user_id("BR.3", told_by="message")
    await maria.stops_marketing()

    told = await _told(sim, business, 4)
    assert [field for field, _ in told] == ["messages", "user_id_update", "messages", "user_preferences"]
    assert MARIA not in str(told)
    assert NEW not in str(told)
    assert told[0][1]["contacts"][0]["profile"]["username"] == "maria.andrade"
    assert told[2][1]["messages"][0]["from_user_id"] == SECOND

    await maria.takes_username(None)
    await maria.says("de volta")
    ((_, last),) = (await _told(sim, business, 5))[-1:]
    assert last["messages"][0]["from"] == NEW
    assert "username" not in last["contacts"][0]["profile"]


async def test_only_numbers_with_a_chat_are_told(sim: RunningSimulator, business: Business) -> None:
    await sim.register(
        callback_url=business.url, phone_number_id=OTHER_NUMBER, app_id="other", waba_id=WABA_ID
    )
    maria, stranger = await _maria(sim), sim.customer("5511900000055")

    await stranger.changes_number("5511900000056")
    await maria.changes_number(NEW, keeps_user_id=True)

    ((_, value),) = await _told(sim, business, 1)
    assert value["metadata"]["phone_number_id"] == PHONE_NUMBER_ID


async def test_nobody_takes_what_is_somebody_else_s(sim: RunningSimulator) -> None:
    maria, joao = sim.customer(MARIA), sim.customer("553190000012", "João", user_id=FIRST)
    await joao.takes_username("joao")

    with pytest.raises(IdentityError, match="belongs to somebody"):
        await maria.changes_number("5531990000012")
    with pytest.raises(IdentityError, match="already"):
        await maria.changes_number(MARIA)
    with pytest.raises(IdentityError, match="digits"):
        await maria.changes_number("+")
    with pytest.raises(IdentityError, match="belongs to somebody"):
        await maria.changes_user_id(FIRST)
    with pytest.raises(IdentityError, match="belongs to somebody"):
        await maria.takes_username("joao")
    assert (maria.person.wa_id, maria.person.username) == (MARIA, None)


async def test_a_marketing_template_fails_for_who_stopped_them_and_no_other_does(
    sim: RunningSimulator, business: Business, graph: Graph, session: aiohttp.ClientSession
) -> None:
    maria = await _maria(sim)
    for name, category in (("promo", "MARKETING"), ("aviso", "UTILITY")):
        body = {"waba_id": WABA_ID, "name": name, "language": "pt_BR", "category": category, "components": []}
        async with session.put(sim.base_url + "/_simulator/templates", json=body) as response:
            assert response.status == 200

    async def outcome(name: str) -> str:
        message = {**template(), "template": {"name": name, "language": {"code": "pt_BR"}}}
        _, answer = await graph.send(**message)
        wamid = answer["messages"][0]["id"]
        reached = {("failed", wamid), ("delivered", wamid)}
        await sim.wait_for(
            lambda _record: bool(reached & {(each["status"], each["id"]) for each in business.statuses})
        )
        (status,) = [each for each in business.statuses if (each["status"], each["id"]) in reached]
        return str(status.get("errors", [{"code": "delivered"}])[0]["code"])

    await maria.stops_marketing()
    assert (await outcome("promo"), await outcome("aviso")) == ("131050", "delivered")
    await maria.resumes_marketing()
    assert await outcome("promo") == "delivered"
    wishes = [value["user_preferences"][0] for value in business.values if "user_preferences" in value]
    assert [(each["category"], each["value"], each["wa_id"], each["user_id"]) for each in wishes] == [
        ("marketing_messages", "stop", MARIA, FIRST),
        ("marketing_messages", "resume", MARIA, FIRST),
    ]


async def _change(
    session: aiohttp.ClientSession, sim: RunningSimulator, who: str, **body: Any
) -> tuple[int, Any]:
    url = f"{sim.base_url}/_simulator/customers/{who}/changes"
    async with session.post(url, json=body) as response:
        return response.status, await response.json()


async def test_all_of_it_over_http(
    sim: RunningSimulator, business: Business, session: aiohttp.ClientSession
) -> None:
    await _maria(sim)

    moved = await _change(session, sim, MARIA, do="number", wa_id=NEW, user_id=SECOND)
    rotated = await _change(session, sim, NEW, do="user_id", user_id="BR.3", told_by="nobody")
    named = await _change(session, sim, "BR.3", do="username", username="maria", hides_phone=True)
    stopped = await _change(session, sim, NEW, do="marketing", wants=False)

    assert {status for status, _ in (moved, rotated, named, stopped)} == {200}
    assert (moved[1]["wa_id"], moved[1]["user_id"], rotated[1]["user_id"]) == (NEW, SECOND, "BR.3")
    assert (named[1]["username"], named[1]["hides_phone"]) == ("maria", True)
    assert stopped[1]["no_marketing_from"] == [WABA_ID]
    told = await _told(sim, business, 3)
    assert [field for field, _ in told] == ["messages", "user_id_update", "user_preferences"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {}),
        (400, {"do": "number"}),
        (400, {"do": "number", "wa_id": NEW, "told": "yes"}),
        (400, {"do": "user_id", "told_by": "post"}),
        (400, {"do": "user_id", "user_id": 7}),
        (400, {"do": "marketing"}),
        (404, {"do": "marketing", "wants": True, "phone_number_id": "1"}),
        (409, {"do": "number", "wa_id": MARIA}),
    ],
    ids=str,
)
async def test_what_cannot_be_is_refused_over_http(
    sim: RunningSimulator, session: aiohttp.ClientSession, status: int, body: dict[str, Any]
) -> None:
    sim.customer(MARIA)
    answered, answer = await _change(session, sim, MARIA, **body)
    assert (answered, list(answer)) == (status, ["error"])
