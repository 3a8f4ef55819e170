import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from simulator.testing import ACCESS_TOKEN, PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests.business import MARIA, Business, Graph

Json = dict[str, Any]


@pytest.fixture
async def bare(session: aiohttp.ClientSession) -> Any:
    """A simulator nobody has registered at, and a way to call it."""
    async with RunningSimulator() as sim:
        yield Admin(session, sim)


class Admin:
    def __init__(self, session: aiohttp.ClientSession, sim: RunningSimulator) -> None:
        self.session = session
        self.sim = sim

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Json]:
        url = self.sim.base_url + path
        async with self.session.request(method, url, json=body, **more) as response:
            return response.status, await response.json()


def setup(business: Business) -> Json:
    return {
        "apps": [
            {"app_id": "7", "app_secret": "s", "verify_token": "pytake-verify", "callback_url": business.url}
        ],
        "wabas": [{"waba_id": WABA_ID, "name": "Padaria Aurora"}],
        "numbers": [
            {
                "phone_number_id": PHONE_NUMBER_ID,
                "waba_id": WABA_ID,
                "display_phone_number": "+55 11 3000-0100",
                "verified_name": "Padaria Aurora",
                "access_token": ACCESS_TOKEN,
            }
        ],
        "customers": [{"wa_id": MARIA, "name": "Maria Andrade"}, {"wa_id": "5531998760002", "name": "João"}],
    }


async def test_one_call_sets_everything_up(bare: Admin, business: Business) -> None:
    status, state = await bare("PUT", "/_simulator/setup", setup(business))

    assert status == 200
    assert state["apps"] == [
        {"app_id": "7", "name": "PyTake", "callback_url": business.url, "verified": True}
    ]
    assert state["wabas"][0]["subscribed_apps"] == ["7"]
    assert [number["display_phone_number"] for number in state["numbers"]] == ["+55 11 3000-0100"]
    assert [person["name"] for person in state["customers"]] == ["Maria Andrade", "João"]
    assert ACCESS_TOKEN not in str(state)

    status, sent = await bare("POST", f"/_simulator/customers/{MARIA}/messages", {"text": "oi"})
    assert status == 201
    await bare.sim.wait_for_kind("webhook.delivered")
    assert [message["id"] for message in business.messages] == [sent["wamid"]]


async def test_setting_up_again_changes_nothing(bare: Admin, business: Business) -> None:
    first = await bare("PUT", "/_simulator/setup", setup(business))
    second = await bare("PUT", "/_simulator/setup", setup(business))
    del first[1]["clock"], second[1]["clock"]
    assert first == second


async def test_an_app_that_fails_the_handshake_is_told_why(bare: Admin, business: Business) -> None:
    app = {"app_secret": "s", "verify_token": "wrong", "callback_url": business.url}
    status, answer = await bare("PUT", "/_simulator/apps/7", app)
    assert status == 422
    assert "answered 403" in answer["error"]
    assert (await bare("GET", "/_simulator/state"))[1]["apps"] == []


async def test_a_callback_that_answers_something_else_is_refused(bare: Admin) -> None:
    app = {"app_secret": "s", "verify_token": "x", "callback_url": bare.sim.base_url + "/health"}
    status, answer = await bare("PUT", "/_simulator/apps/7", app)
    assert status == 422
    assert "instead of the challenge" in answer["error"]


async def test_parts_can_be_registered_one_by_one_and_changed(bare: Admin, business: Business) -> None:
    document = setup(business)
    (app,), (waba,), (number,) = document["apps"], document["wabas"], document["numbers"]
    for path, body in (("apps/7", app), (f"wabas/{WABA_ID}", waba), (f"numbers/{PHONE_NUMBER_ID}", number)):
        assert (await bare("PUT", f"/_simulator/{path}", body))[0] == 200
    status, changed = await bare("PUT", f"/_simulator/numbers/{PHONE_NUMBER_ID}", {"status": "FLAGGED"})
    assert (status, changed["status"], changed["waba_id"]) == (200, "FLAGGED", WABA_ID)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/_simulator/numbers/1", {"colour": "red"}, 400),
        ("PUT", "/_simulator/numbers/1", {}, 400),
        ("POST", "/_simulator/customers", {"name": "Ninguém"}, 400),
        ("POST", "/_simulator/customers/999/messages", {"text": "oi"}, 404),
        ("POST", "/_simulator/faults", {"side": "graph"}, 400),
        ("POST", "/_simulator/faults", {"side": "graph", "action": "rain"}, 400),
        ("POST", "/_simulator/faults", {"side": "graph", "action": "html", "colour": 1}, 400),
        ("DELETE", "/_simulator/faults/unknown", None, 404),
        ("POST", "/_simulator/webhooks", {"field": "x"}, 400),
        ("POST", "/_simulator/webhooks", {"field": "x", "value": {}}, 404),
        ("POST", "/_simulator/clock", {"by": "a day"}, 400),
        ("GET", "/_simulator/log?after=x", None, 400),
        ("PUT", "/_simulator/setup", [], 400),
    ],
)
async def test_nonsense_is_answered_with_a_sentence(
    bare: Admin, method: str, path: str, body: Any, status: int
) -> None:
    answered, answer = await bare(method, path, body)
    assert answered == status, answer
    assert answer["error"]


async def test_sending_needs_a_number_a_text_and_something_to_tap(bare: Admin, business: Business) -> None:
    await bare("POST", "/_simulator/customers", {"wa_id": MARIA})
    path = f"/_simulator/customers/{MARIA}/messages"
    assert (await bare("POST", path, {"text": "oi"}))[0] == 404
    await bare("PUT", "/_simulator/setup", setup(business))
    assert (await bare("POST", path, {"text": ""}))[0] == 400
    assert (await bare("POST", path, {"do": "dance"}))[0] == 400
    assert (await bare("POST", path, {"do": "tap", "id": "sim"}))[0] == 409


async def test_other_origins_and_other_content_are_refused(bare: Admin) -> None:
    foreign = {"Origin": "http://evil.example"}
    assert (await bare("GET", "/_simulator/state", headers=foreign))[0] == 403
    own = {"Origin": bare.sim.base_url}
    assert (await bare("GET", "/_simulator/state", headers=own))[0] == 200
    url = bare.sim.base_url + "/_simulator/clock"
    async with bare.session.post(url, data=b'{"by": 1}', headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 415


async def test_people_are_made_changed_and_removed(bare: Admin) -> None:
    status, maria = await bare(
        "POST", "/_simulator/customers", {"wa_id": "+55 (11) 90000-0011", "name": "Maria"}
    )
    assert (status, maria["wa_id"]) == (201, MARIA)
    assert maria["user_id"].startswith("BR.")
    _, changed = await bare("PATCH", f"/_simulator/customers/{maria['user_id']}", {"username": "maria"})
    assert (changed["username"], changed["user_id"]) == ("maria", maria["user_id"])
    taken = {"wa_id": "5511900000012", "user_id": maria["user_id"]}
    assert (await bare("POST", "/_simulator/customers", taken))[0] == 400
    await bare("DELETE", f"/_simulator/customers/{MARIA}")
    assert (await bare("GET", "/_simulator/customers"))[1] == {"items": []}


async def test_a_chat_is_read_looked_at_and_deleted(
    sim: RunningSimulator, session: aiohttp.ClientSession, graph: Graph
) -> None:
    admin = Admin(session, sim)
    path = f"/_simulator/customers/{MARIA}"
    await sim.customer(MARIA).says("oi")
    wamid = await graph.says("olá")
    await sim.wait_for_status(wamid, "delivered")

    chat = (await admin("GET", path + "/chat"))[1]
    assert [message["author"] for message in chat["messages"]] == ["customer", "business"]
    assert chat["window_open"] is True
    await admin("POST", path + "/look", {})
    await sim.wait_for_status(wamid, "read")
    await admin("DELETE", path + "/chat")
    assert (await admin("GET", path + "/chat"))[1]["messages"] == []
    assert (await admin("GET", path + "/chat"))[1]["window_open"] is True


async def test_faults_are_listed_and_cleared(bare: Admin) -> None:
    _, fault = await bare("POST", "/_simulator/faults", {"side": "graph", "action": "error", "code": 131000})
    assert (await bare("GET", "/_simulator/faults"))[1]["items"] == [fault]
    assert (await bare("DELETE", f"/_simulator/faults/{fault['id']}"))[1] == {"cleared": 1}
    assert (await bare("DELETE", "/_simulator/faults"))[1] == {"cleared": 0}


async def test_the_log_is_followed_from_a_place_and_awaited(
    bare: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = bare.sim.simulator.world.journal
    listening, listen = asyncio.Event(), journal.listen

    def heard(listener: Callable[[Json], None]) -> Callable[[], None]:
        listening.set()
        return listen(listener)

    monkeypatch.setattr(journal, "listen", heard)
    journal.add("tick", index=1)
    waiting = asyncio.create_task(bare("GET", "/_simulator/log?after=1&wait=20"))
    await listening.wait()
    journal.add("tick", index=2)
    _, answer = await waiting
    assert [record["index"] for record in answer["records"]] == [2]
    assert answer["last"] == 2
    assert (await bare("GET", "/_simulator/log?after=2&wait=0.01"))[1] == {"records": [], "last": 2}


async def test_the_clock_is_shifted_and_set_back(bare: Admin) -> None:
    _, moved = await bare("POST", "/_simulator/clock", {"by": 86400})
    assert moved["shifted_by"] == 86400
    _, back = await bare("POST", "/_simulator/clock", {"to_offset": 0})
    assert back["shifted_by"] == 0


async def test_any_webhook_can_be_sent(
    sim: RunningSimulator, session: aiohttp.ClientSession, business: Business
) -> None:
    value = {"event": "APPROVED", "message_template_id": 9900112233445501}
    body = {"field": "message_template_status_update", "value": value}
    assert (await Admin(session, sim)("POST", "/_simulator/webhooks", body))[0] == 202
    await sim.wait_for_kind("webhook.delivered")
    (entry,) = business.payloads[0]["entry"]
    assert (entry["id"], entry["changes"]) == (WABA_ID, [{"value": value, "field": body["field"]}])
    assert isinstance(entry["time"], int)


async def test_chance_can_be_seeded(bare: Admin) -> None:
    async def story() -> list[float]:
        await bare("POST", "/_simulator/seed", {"seed": 3})
        return [bare.sim.simulator.world.faults.chance.random() for _ in range(3)]

    assert await story() == await story()


async def test_it_says_that_it_is_well(bare: Admin) -> None:
    assert await bare("GET", "/health") == (
        200,
        {"status": "ok", "pending_webhooks": 0, "statuses_to_come": 0},
    )


async def test_every_tenant_of_a_test_has_its_own_account(sim: RunningSimulator, business: Business) -> None:
    other = await sim.register(callback_url=business.url + "?2", app_id="2", phone_number_id="2")
    assert other.waba_id != WABA_ID
    await sim.customer(MARIA, phone_number_id="2").says("oi")
    heard = await sim.wait_for_kind("webhook.delivered")
    assert (heard["app"], heard["number"]) == ("2", "2")
