"""A customer becomes known by something else, as WhatsApp tells it: the contact and the conversation stay."""

from typing import Any

import pytest

from simulator.identities import ToldBy
from simulator.testing import Customer
from tests.pipeline.office import Office

OLD, NEW = "5511900000011", "5511900000077"
FIRST, SECOND = "BR.70216655483901277421", "BR.90011223344556677889"


@pytest.fixture
async def maria(office: Office) -> Customer:
    await office.tenant(flow=None)
    maria = office.sim.customer(OLD, "Maria Andrade", user_id=FIRST)
    await maria.says("antes")
    await _heard(office, "antes")
    return maria


async def _heard(office: Office, text: str) -> None:
    await office.until("SELECT EXISTS (SELECT FROM messages WHERE content ->> 'text' = $1)", text)
    await office.settled()


async def _whose_is_the_one_conversation(office: Office, *texts: str) -> Any:
    (contact,) = await office.rows(
        "SELECT id, whatsapp_id, whatsapp_user_id, whatsapp_username, phone FROM contacts "
        "WHERE deleted_at IS NULL"
    )
    (talk,) = await office.rows("SELECT id, contact_id FROM conversations")
    assert talk["contact_id"] == contact["id"]
    said = await office.rows(
        "SELECT content ->> 'text' AS text, conversation_id FROM messages WHERE type = 'text' "
        "ORDER BY created_at, id"
    )
    assert [(row["text"], row["conversation_id"]) for row in said] == [(text, talk["id"]) for text in texts]
    return contact


@pytest.mark.parametrize("told", [True, False], ids=["told", "shown by the next message"])
async def test_another_number(office: Office, maria: Customer, *, told: bool) -> None:
    """Without being told it is known by the user id, which then must have stayed."""
    await maria.changes_number(NEW, user_id=SECOND, keeps_user_id=not told, told=told)
    await maria.says("depois")
    await _heard(office, "depois")

    contact = await _whose_is_the_one_conversation(office, "antes", "depois")

    assert (contact["whatsapp_id"], contact["phone"]) == (NEW, f"+{NEW}")
    assert contact["whatsapp_user_id"] == (SECOND if told else FIRST)


@pytest.mark.parametrize("told_by", ["field", "message", "nobody"])
async def test_another_user_id(office: Office, maria: Customer, told_by: ToldBy) -> None:
    await maria.changes_user_id(SECOND, told_by=told_by)
    await maria.says("depois")
    await _heard(office, "depois")

    contact = await _whose_is_the_one_conversation(office, "antes", "depois")

    assert (contact["whatsapp_id"], contact["whatsapp_user_id"]) == (OLD, SECOND)


async def test_a_username_that_hides_the_phone_and_another_user_id_behind_it(
    office: Office, maria: Customer
) -> None:
    await maria.takes_username("maria.andrade", hides_phone=True)
    await maria.says("só pelo código")
    await maria.changes_user_id(SECOND)
    await maria.says("com outro código")
    await _heard(office, "com outro código")

    contact = await _whose_is_the_one_conversation(office, "antes", "só pelo código", "com outro código")

    assert (contact["whatsapp_id"], contact["whatsapp_user_id"]) == (OLD, SECOND)
    assert contact["whatsapp_username"] == "maria.andrade"


async def test_another_number_behind_a_hidden_phone_is_learnt_when_it_is_shown(
    office: Office, maria: Customer
) -> None:
    await maria.takes_username("maria.andrade", hides_phone=True)
    await maria.changes_number(NEW, user_id=SECOND)
    await maria.says("sem telefone")
    await maria.takes_username(None)
    await maria.says("com telefone")
    await _heard(office, "com telefone")

    contact = await _whose_is_the_one_conversation(office, "antes", "sem telefone", "com telefone")

    assert (contact["whatsapp_id"], contact["whatsapp_user_id"]) == (NEW, SECOND)


async def test_marketing_stopped_and_resumed(office: Office, maria: Customer) -> None:
    await maria.stops_marketing()
    await office.until("SELECT opt_out_date IS NOT NULL AND NOT opt_in FROM contacts")
    await maria.says("sem promoções")
    await maria.resumes_marketing()
    await office.until("SELECT opt_in FROM contacts")
    await _heard(office, "sem promoções")

    await _whose_is_the_one_conversation(office, "antes", "sem promoções")
