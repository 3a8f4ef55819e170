"""Who answers a customer, and who keeps silent."""

import copy
import json
from typing import Any

from simulator.testing import RunningSimulator
from tests.pipeline import deliveries as meta
from tests.pipeline.office import FLOWS, Office

MARIA = "5511900000011"


async def _says_nothing(office: Office) -> bool:
    await office.settled()
    return await office.texts("outbound") == []


async def test_a_bot_welcomes_a_newcomer_and_falls_back_when_it_has_no_words(
    office: Office, sim: RunningSimulator
) -> None:
    await office.tenant()
    await office.owner.execute(
        "UPDATE chatbots SET welcome_message = 'Bem-vindo à padaria!', fallback_message = 'Como assim?'"
    )
    maria = sim.customer(MARIA)
    await maria.says("vocês têm sonho?")
    assert (await maria.hears())["body"]["text"]["body"] == "Bem-vindo à padaria!"
    await maria.says("sonho de creme")
    assert (await maria.hears())["body"]["text"]["body"] == "Como assim?"


async def test_keywords_are_heard_without_accents_and_in_any_case(
    office: Office, sim: RunningSimulator
) -> None:
    await office.tenant()
    maria = sim.customer(MARIA, "Maria Andrade")
    await maria.says("OLÁ!! 😀 tudo bem?")
    assert (await maria.hears())["body"]["text"]["body"] == "Olá, Maria Andrade!"


async def test_a_run_keeps_the_version_it_began_with(office: Office, sim: RunningSimulator) -> None:
    tenant = await office.tenant()
    maria, joao = sim.customer(MARIA), sim.customer("5511900000022")
    await maria.says("oi")
    await maria.hears()
    await maria.hears()
    changed: dict[str, Any] = copy.deepcopy(json.loads((FLOWS / "greeting.json").read_text()))
    changed["canvas"]["nodes"][3]["data"]["content"]["text"] = "Novo: {{paes}}"
    await office.publish(tenant, changed)

    await joao.says("oi")
    await joao.hears()
    await joao.hears()
    for person in (maria, joao):
        await person.says("7")
    assert (await maria.hears())["body"]["text"]["body"] == "Anotado: 7 pães."
    assert (await joao.hears())["body"]["text"]["body"] == "Novo: 7"
    assert [row["number"] for row in await office.rows("SELECT number FROM flow_versions ORDER BY 1")] == [
        1,
        2,
    ]


async def test_publishing_the_same_twice_makes_no_second_version(office: Office) -> None:
    tenant = await office.tenant()
    await office.publish(tenant, "greeting")
    assert await office.count("SELECT count(*) FROM flow_versions") == 1


async def test_a_message_of_yesterday_is_left_to_people(office: Office) -> None:
    tenant = await office.tenant()
    late = meta.message_from(tenant.phone_number_id, MARIA, "oi", timestamp=meta.now() - 24 * 3600)
    await office.deliver(tenant, late)
    assert await _says_nothing(office)
    assert await office.texts("inbound") == ["oi"]


async def test_the_bot_steps_back_when_somebody_answers_from_the_phone(office: Office) -> None:
    tenant = await office.tenant()
    echo = {**meta.text("551130000100", "Já te respondo"), "to": MARIA}
    await office.deliver(
        tenant,
        meta.delivery(meta.value(tenant.phone_number_id, message_echoes=[echo]), field="smb_message_echoes"),
    )
    await office.settled()
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    await office.settled()

    assert await office.texts("outbound") == ["Já te respondo"]
    assert await office.count("SELECT count(*) FROM conversations WHERE NOT is_bot_active") == 1


async def test_a_blocked_contact_is_heard_but_not_answered(office: Office) -> None:
    tenant = await office.tenant()
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi", timestamp=1))
    await office.settled()
    await office.owner.execute("UPDATE contacts SET is_blocked = true")
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    assert await _says_nothing(office)


async def test_an_answer_the_bot_gave_up_on_brings_a_person(office: Office, sim: RunningSimulator) -> None:
    await office.tenant()
    maria = sim.customer(MARIA)
    for text in ("oi", "muitos", "vários", "um monte", "não sei"):
        await maria.says(text)
    await office.until("SELECT status = 'waiting_in_queue' AND NOT is_bot_active FROM conversations")
    await office.settled()

    assert await office.count("SELECT count(*) FROM flow_runs WHERE status = 'handed_off'") == 1
    news = await office.rows("SELECT payload FROM events WHERE type = 'conversation.updated'")
    assert [json.loads(row["payload"])["status"] for row in news] == ["waiting_in_queue"]


async def test_a_day_later_a_forgotten_run_begins_anew(office: Office, sim: RunningSimulator) -> None:
    await office.tenant()
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await maria.hears()
    await office.settled()
    await office.owner.execute("UPDATE flow_runs SET updated_at = now() - interval '25 hours'")

    await maria.says("oi")
    await maria.hears()
    assert (await maria.hears())["body"]["text"]["body"] == "Quantos pães?"
    await office.settled()
    states = [
        row["status"] for row in await office.rows("SELECT status FROM flow_runs ORDER BY created_at, id")
    ]
    assert states == ["expired", "waiting"]


async def test_answers_to_what_a_person_was_offered_hold_no_bot_up(
    office: Office, sim: RunningSimulator
) -> None:
    """Neither words nor a choice of its menu: it asks again, and hears the next answer."""
    await office.tenant()
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await maria.hears()
    answers: tuple[dict[str, Any], ...] = (
        {"call_permission_reply": {"response": "accept", "expiration_timestamp": 1793491302}},
        {"nfm_reply": {"name": "address_message", "body": "x", "response_json": '{"values": {}}'}},
    )
    for answer in answers:
        await maria.sends("interactive", {"type": next(iter(answer)), **answer})
        await maria.hears()
    await maria.says("7")

    assert (await maria.hears())["body"]["text"]["body"] == "Anotado: 7 pães."
    kinds = await office.rows("SELECT type FROM messages WHERE direction = 'inbound' ORDER BY created_at")
    assert [row["type"] for row in kinds] == ["text", "interactive", "interactive", "text"]
    assert await office.count("SELECT count(*) FROM inbound_events WHERE status = 'parked'") == 0
