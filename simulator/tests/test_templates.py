"""Templates on Meta's side: listed, reviewed, changed, deleted, told, and held against what is sent."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.config import Limits
from simulator.testing import PHONE_NUMBER_ID, WABA_ID, RunningSimulator, fast_config
from tests import corpus
from tests.business import MARIA, Business, Graph
from tests.test_header_samples import a_handle

Json = dict[str, Any]

PATH = f"{WABA_ID}/message_templates"


@pytest.fixture
async def seeded(sim: RunningSimulator, session: aiohttp.ClientSession) -> RunningSimulator:
    """Meta has what the corpus lists, in its order."""
    pages = [corpus.load(f"templates-list-{page}") for page in ("page1", "page2")]
    listed = [each for page in pages for each in page["response"]["body"]["data"]]
    for each in reversed(listed):
        body = {**each, "waba_id": WABA_ID}
        async with session.put(sim.base_url + "/_simulator/templates", json=body) as response:
            assert response.status == 200, await response.text()
    return sim


async def decide(
    sim: RunningSimulator, session: aiohttp.ClientSession, identity: str, **decision: Any
) -> int:
    async with session.post(f"{sim.base_url}/_simulator/templates/{identity}", json=decision) as response:
        return response.status


def bodies(name: str) -> tuple[Json, Json]:
    case = corpus.load(name)
    return case["request"].get("body", {}), case["response"]["body"]


@pytest.mark.usefixtures("seeded")
async def test_a_list_is_paged_like_meta_s(graph: Graph) -> None:
    first_case, last_case = corpus.load("templates-list-page1"), corpus.load("templates-list-page2")
    fields = first_case["request"]["query"]["fields"]

    status, first = await graph.get(f"{PATH}?limit=2&fields={fields}")
    after = first["paging"]["cursors"]["after"]
    _, last = await graph.get(f"{PATH}?limit=2&fields={fields}&after={after}")

    assert status == 200
    volatile = ("paging", "quality_score", "rejected_reason")
    assert corpus.without(first, *volatile) == corpus.without(first_case["response"]["body"], *volatile)
    assert corpus.without(last, *volatile) == corpus.without(last_case["response"]["body"], *volatile)
    assert last["data"][0]["rejected_reason"] == "PROMOTIONAL"
    assert f"after={after.replace('=', '%3D')}" in first["paging"]["next"]
    assert (set(last["paging"]), set(last["paging"]["cursors"])) == (
        {"cursors", "previous"},
        {"before", "after"},
    )


async def test_an_account_without_templates_lists_nothing(graph: Graph) -> None:
    assert await graph.get(PATH) == (200, bodies("templates-list-empty")[1])


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=REJECTED", ["promo_relampago"]),
        ("name=pedido_enviado", ["pedido_enviado"]),
        ("category=UTILITY&language=pt_BR", ["confirma_agenda", "pedido_enviado"]),
        ("name_or_content=consulta", ["confirma_agenda"]),
        ("language=en", []),
    ],
)
async def test_a_list_is_filtered(graph: Graph, query: str, names: list[str]) -> None:
    _, answer = await graph.get(f"{PATH}?{query}")

    assert [each["name"] for each in answer["data"]] == names


@pytest.mark.parametrize("name", ["template-create-named", "template-create-positional"])
async def test_a_template_is_taken_and_then_approved(
    sim: RunningSimulator, graph: Graph, business: Business, name: str
) -> None:
    sim.config.template_review_seconds = 0.0
    asked, expected = bodies(name)
    for component in asked["components"]:
        if "header_handle" in component.get("example", {}):
            component["example"]["header_handle"] = [a_handle(sim, "image/jpeg")]

    status, answer = await graph.post(PATH, asked)

    assert (status, corpus.without(answer, "id")) == (200, corpus.without(expected, "id"))
    change = await told(business, "message_template_status_update")
    assert change == {
        "event": "APPROVED",
        "message_template_id": int(answer["id"]),
        "message_template_name": asked["name"],
        "message_template_language": "pt_BR",
        "reason": "NONE",
        "message_template_category": "UTILITY",
    }
    _, read = await graph.get(f"{answer['id']}?fields=status,components")
    assert read == {"status": "APPROVED", "components": asked["components"], "id": answer["id"]}


async def told(business: Business, field: str) -> Json:
    """The value of the first webhook of that field."""
    async with asyncio.timeout(5):
        while True:
            for payload in business.payloads:
                for entry in payload["entry"]:
                    for change in entry["changes"]:
                        if change["field"] == field:
                            assert entry["time"] > 1_700_000_000
                            value: Json = change["value"]
                            return value
            await asyncio.sleep(0.01)


async def test_advertising_becomes_marketing(graph: Graph) -> None:
    asked, expected = bodies("template-create-recategorised")

    _, answer = await graph.post(PATH, asked)

    assert answer["category"] == expected["category"] == "MARKETING"


async def test_the_review_rejects_with_its_reason(
    sim: RunningSimulator, graph: Graph, business: Business
) -> None:
    sim.config.template_review_seconds = 0.0
    body = {
        "type": "BODY",
        "text": "Bom dia, {{1}} {{2}} é a sua vez de vir aqui.",
        "example": {"body_text": [["a", "b"]]},
    }

    _, answer = await graph.post(
        PATH, {"name": "fila", "language": "pt_BR", "category": "UTILITY", "components": [body]}
    )

    change = await told(business, "message_template_status_update")
    assert (change["event"], change["reason"]) == ("REJECTED", "INVALID_FORMAT")
    expected = {
        "reason": "Parameters are placed next to each other.",
        "recommendation": "Put text between the parameters.",
    }
    assert change["rejection_info"] == expected
    _, read = await graph.get(f"{answer['id']}?fields=status,rejected_reason")
    assert (read["status"], read["rejected_reason"]) == ("REJECTED", "INVALID_FORMAT")


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("name", ["error-2388024-template-exists", "error-2388299-dangling-parameter"])
async def test_a_refusal_says_what_meta_says(graph: Graph, name: str) -> None:
    asked, expected = bodies(name)

    status, answer = await graph.post(PATH, asked)

    assert status == 400
    assert corpus.without(answer, "fbtrace_id") == corpus.without(expected, "fbtrace_id")


@pytest.mark.parametrize(
    ("changes", "subcode"),
    [
        ({"name": "Nome Ruim"}, None),
        ({"language": "português"}, None),
        ({"category": "SPAM"}, None),
        ({"components": []}, 2388043),
        ({"components": [{"type": "BODY", "text": "x" * 1025}]}, 2388040),
        ({"components": [{"type": "BODY", "text": "Olá {{1}}, bom dia."}]}, 2388043),
        (
            {
                "components": [
                    {"type": "BODY", "text": "{{1}}, {{2}} a", "example": {"body_text": [["a", "b"]]}}
                ]
            },
            2388299,
        ),
        (
            {
                "components": [
                    {"type": "HEADER", "format": "TEXT", "text": "*Oi*"},
                    {"type": "BODY", "text": "Olá"},
                ]
            },
            2388047,
        ),
        ({"components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Olá"}]}, 2388043),
        ({"components": [{"type": "BODY", "text": "Olá"}, {"type": "FOOTER", "text": "x" * 61}]}, 2388073),
    ],
)
async def test_what_breaks_a_rule_is_refused(graph: Graph, changes: Json, subcode: int | None) -> None:
    asked = {
        "name": "aviso",
        "language": "pt_BR",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Olá"}],
    }

    status, answer = await graph.post(PATH, asked | changes)

    assert (status, answer["error"]["code"], answer["error"].get("error_subcode")) == (400, 100, subcode)
    assert answer["error"]["error_user_msg"]


async def test_an_edit_goes_back_to_review_and_an_approved_one_only_once_a_day(
    seeded: RunningSimulator, graph: Graph, session: aiohttp.ClientSession
) -> None:
    seeded.config.template_review = "by_hand"
    asked, expected = bodies("template-edit")
    rejected, approved = "9900112233445502", "9900112233445501"

    assert await graph.post(rejected, asked) == (200, expected)
    _, read = await graph.get(f"{rejected}?fields=status,components")
    assert (read["status"], read["components"]) == ("PENDING", asked["components"])
    status, answer = await graph.post(rejected, asked)
    assert (status, answer["error"]["error_subcode"]) == (400, 2388039)

    assert (await graph.post(approved, asked))[0] == 200
    assert await decide(seeded, session, approved, do="status", status="APPROVED") == 200
    assert (await graph.post(approved, {"category": "MARKETING"}))[0] == 400
    status, answer = await graph.post(approved, asked)
    assert (status, answer["error"]["error_user_title"]) == (400, "Edit limit")


@pytest.mark.usefixtures("seeded")
async def test_deleting_by_id_and_by_name(graph: Graph, session: aiohttp.ClientSession) -> None:
    by_id, by_name = corpus.load("template-delete-by-id"), corpus.load("template-delete-by-name")
    asked = {
        "name": "promo_relampago",
        "language": "en",
        "category": "MARKETING",
        "components": [{"type": "BODY", "text": "Only today."}],
    }
    await graph.post(PATH, asked)

    assert await delete(graph, by_id["request"]["query"]) == (200, by_id["response"]["body"])
    _, left = await graph.get(f"{PATH}?name=promo_relampago")
    assert [each["language"] for each in left["data"]] == ["en"]
    assert await delete(graph, by_name["request"]["query"]) == (200, by_name["response"]["body"])
    status, answer = await delete(graph, by_name["request"]["query"])
    assert (status, answer["error"]["error_subcode"]) == (400, 2593002)


async def delete(graph: Graph, query: Json) -> tuple[int, Json]:
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with graph.session.delete(f"{graph.url}/{PATH}", params=query, headers=headers) as response:
        return response.status, await response.json()


@pytest.mark.parametrize(
    ("decision", "field", "expected"),
    [
        (
            {"do": "status", "status": "PAUSED"},
            "message_template_status_update",
            {
                "event": "PAUSED",
                "other_info": {
                    "title": "FIRST_PAUSE",
                    "description": "Your template has been paused for 3 hours because it has low quality.",
                },
            },
        ),
        (
            {"do": "status", "status": "REJECTED", "reason": "SCAM"},
            "message_template_status_update",
            {"event": "REJECTED", "reason": "SCAM"},
        ),
        (
            {"do": "quality", "score": "YELLOW"},
            "message_template_quality_update",
            {"previous_quality_score": "UNKNOWN", "new_quality_score": "YELLOW"},
        ),
        (
            {"do": "category", "category": "MARKETING"},
            "template_category_update",
            {"previous_category": "UTILITY", "new_category": "MARKETING"},
        ),
        (
            {"do": "category", "category": "MARKETING", "impending": True},
            "template_category_update",
            {"new_category": "UTILITY", "correct_category": "MARKETING"},
        ),
        (
            {"do": "body", "text": "Olá {{1}}, confirma {{2}}? Obrigado."},
            "message_template_components_update",
            {
                "message_template_element": "Olá {{1}}, confirma {{2}}? Obrigado.",
                "message_template_footer": "Clínica Modelo",
            },
        ),
    ],
)
async def test_what_is_decided_by_hand_is_told(
    seeded: RunningSimulator,
    session: aiohttp.ClientSession,
    business: Business,
    decision: Json,
    field: str,
    expected: Json,
) -> None:
    assert await decide(seeded, session, "9900112233445501", **decision) == 200

    value = await told(business, field)

    assert value["message_template_id"] == 9900112233445501
    assert {key: value.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    "decision",
    [
        {},
        {"do": "status", "status": "X"},
        {"do": "quality", "score": "X"},
        {"do": "category", "category": "X"},
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(
    seeded: RunningSimulator, session: aiohttp.ClientSession, decision: Json
) -> None:
    assert await decide(seeded, session, "9900112233445501", **decision) == 400
    assert await decide(seeded, session, "1", **decision) == 404


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("error-132000-parameter-count", 132012),
        ("error-132001-template-missing", 132001),
        ("error-132012-parameter-format", 132012),
        ("send-template-positional", None),
        ("send-template-named", None),
        ("send-template-no-params", 132001),
    ],
)
async def test_what_is_sent_is_held_against_the_template_if_asked_for(
    seeded: RunningSimulator, graph: Graph, name: str, code: int | None
) -> None:
    seeded.config.templates = "exact"
    await seeded.customer(MARIA, "Maria").says("oi")
    asked, expected = bodies(name)

    _, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", await graph.with_files(asked))

    assert answer.get("error", {}).get("code") == code
    if code and code == expected.get("error", {}).get("code"):
        assert answer["error"]["error_data"] == expected["error"]["error_data"]


@pytest.mark.parametrize(("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("PENDING", 132001)])
async def test_only_what_is_approved_is_sent(
    seeded: RunningSimulator, graph: Graph, session: aiohttp.ClientSession, status: str, code: int
) -> None:
    seeded.config.templates = "exact"
    await decide(seeded, session, "9900112233445504", do="status", status=status)

    _, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", bodies("send-template-named")[0])

    assert answer["error"]["code"] == code


async def test_templates_survive_a_restart(tmp_path: Any, session: aiohttp.ClientSession) -> None:
    config = fast_config(data=tmp_path, limits=Limits())
    body = {"waba_id": WABA_ID, "name": "ola", "language": "pt_BR", "category": "UTILITY", "components": []}
    async with RunningSimulator(config) as sim:
        await sim.register(callback_url=None)
        async with session.put(sim.base_url + "/_simulator/templates", json=body) as response:
            assert response.status == 200
    async with (
        RunningSimulator(config) as again,
        session.get(again.base_url + "/_simulator/templates") as response,
    ):
        items = (await response.json())["items"]

    assert [(each["name"], each["status"]) for each in items] == [("ola", "APPROVED")]
