import pytest

from simulator.testing import PHONE_NUMBER_ID, WABA_ID, RunningSimulator
from tests import corpus
from tests.business import MARIA, Graph

PATH = f"{PHONE_NUMBER_ID}/messages"
JANE = "12025550143"
JANE_S_USER_ID = "US.88410277300155926614"


@pytest.fixture(autouse=True)
async def people(sim: RunningSimulator) -> None:
    await sim.customer(MARIA, "Maria Andrade").says("oi")
    await sim.customer("553190000012", "João").says("oi")
    await sim.customer(JANE, "Jane Roe", user_id=JANE_S_USER_ID, username="jane.roe", hides_phone=True).says(
        "hi"
    )


@pytest.mark.parametrize("name", corpus.names("send-*.json"))
async def test_every_send_is_answered_as_meta_does(sim: RunningSimulator, graph: Graph, name: str) -> None:
    case = corpus.load(name)
    if name == "send-template-held":
        sim.fault("graph", "hold", times=1)

    status, answer = await graph.post(PATH, await graph.with_files(case["request"]["body"]))

    assert status == case["response"]["status"]
    assert corpus.without(answer, "id") == corpus.without(case["response"]["body"], "id")
    assert answer["messages"][0]["id"].startswith("wamid.")


@pytest.mark.parametrize("name", ["mark-read", "typing-indicator"])
async def test_marking_as_read_needs_a_message_of_the_customer(
    sim: RunningSimulator, graph: Graph, name: str
) -> None:
    case = corpus.load(name)
    wamid = await sim.customer(MARIA).says("e aí?")

    good = await graph.post(PATH, {**case["request"]["body"], "message_id": wamid})
    bad = await graph.post(PATH, {**case["request"]["body"], "message_id": "wamid.UNKNOWN"})

    assert good == (200, case["response"]["body"])
    assert (bad[0], bad[1]["error"]["code"]) == (400, 131009)


@pytest.mark.parametrize("name", corpus.names("error-*.json"))
async def test_every_error_can_be_told_to_happen(sim: RunningSimulator, graph: Graph, name: str) -> None:
    case = corpus.load(name)["response"]
    if name == "error-html-502":
        sim.fault("graph", "html", times=1)
        async with graph.session.post(
            f"{graph.url}/{PATH}", json=_text(), headers=_bearer(graph)
        ) as response:
            assert (response.status, await response.text()) == (case["status"], case["body"])
            assert response.headers["Content-Type"] == case["headers"]["Content-Type"]
        return
    code = case["body"]["error"]["code"]
    sim.fault("graph", "error", code=code, times=1)

    status, answer = await graph.post(PATH, _text())

    assert status == case["status"]
    assert answer["error"]["code"] == code
    if code not in {100, 190, 131008, 131009, 132001}:
        volatile = ("fbtrace_id",)
        assert corpus.without(answer, *volatile) == corpus.without(case["body"], *volatile)


async def test_natural_refusals_say_what_meta_says(graph: Graph) -> None:
    for name in ("error-131009-invalid-value", "error-100-object-missing"):
        case = corpus.load(name)
        path = case["request"]["url"].partition("/v25.0/")[2]
        status, answer = await graph.post(path, case["request"]["body"])
        assert status == case["response"]["status"]
        assert corpus.without(answer, "fbtrace_id") == corpus.without(case["response"]["body"], "fbtrace_id")


async def test_a_number_is_read_like_meta_s(sim: RunningSimulator, graph: Graph) -> None:
    case = corpus.load("phone-number-get")
    fields = case["request"]["query"]["fields"]

    status, answer = await graph.get(f"{PHONE_NUMBER_ID}?fields={fields}")

    assert status == 200
    assert answer == {**case["response"]["body"], "verified_name": "Padaria Aurora"}


async def test_numbers_are_listed_like_meta_s(graph: Graph) -> None:
    wanted = corpus.load("phone-numbers-list")["response"]["body"]
    status, answer = await graph.get(f"{WABA_ID}/phone_numbers")
    assert status == 200
    assert answer["data"] == [{**wanted["data"][0], "verified_name": "Padaria Aurora"}]
    assert answer["paging"].keys() == wanted["paging"].keys()


async def test_subscriptions_are_like_meta_s(graph: Graph) -> None:
    case = corpus.load("waba-subscribed-apps-get")
    assert await graph.get(f"{WABA_ID}/subscribed_apps") == (200, case["response"]["body"])
    assert await graph.post(f"{WABA_ID}/subscribed_apps") == (200, {"success": True})


async def test_registering_checks_the_pin(graph: Graph) -> None:
    case = corpus.load("phone-number-register")
    body = case["request"]["body"]

    first = await graph.post(f"{PHONE_NUMBER_ID}/register", body)
    other = await graph.post(f"{PHONE_NUMBER_ID}/register", {**body, "pin": "000000"})

    assert first == (200, case["response"]["body"])
    assert other[1]["error"]["code"] == 133005


def _text() -> corpus.Json:
    return {"messaging_product": "whatsapp", "to": f"+{MARIA}", "type": "text", "text": {"body": "Olá"}}


def _bearer(graph: Graph) -> dict[str, str]:
    return {"Authorization": f"Bearer {graph.token}"}
