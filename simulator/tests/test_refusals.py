from typing import Any

import pytest

from simulator.testing import PHONE_NUMBER_ID, RunningSimulator
from tests.business import MARIA, Graph

Json = dict[str, Any]


@pytest.fixture(autouse=True)
async def maria(sim: RunningSimulator) -> None:
    await sim.customer(MARIA, "Maria Andrade").says("oi")


def text(body: Any) -> Json:
    return {"type": "text", "text": {"body": body}}


def buttons(*replies: tuple[str, str], body: str = "Escolha", **more: Any) -> Json:
    items = [{"type": "reply", "reply": {"id": key, "title": title}} for key, title in replies]
    message = {"type": "button", "body": {"text": body}, "action": {"buttons": items}, **more}
    return {"type": "interactive", "interactive": message}


def a_list(*sections: Json, button: str = "Ver", body: str = "Escolha", **more: Any) -> Json:
    message = {
        "type": "list",
        "body": {"text": body},
        "action": {"button": button, "sections": list(sections)},
    }
    return {"type": "interactive", "interactive": {**message, **more}}


def rows(count: int, title: str | None = "Setor", start: int = 0) -> Json:
    items = [{"id": f"r{index}", "title": f"Linha {index}"} for index in range(start, start + count)]
    return {"title": title, "rows": items} if title else {"rows": items}


def offer(kind: str, action: Json, **more: Any) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "action": action, **more}}


BODY: Json = {"body": {"text": "Veja"}}
PRODUCT: Json = {"catalog_id": "190000000000123", "product_retailer_id": "PAO-1"}


def card(at: int, **parts: Any) -> Json:
    leads = {"name": "cta_url", "parameters": {"display_text": "Ver", "url": "https://a.example/1"}}
    picture = {"type": "image", "image": {"link": "https://a.example/a.jpg"}}
    return {"card_index": at, "type": "cta_url", "header": picture, "action": leads} | parts


def replies(*titles: str) -> Json:
    buttons = [{"type": "quick_reply", "quick_reply": {"id": each, "title": each}} for each in titles]
    return {"buttons": buttons}


def deck(*cards: Json, **more: Any) -> Json:
    return offer("carousel", {"cards": list(cards)}, **(BODY | more))


def shelf(count: int, title: str | None = "Pães") -> Json:
    items = [{"product_retailer_id": f"PAO-{number}"} for number in range(count)]
    return {"product_items": items} | ({"title": title} if title else {})


def shelves(*sections: Json, **more: Any) -> Json:
    header = {"type": "text", "text": "Padaria"}
    action = {"catalog_id": "1", "sections": list(sections)}
    return offer("product_list", action, **(BODY | {"header": header} | more))


def a_call(**parameters: Any) -> Json:
    return offer("voice_call", {"name": "voice_call", "parameters": parameters}, **BODY)


def template(**more: Any) -> Json:
    return {"type": "template", "template": {"name": "aviso", "language": {"code": "pt_BR"}, **more}}


def a_parameter(value: str) -> Json:
    return template(components=[{"type": "body", "parameters": [{"type": "text", "text": value}]}])


REFUSED: list[tuple[str, int, Json]] = [
    ("text without body", 131008, {"type": "text", "text": {}}),
    ("empty text", 100, text("")),
    ("text of 4097", 100, text("x" * 4097)),
    ("text that is a number", 100, text(5)),
    ("unknown key", 100, {**text("oi"), "textt": {}}),
    ("unknown key inside", 100, {"type": "text", "text": {"body": "oi", "bodyy": "x"}}),
    ("type without object", 131008, {"type": "image"}),
    ("unknown type", 100, {"type": "poll", "poll": {}}),
    ("callback data of 513", 100, {**text("oi"), "biz_opaque_callback_data": "x" * 513}),
    ("quoting nothing", 131009, {**text("oi"), "context": {"message_id": ""}}),
    ("a group", 131041, {**text("oi"), "recipient_type": "group"}),
    ("image without id or link", 131008, {"type": "image", "image": {"caption": "x"}}),
    (
        "image with id and link",
        100,
        {"type": "image", "image": {"id": "1", "link": "https://a.example/a.jpg"}},
    ),
    ("image link that is no URL", 131009, {"type": "image", "image": {"link": "a.jpg"}}),
    ("caption of 1025", 100, {"type": "image", "image": {"id": "1", "caption": "x" * 1025}}),
    ("audio with a caption", 100, {"type": "audio", "audio": {"id": "1", "caption": "x"}}),
    ("location without longitude", 131008, {"type": "location", "location": {"latitude": 1}}),
    ("location off the globe", 131009, {"type": "location", "location": {"latitude": 91, "longitude": 0}}),
    ("no contacts", 100, {"type": "contacts", "contacts": []}),
    (
        "contact without a name part",
        131009,
        {"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]},
    ),
    ("reaction without emoji", 131008, {"type": "reaction", "reaction": {"message_id": "wamid.A"}}),
    ("no buttons", 131009, buttons()),
    ("four buttons", 131009, buttons(*((str(index), f"B{index}") for index in range(4)))),
    ("button title of 21", 131009, buttons(("a", "x" * 21))),
    ("button title empty", 131009, buttons(("a", ""))),
    ("button id of 257", 131009, buttons(("x" * 257, "A"))),
    ("button id with a space at its end", 131009, buttons(("a ", "A"))),
    ("same button id twice", 131009, buttons(("a", "A"), ("a", "B"))),
    ("same button title twice", 131009, buttons(("a", "A"), ("b", "A"))),
    ("interactive body of 1025", 131009, buttons(("a", "A"), body="x" * 1025)),
    ("interactive without body", 131009, buttons(("a", "A"), body="")),
    ("footer of 61", 131009, buttons(("a", "A"), footer={"text": "x" * 61})),
    ("header of 61", 131009, buttons(("a", "A"), header={"type": "text", "text": "x" * 61})),
    ("list button of 21", 131009, a_list(rows(1), button="x" * 21)),
    ("list with eleven rows", 131009, a_list(rows(6), rows(5, start=6))),
    ("list with eleven sections", 131009, a_list(*(rows(1, start=index) for index in range(11)))),
    ("two sections, one nameless", 131008, a_list(rows(1), rows(1, title=None, start=1))),
    ("section title of 25", 131009, a_list(rows(1, title="x" * 25))),
    ("row title of 25", 131009, a_list({"rows": [{"id": "a", "title": "x" * 25}]})),
    ("row id of 201", 131009, a_list({"rows": [{"id": "x" * 201, "title": "A"}]})),
    ("row description of 73", 131009, a_list({"rows": [{"id": "a", "title": "A", "description": "x" * 73}]})),
    ("same row id twice", 131009, a_list(rows(1), rows(1))),
    ("list with an image header", 131009, a_list(rows(1), header={"type": "image", "image": {"id": "1"}})),
    ("list body of 4097", 131009, a_list(rows(1), body="x" * 4097)),
    ("one card", 131009, deck(card(0))),
    ("eleven cards", 131009, deck(*(card(at) for at in range(11)))),
    ("cards that count wrongly", 131009, deck(card(1), card(0))),
    ("cards under a line", 131009, deck(card(0), card(1), header={"type": "text", "text": "x"})),
    ("cards over a line", 131009, deck(card(0), card(1), footer={"text": "x"})),
    ("cards without a body", 131008, offer("carousel", {"cards": [card(0), card(1)]})),
    ("card of an unknown type", 100, deck(card(0, type="reply"), card(1))),
    ("card without a header", 100, deck(card(0, header=None), card(1))),
    ("card with a line above", 131009, deck(card(0, header={"type": "text", "text": "x"}), card(1))),
    ("card body of 161", 131009, deck(card(0, body={"text": "x" * 161}), card(1))),
    ("card with three line breaks", 131009, deck(card(0, body={"text": "a\nb\nc\nd"}), card(1))),
    ("cards with other buttons", 131009, deck(card(0), card(1, action=replies("A")))),
    (
        "cards with more buttons",
        131009,
        deck(card(0, action=replies("A")), card(1, action=replies("A", "B"))),
    ),
    ("card with four buttons", 131009, deck(card(0, action=replies(*"ABCD")), card(1))),
    ("card with a button twice", 131009, deck(card(0, action=replies("A", "A")), card(1))),
    (
        "products of two catalogs",
        131009,
        deck(*(card(at, type="product", action=PRODUCT | {"catalog_id": str(at)}) for at in range(2))),
    ),
    ("product without a catalog", 131008, offer("product", {"product_retailer_id": "1"})),
    ("product under a line", 131009, offer("product", PRODUCT, header={"type": "text", "text": "x"})),
    ("products without a line above", 131008, shelves(shelf(1), header=None)),
    ("products of 31", 131009, shelves(shelf(16), shelf(15))),
    ("two shelves, one nameless", 131008, shelves(shelf(1), shelf(1, None))),
    (
        "catalog under a line",
        131009,
        offer("catalog_message", {"name": "catalog_message"}, **BODY, header={"type": "text", "text": "x"}),
    ),
    ("call of 43201 minutes", 131009, a_call(ttl_minutes=43_201)),
    ("call with words of 21", 131009, a_call(display_text="x" * 21)),
    ("call with a payload of 513", 131009, a_call(payload="x" * 513)),
    (
        "may we call, over a line",
        131009,
        offer("call_permission_request", {"name": "call_permission_request"}, **BODY, footer={"text": "x"}),
    ),
    (
        "address in Brazil",
        131009,
        offer("address_message", {"name": "address_message", "parameters": {"country": "BR"}}, **BODY),
    ),
    ("template without language", 100, {"type": "template", "template": {"name": "aviso"}}),
    ("template with capitals", 131009, template(name="Aviso")),
    ("template text empty", 131008, a_parameter("")),
    ("template text with a newline", 100, a_parameter("a\nb")),
    ("template text with five spaces", 100, a_parameter("a     b")),
    (
        "template payload of 129",
        100,
        template(
            components=[
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": 0,
                    "parameters": [{"type": "payload", "payload": "x" * 129}],
                }
            ]
        ),
    ),
]


@pytest.mark.parametrize(
    ("code", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
async def test_what_meta_refuses_is_refused(
    sim: RunningSimulator, graph: Graph, code: int, message: Json
) -> None:
    status, answer = await graph.send(**message)

    assert (status, answer["error"]["code"]) == (400, code), answer
    assert answer["error"]["fbtrace_id"]
    assert sim.logged("graph.refused", code=code)
    assert not sim.logged("graph.accepted")


ACCEPTED: list[tuple[str, Json]] = [
    ("text of 4096", text("ç" * 4096)),
    (
        "caption of 1024",
        {"type": "image", "image": {"link": "https://a.example/a.jpg", "caption": "x" * 1024}},
    ),
    ("button at its limits", buttons(("x" * 256, "x" * 20), body="x" * 1024, footer={"text": "x" * 60})),
    ("list of ten rows", a_list(rows(4), rows(6, start=4), button="x" * 20, body="x" * 4096)),
    (
        "button with an image",
        buttons(("a", "A"), header={"type": "image", "image": {"link": "https://a.example/a"}}),
    ),
    ("ten cards", deck(*(card(at, body={"text": "a\nb\n" + "x" * 156}) for at in range(10)))),
    ("cards with replies", deck(*(card(at, action=replies("A", "B", "C")) for at in range(2)))),
    ("cards of products", deck(*(card(at, type="product", action=PRODUCT) for at in range(2)))),
    ("a product without words", offer("product", PRODUCT)),
    ("30 products", shelves(shelf(15), shelf(15))),
    ("the catalog", offer("catalog_message", {"name": "catalog_message"}, **BODY)),
    ("a call", a_call(ttl_minutes=43_200, display_text="x" * 20, payload="x" * 512)),
    ("may we call", offer("call_permission_request", {"name": "call_permission_request"}, **BODY)),
    (
        "address in India",
        offer("address_message", {"name": "address_message", "parameters": {"country": "IN"}}, **BODY),
    ),
    ("no type is text", {"text": {"body": "oi"}}),
    ("callback data of 512", {**text("oi"), "biz_opaque_callback_data": "x" * 512}),
]


@pytest.mark.parametrize("message", [case[1] for case in ACCEPTED], ids=[case[0] for case in ACCEPTED])
async def test_what_is_just_short_enough_is_accepted(graph: Graph, message: Json) -> None:
    status, answer = await graph.send(**message)
    assert status == 200, answer


async def test_the_product_must_be_named(graph: Graph) -> None:
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", {"to": f"+{MARIA}", **text("oi")})
    assert (status, answer["error"]["message"]) == (
        400,
        "(#100) The parameter messaging_product is required.",
    )


async def test_somebody_must_be_addressed(graph: Graph) -> None:
    body = {"messaging_product": "whatsapp", **text("oi")}
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", body)
    assert (status, answer["error"]["code"]) == (400, 131008)
    assert answer["error"]["error_data"]["details"] == "Parameter 'to' is mandatory for type 'text'"


async def test_a_body_that_is_no_json_object_is_refused(graph: Graph) -> None:
    bodies: list[Any] = [[], "text", 5]
    for body in bodies:
        status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", body)
        assert (status, answer["error"]["code"]) == (400, 100)


async def test_an_unknown_token_is_190(graph: Graph) -> None:
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", {}, token="wrong")
    assert (status, answer["error"]["code"], answer["error"]["type"]) == (401, 190, "OAuthException")


async def test_no_token_is_104(graph: Graph) -> None:
    graph.token = None
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", {})
    assert (status, answer["error"]["code"]) == (401, 104)


async def test_a_number_of_somebody_else_does_not_exist(sim: RunningSimulator, graph: Graph) -> None:
    await sim.register(
        callback_url=None,
        app_id="1",
        waba_id="2",
        phone_number_id="3",
        access_token="other",
        display_phone_number="+55 21 3000-0100",
    )
    for path in ("3/messages", "9/messages"):
        status, answer = await graph.post(
            path, {"messaging_product": "whatsapp", "to": "+5511900000011", **text("x")}
        )
        assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)
    assert (await graph.get("2/phone_numbers"))[1]["error"]["error_subcode"] == 33


async def test_a_path_nobody_knows_is_a_graph_error(graph: Graph) -> None:
    status, answer = await graph.get(f"{PHONE_NUMBER_ID}/nothing/here")
    assert (status, answer["error"]["code"]) == (400, 2500)


async def test_the_business_cannot_write_to_itself(graph: Graph) -> None:
    status, answer = await graph.send(to="551130000100", **text("oi"))
    assert (status, answer["error"]["code"]) == (400, 131021)


async def test_without_a_plus_the_country_of_the_business_comes_first(
    sim: RunningSimulator, graph: Graph
) -> None:
    body = {"messaging_product": "whatsapp", "to": MARIA, **text("oi")}
    status, answer = await graph.post(f"{PHONE_NUMBER_ID}/messages", body)
    assert status == 200
    assert answer["contacts"] == [{"input": MARIA, "wa_id": f"55{MARIA}"}]
    assert sim.logged("graph.accepted")[0]["to"] == f"55{MARIA}"


async def test_a_deregistered_number_cannot_send(graph: Graph) -> None:
    await graph.post(f"{PHONE_NUMBER_ID}/deregister")
    status, answer = await graph.send(**text("oi"))
    assert (status, answer["error"]["code"]) == (400, 133010)
