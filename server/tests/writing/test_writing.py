"""Writing to a customer through the API, all the way to their phone."""

import asyncio
import json
from typing import Any, Literal
from uuid import uuid4

import pytest

from simulator.testing import WABA_ID
from tests.factories import somebody
from tests.pipeline.office import FLOWS
from tests.schema.rows import insert
from tests.writing.conftest import Desk

PICTURE = {"link": "https://padaria-aurora.example/bolo.jpg"}
FRAME = {"text": "Escolha", "header": "Padaria Aurora", "footer": "Desde 1987"}
BUTTONS = [{"id": "sim", "title": "Confirmar"}, {"id": "nao", "title": "Cancelar"}]
CARD = {"name": {"formatted_name": "Ana Lima", "first_name": "Ana"}, "phones": [{"phone": "+551130000100"}]}

KINDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", {"text": "Sim!"}, {"text": {"body": "Sim!"}}),
    ("image", {**PICTURE, "caption": "O bolo"}, {"image": {**PICTURE, "caption": "O bolo"}}),
    ("video", PICTURE, {"video": PICTURE}),
    ("audio", {**PICTURE, "voice": True}, {"audio": {**PICTURE, "voice": True}}),
    ("document", {**PICTURE, "filename": "nota.pdf"}, {"document": {**PICTURE, "filename": "nota.pdf"}}),
    ("sticker", PICTURE, {"sticker": PICTURE}),
    (
        "location",
        {"latitude": -23.55, "longitude": -46.63, "name": "Padaria", "address": "Rua A, 1"},
        {"location": {"latitude": -23.55, "longitude": -46.63, "name": "Padaria", "address": "Rua A, 1"}},
    ),
    ("contacts", {"contacts": [CARD]}, {"contacts": [CARD]}),
    (
        "button",
        {**FRAME, "buttons": BUTTONS},
        {
            "interactive": {
                "type": "button",
                "action": {"buttons": [{"type": "reply", "reply": one} for one in BUTTONS]},
            }
        },
    ),
    (
        "list",
        {
            "text": "Setores",
            "button": "Ver",
            "sections": [{"title": "A", "rows": [{"id": "f", "title": "Financeiro"}]}],
        },
        {"interactive": {"type": "list"}},
    ),
    (
        "interactive",
        {"text": "Acompanhe", "url_button": {"title": "Abrir", "url": "https://example.com/1"}},
        {"interactive": {"type": "cta_url"}},
    ),
    (
        "interactive",
        {"text": "Onde você está?", "request": "location"},
        {"interactive": {"type": "location_request_message"}},
    ),
    (
        "interactive",
        {"text": "Seu número?", "request": "contact_info"},
        {"interactive": {"type": "request_contact_info"}},
    ),
    (
        "interactive",
        {
            "text": "Agende",
            "form": {"flow_id": "1", "flow_cta": "Agendar", "flow_token": "t", "flow_action": "navigate"},
        },
        {"interactive": {"type": "flow"}},
    ),
]


def _holds(whole: Any, part: Any) -> bool:
    """Whether everything of `part` is in `whole`, at its place."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and _holds(whole[name], one) for name, one in part.items()
        )
    return bool(whole == part)


async def test_every_kind_reaches_the_customer(desk: Desk) -> None:
    for type_, content, wanted in KINDS:
        answer = await desk.write(type_, content)
        assert answer.status_code == 201, answer.text
        written = answer.json()
        heard = await desk.maria.hears()
        assert (written["type"], written["content"], written["status"]) == (type_, content, "pending")
        assert _holds(heard["body"], wanted), heard["body"]
        await desk.office.sim.wait_for_status(heard["wamid"], "delivered")
    await desk.office.settled()
    (sent,) = await desk.office.rows(
        """
        SELECT count(*), bool_and(status IN ('sent', 'delivered', 'read')) AS well, min(sender_type) AS sender
        FROM messages WHERE direction = 'outbound'
        """
    )
    assert (sent["count"], sent["well"], sent["sender"]) == (len(KINDS), True, "agent")


async def test_whoever_looks_on_is_told_once_that_the_bot_steps_back(desk: Desk) -> None:
    told = "SELECT count(*) FROM events WHERE type = 'conversation.updated'"
    before = await desk.office.count(told)

    for text in ("Sim!", "Até as 20h."):
        await desk.write("text", {"text": text})

    (event, *others) = await desk.office.rows(
        "SELECT payload FROM events WHERE type = 'conversation.updated' OFFSET $1", before
    )
    assert others == []
    assert json.loads(event["payload"]) == {
        "conversation_id": str(desk.conversation_id),
        "is_bot_active": False,
    }


async def test_it_can_quote_and_react(desk: Desk) -> None:
    (asked,) = (await desk.client.get(desk.path)).json()["items"]

    assert (await desk.write("text", {"text": "Sim!"}, reply_to=asked["id"])).status_code == 201
    quoting = await desk.maria.hears()
    assert (await desk.write("reaction", {"message_id": asked["id"], "emoji": "👍"})).status_code == 201
    reacting = await desk.maria.hears()

    assert quoting["body"]["context"] == {"message_id": asked["whatsapp_message_id"]}
    assert reacting["body"]["reaction"] == {"message_id": asked["whatsapp_message_id"], "emoji": "👍"}


@pytest.mark.parametrize("field", ["reply_to", "content.message_id"])
async def test_what_is_answered_must_be_in_the_conversation(desk: Desk, field: str) -> None:
    nobody = str(uuid4())
    if field == "reply_to":
        answer = await desk.write("text", {"text": "Sim!"}, reply_to=nobody)
    else:
        answer = await desk.write("reaction", {"message_id": nobody, "emoji": "👍"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown_reference")
    assert answer.json()["error"]["details"] == {"field": field}


async def test_a_text_arrives_as_it_was_written(desk: Desk) -> None:
    """The longest there can be: four-byte characters, right to left, zero-width, combined."""
    piece = "é🥐👩🏽‍🍳\u200b\u200fשלום\u202b مرحبا\u0301\n\t𝒜"
    text = (piece * 4096)[:4096]

    answer = await desk.write("text", {"text": text})
    heard = await desk.maria.hears()

    assert answer.json()["content"]["text"] == heard["body"]["text"]["body"] == text
    stored = (await desk.client.get(desk.path)).json()["items"][-1]
    assert stored["content"]["text"].encode() == text.encode()


@pytest.mark.parametrize(
    ("type_", "content", "said"),
    [
        ("text", {"text": "x" * 4097}, {"field": "text", "limit": 4096, "actual": 4097}),
        ("text", {"text": "Oi", "colour": "red"}, {"field": "colour"}),
        ("text", {"text": " "}, {"field": "text"}),
        ("image", {}, {"field": "media"}),
        ("audio", {**PICTURE, "caption": "x"}, {"field": "caption"}),
        ("button", {**FRAME, "buttons": [*BUTTONS, *BUTTONS]}, {"field": "buttons", "limit": 3, "actual": 4}),
        (
            "button",
            {**FRAME, "buttons": [{"id": "1", "title": "x" * 21}]},
            {"field": "buttons[0].title", "limit": 20},
        ),
        ("location", {"latitude": 91, "longitude": 0}, {"field": "latitude"}),
        ("reaction", {"emoji": "👍"}, {"field": "message_id"}),
    ],
)
async def test_a_limit_of_whatsapp_is_named_before_anything_is_sent(
    desk: Desk, type_: str, content: dict[str, Any], said: dict[str, Any]
) -> None:
    answer = await desk.write(type_, content)
    assert answer.status_code == 422, answer.text
    assert said.items() <= answer.json()["error"]["details"].items()
    assert await desk.office.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == 0


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d"])
async def test_what_cannot_be_stored_is_refused(desk: Desk, text: str) -> None:
    raw = b'{"type": "text", "content": {"text": "%s"}}' % text.encode("unicode_escape")
    answer = await desk.client.post(
        desk.path,
        content=raw.replace(b"\\x00", b"\\u0000"),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["details"]["fields"][0]["field"] == "body.content"


async def test_after_a_day_only_a_template_goes(desk: Desk) -> None:
    await desk.office.owner.execute(
        "UPDATE conversations SET last_customer_message_at = now() - interval '24 hours'"
    )
    refused = await desk.write("text", {"text": "Ainda está aí?"})
    await a_template(desk, "retomar", "Podemos continuar?")
    template = await desk.write("template", {"name": "retomar", "language": "pt_BR"})

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "window_closed")
    assert refused.json()["error"]["details"]["expired_at"]
    assert template.status_code == 201
    assert (await desk.maria.hears())["body"]["type"] == "template"


async def a_template(desk: Desk, name: str, body: str, **columns: str) -> None:
    """One that Meta has, and approved."""
    row = {
        "organization_id": desk.tenant.organization_id,
        "whatsapp_business_account_id": WABA_ID,
        "name": name,
        "category": "UTILITY",
        "meta_status": "APPROVED",
        "body_text": body,
        "components": json.dumps([{"type": "BODY", "text": body}]),
        **columns,
    }
    await insert(desk.office.owner, "whatsapp_templates", **row)


async def test_a_template_is_filled_in_when_it_is_written(desk: Desk) -> None:
    await a_template(desk, "pedido_enviado", "Oi {{1}}, o pedido {{2}} saiu para entrega.")
    content = {
        "name": "pedido_enviado",
        "language": "pt_BR",
        "parameters": {"body.1": "Maria", "body.2": "1029"},
    }

    written = await desk.write("template", content)

    assert written.status_code == 201, written.text
    assert written.json()["content"]["text"] == "Oi Maria, o pedido 1029 saiu para entrega."
    sent = (await desk.maria.hears())["body"]["template"]
    assert sent == {
        "name": "pedido_enviado",
        "language": {"code": "pt_BR"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Maria"}, {"type": "text", "text": "1029"}],
            }
        ],
    }


@pytest.mark.parametrize(
    ("columns", "content", "status", "code"),
    [
        ({}, {"name": "outro"}, 422, "template_unknown"),
        ({}, {"language": "pt_PT"}, 422, "template_unknown"),
        ({}, {"parameters": {}}, 422, "template_parameters_invalid"),
        ({"meta_status": "PAUSED", "rejection_reason": "low quality"}, {}, 409, "template_not_usable"),
        ({"meta_status": "PENDING"}, {}, 409, "template_not_usable"),
    ],
)
async def test_a_template_that_meta_would_refuse_is_refused_before(
    desk: Desk, columns: dict[str, str], content: dict[str, Any], status: int, code: str
) -> None:
    await a_template(desk, "pedido_enviado", "Oi {{1}}, o pedido saiu para entrega.", **columns)
    whole = {"name": "pedido_enviado", "language": "pt_BR", "parameters": {"body.1": "Maria"}}

    refused = await desk.write("template", whole | content)

    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    if reason := columns.get("rejection_reason"):
        assert reason in refused.json()["error"]["message"]


@pytest.mark.parametrize("status", ["APPROVED", "PAUSED"])
async def test_a_flow_sends_a_template_or_tells_why_not(desk: Desk, status: str) -> None:
    await a_template(desk, "boas_vindas", "Bem-vindo {{1}}, é bom ter você.", meta_status=status)
    (start, template) = (str(uuid4()), str(uuid4()))
    await desk.office.publish(desk.tenant, flow_of(start, template))

    await desk.office.sim.customer("5511900000022", "João").says("oi")
    await desk.office.until("SELECT EXISTS (SELECT FROM messages WHERE type = 'template')")
    await desk.office.settled()

    (message,) = await desk.office.rows("SELECT * FROM messages WHERE type = 'template'")
    if status == "APPROVED":
        assert message["status"] in {"accepted", "sent", "delivered", "read"}
        assert json.loads(message["content"])["text"] == "Bem-vindo João, é bom ter você."
    else:
        assert (message["status"], message["error_code"]) == ("failed", 132001)
        assert "PAUSED" in message["error_message"]
        assert await desk.office.count("SELECT count(*) FROM outbox") == 0


def flow_of(start: str, template: str) -> dict[str, Any]:
    file: dict[str, Any] = json.loads((FLOWS / "greeting.json").read_text())
    content = {"name": "boas_vindas", "parameters": {"body.1": "{{ contato.nome }}"}}
    file["canvas"]["nodes"] = [
        {"id": start, "type": "start", "position": {"x": 0, "y": 0}, "data": {"content": {}}},
        {"id": template, "type": "template", "position": {"x": 0, "y": 9}, "data": {"content": content}},
    ]
    file["canvas"]["edges"] = [
        {"id": str(uuid4()), "source": start, "sourceHandle": "next", "target": template}
    ]
    return file


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE conversations SET status = 'resolved'", "conversation_over"),
        ("UPDATE whatsapp_numbers SET deleted_at = now()", "number_gone"),
        ("UPDATE whatsapp_numbers SET is_active = false", "number_gone"),
    ],
)
async def test_where_nobody_can_be_written_to_it_says_why(desk: Desk, statement: str, code: str) -> None:
    await desk.office.owner.execute(statement)
    answer = await desk.write("text", {"text": "Oi"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)


async def test_a_month_that_is_used_up_is_named(desk: Desk) -> None:
    await desk.office.owner.execute("UPDATE organizations SET monthly_message_limit = 0")
    answer = await desk.write("text", {"text": "Oi"})
    assert answer.json()["error"]["details"]["limit"] == "monthly_message_limit"


async def test_the_bot_steps_back_and_the_counters_count(desk: Desk) -> None:
    await desk.write("text", {"text": "Aqui é a Ana, boa tarde"})
    (conversation,) = await desk.office.rows("SELECT is_bot_active, message_count FROM conversations")
    assert conversation == {"is_bot_active": False, "message_count": 2}
    assert await desk.office.count("SELECT total_messages FROM contacts") == 2


async def test_a_hundred_of_one_key_at_once_are_one_message(desk: Desk) -> None:
    key = {"idempotency-key": "mensagem-0001"}
    answers = await asyncio.gather(
        *(desk.write("text", {"text": "Uma vez"}, headers=key) for _ in range(100))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    await desk.maria.hears()
    await desk.office.settled()
    assert len(desk.office.sim.logged("graph.accepted")) == 1
    other = await desk.write("text", {"text": "Outra"}, headers=key)
    assert other.json()["error"]["code"] == "idempotency_key_reused"


async def test_twenty_at_once_keep_the_order_they_are_stored_in(desk: Desk) -> None:
    await asyncio.gather(*(desk.write("text", {"text": str(n)}) for n in range(20)))
    heard = [(await desk.maria.hears())["body"]["text"]["body"] for _ in range(20)]
    stored = [m["content"]["text"] for m in (await desk.client.get(desk.path)).json()["items"][1:]]
    assert heard == stored
    assert sorted(heard, key=int) == [str(n) for n in range(20)]


async def test_who_does_not_see_it_is_told_what_anybody_is_told(desk: Desk) -> None:
    stranger = await somebody(desk.office.runtime)
    nobodys = desk.path.replace(str(desk.conversation_id), str(uuid4()))
    for path in (desk.path, desk.path.replace("messages", "read")):
        body = {"type": "text", "content": {"text": "Oi"}} if path == desk.path else {}
        foreign = await desk.client.post(path, json=body, headers=stranger.headers)
        unknown = await desk.client.post(nobodys, json=body or {"type": "text", "content": {"text": "Oi"}})
        assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "not_found")
        assert unknown.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("typing", [True, False])
async def test_the_customer_sees_that_it_is_read_and_that_somebody_writes(
    desk: Desk, typing: Literal[True, False]
) -> None:
    (asked,) = (await desk.client.get(desk.path)).json()["items"]
    answer = await desk.client.post(desk.path.replace("messages", "read"), json={"typing": typing})
    read = await desk.office.sim.wait_for_kind("graph.read")
    assert answer.status_code == 204
    assert (read["wamid"], read["typing"]) == (asked["whatsapp_message_id"], typing)
