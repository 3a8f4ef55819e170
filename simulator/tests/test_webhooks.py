import json

import pytest

from simulator.config import Batching, Retries
from simulator.testing import APP_ID, PHONE_NUMBER_ID, WABA_ID, RunningSimulator, fast_config
from simulator.webhooks.handshake import HandshakeError
from tests.business import MARIA, Business, Graph


async def test_the_body_is_in_meta_s_wire_form(sim: RunningSimulator, business: Business) -> None:
    await sim.customer(MARIA, "João").says("Ação 👍🏽 https://a.example/b")
    await sim.wait_for_kind("webhook.delivered")

    body = business.bodies[0]
    assert body.isascii()
    assert b"A\\u00e7\\u00e3o \\ud83d\\udc4d\\ud83c\\udffd https:\\/\\/a.example\\/b" in body
    assert b'", "' not in body
    assert json.loads(body)["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"] == {"name": "João"}
    assert business.signature_is_good(0)
    assert business.headers[0]["Content-Type"] == "application/json"


async def test_an_inbound_message_looks_like_meta_s(sim: RunningSimulator, business: Business) -> None:
    wamid = await sim.customer(MARIA, "Maria Andrade", user_id="BR.7").says("Oi!")
    await sim.wait_for_kind("webhook.delivered")

    (payload,) = business.payloads
    timestamp = business.messages[0]["timestamp"]
    assert payload == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": WABA_ID,
                "changes": [
                    {
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "551130000100",
                                "phone_number_id": PHONE_NUMBER_ID,
                            },
                            "contacts": [
                                {"profile": {"name": "Maria Andrade"}, "wa_id": MARIA, "user_id": "BR.7"}
                            ],
                            "messages": [
                                {
                                    "from": MARIA,
                                    "from_user_id": "BR.7",
                                    "id": wamid,
                                    "timestamp": timestamp,
                                    "type": "text",
                                    "text": {"body": "Oi!"},
                                }
                            ],
                        },
                        "field": "messages",
                    }
                ],
            }
        ],
    }
    assert abs(int(timestamp) - sim.simulator.world.clock.now()) < 60


async def test_what_is_not_answered_200_is_repeated_ever_more_slowly(
    sim: RunningSimulator, business: Business
) -> None:
    business.answer = lambda attempt: (500, 201, 302, 200)[attempt - 1]

    await sim.customer(MARIA).says("oi")
    heard = await sim.wait_for_kind("webhook.delivered")

    assert heard["attempt"] == 4
    failed = sim.logged("webhook.failed")
    assert [record["status"] for record in failed] == [500, 201, 302]
    assert [record["retry_in"] for record in failed] == [0.05, 0.1, 0.2]
    assert len(set(business.bodies)) == 1


async def test_the_default_schedule_is_exponential() -> None:
    retries = Retries()
    waits = [min(retries.ceiling, retries.first * retries.factor**attempt) for attempt in range(9)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


async def test_it_is_given_up_in_the_end(business: Business) -> None:
    business.answer = lambda _attempt: 503
    retries = Retries(first=0.01, ceiling=0.01, give_up_after=0.05)
    async with RunningSimulator(fast_config(retries=retries)) as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("oi")
        await sim.wait_for_kind("webhook.dropped")
        assert sim.simulator.world.postman.pending <= 1


async def test_an_unreachable_app_hears_it_when_it_is_back(sim: RunningSimulator, business: Business) -> None:
    app = sim.simulator.world.accounts.apps[APP_ID]
    app.callback_url = "http://127.0.0.1:9/webhook"
    await sim.customer(MARIA).says("oi")
    failed = await sim.wait_for_kind("webhook.failed")
    assert failed["status"] is None
    assert failed["error"]


async def test_one_person_s_webhooks_keep_their_order(sim: RunningSimulator, business: Business) -> None:
    texts = [f"mensagem {index}" for index in range(40)]
    for text in texts:
        await sim.customer(MARIA).says(text)
    await sim.wait_for(lambda _record: len(business.messages) == 40)
    assert [message["text"]["body"] for message in business.messages] == texts
    assert sim.simulator.world.postman.pending <= 1


async def test_a_refused_webhook_does_not_hold_up_the_next(sim: RunningSimulator, business: Business) -> None:
    business.answer = lambda attempt: 500 if attempt == 1 else 200
    await sim.customer(MARIA).says("um")
    await sim.customer(MARIA).says("dois")
    await sim.wait_for(lambda _record: len(sim.logged("webhook.delivered")) == 2)
    assert [message["text"]["body"] for message in business.messages] == ["um", "dois", "um"]


async def test_updates_can_share_a_webhook(business: Business) -> None:
    async with RunningSimulator(fast_config(batching=Batching(most=50, wait=0.05))) as sim:
        await sim.register(callback_url=business.url)
        for index in range(5):
            await sim.customer(f"551190000001{index}").says("oi")
        await sim.wait_for_kind("webhook.delivered")

        (payload,) = business.payloads
        (change,) = payload["entry"][0]["changes"]
        assert len(change["value"]["messages"]) == 5
        assert len(change["value"]["contacts"]) == 5


async def test_a_full_batch_leaves_at_once(business: Business) -> None:
    async with RunningSimulator(fast_config(batching=Batching(most=2, wait=30.0))) as sim:
        await sim.register(callback_url=business.url)
        await sim.customer(MARIA).says("um")
        await sim.customer(MARIA).says("dois")
        await sim.wait_for_kind("webhook.delivered")
        assert [message["text"]["body"] for message in business.messages] == ["um", "dois"]
        assert len(business.values[0]["contacts"]) == 1


async def test_an_app_that_fails_the_handshake_is_refused(sim: RunningSimulator, business: Business) -> None:
    with pytest.raises(HandshakeError, match="answered 403"):
        await sim.register(callback_url=business.url, app_id="99", verify_token="wrong")
    with pytest.raises(HandshakeError, match="could not be reached"):
        await sim.register(callback_url="http://127.0.0.1:9/", app_id="99")
    assert "99" not in sim.simulator.world.accounts.apps


async def test_nothing_is_told_to_an_app_that_is_not_subscribed(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    async with graph.session.delete(
        f"{graph.url}/{WABA_ID}/subscribed_apps", headers={"Authorization": f"Bearer {graph.token}"}
    ) as response:
        assert response.status == 200
    await sim.customer(MARIA).says("ninguém ouve")
    await sim.wait_for_kind("webhook.unheard")

    await graph.post(f"{WABA_ID}/subscribed_apps")
    await sim.customer(MARIA).says("alguém ouve")
    await sim.wait_for_kind("webhook.delivered")
    assert [message["text"]["body"] for message in business.messages] == ["alguém ouve"]


async def test_an_account_may_have_its_own_callback(
    sim: RunningSimulator, business: Business, graph: Graph
) -> None:
    body = {"override_callback_uri": business.url + "?own=1", "verify_token": "pytake-verify"}
    refused, why = await graph.post(f"{WABA_ID}/subscribed_apps", {**body, "verify_token": "wrong"})
    accepted, _ = await graph.post(f"{WABA_ID}/subscribed_apps", body)
    assert (refused, accepted) == (400, 200)
    assert "403" in why["error"]["message"]
    apps = (await graph.get(f"{WABA_ID}/subscribed_apps"))[1]["data"]
    assert apps[0]["override_callback_uri"] == body["override_callback_uri"]


async def test_every_subscribed_app_hears_it(sim: RunningSimulator, business: Business) -> None:
    registration = sim.simulator.registration
    await registration.app(
        {
            "app_id": "2",
            "app_secret": "s",
            "verify_token": "pytake-verify",
            "callback_url": business.url + "?two",
        }
    )
    registration.waba({"waba_id": WABA_ID, "subscribed_apps": [APP_ID, "2"]})
    await sim.customer(MARIA).says("oi")
    await sim.wait_for_kind("webhook.delivered", app="2")
    await sim.wait_for_kind("webhook.delivered", app=APP_ID)
    assert len(business.messages) == 2
