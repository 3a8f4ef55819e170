"""Speaking to the Graph API over real sockets, above all when the other side does not speak back."""

import asyncio
import json
import logging
import socket
import struct
from contextlib import AbstractAsyncContextManager, closing
from typing import Any

import pytest

from pytake.adapters.meta.client import MetaClient
from pytake.ports.whatsapp import (
    Accepted,
    Letter,
    Person,
    Policy,
    Refused,
    Sender,
    Unknown,
    WhatsApp,
    WhatsAppRefused,
    WhatsAppUnreachable,
)
from tests.adapters.meta import corpus
from tests.adapters.meta.graph import Graph, answering, misbehaving

TOKEN = "EAAG-a-token-that-must-not-leak"
SENDER = Sender("455900112233441", TOKEN)
LETTER = Letter("0190-our-id", Person(wa_id="5511900000011"), "text", {"text": "Olá"})

ACCEPTED = json.dumps(
    {"contacts": [{"input": "+5511900000011", "wa_id": "551190000011"}], "messages": [{"id": "wamid.OUT"}]}
).encode()


def as_in(name: str) -> AbstractAsyncContextManager[Graph]:
    """A Graph API that answers as this file of the corpus does."""
    answer = json.loads(corpus.body("graph", name))["response"]
    return answering(answer["status"], json.dumps(answer["body"]).encode())


async def sent_to(url: str, **options: Any) -> Any:
    async with MetaClient(url, **options) as client:
        return await client.send(SENDER, LETTER)


async def test_a_letter_is_posted_with_its_token() -> None:
    async with answering(200, ACCEPTED) as graph:
        assert await sent_to(graph.url) == Accepted("wamid.OUT", wa_id="551190000011")

    (request,) = graph.requests
    assert (request.method, request.path) == ("POST", "/v25.0/455900112233441/messages")
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.body)["biz_opaque_callback_data"] == "0190-our-id"


async def test_a_refusal_keeps_what_meta_said() -> None:
    async with as_in("error-131056-pair-rate-limit.json") as graph:
        outcome = await sent_to(graph.url)
    assert isinstance(outcome, Refused)
    assert (outcome.policy, outcome.code) == (Policy.THROTTLE_PAIR, 131056)


async def test_a_gateway_s_page_is_no_answer() -> None:
    async with answering(502, b"<html>", {"Content-Type": "text/html"}) as graph:
        assert isinstance(await sent_to(graph.url), Unknown)


def a_closed_port() -> int:
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


@pytest.mark.parametrize("url", ["http://127.0.0.1:{closed}", "http://[", "nonsense"])
async def test_what_never_left_was_not_accepted(url: str) -> None:
    outcome = await sent_to(url.format(closed=a_closed_port()))
    assert isinstance(outcome, Refused)
    assert (outcome.policy, outcome.code) == (Policy.RETRY, None)


async def test_a_server_that_accepts_no_connection_accepted_nothing() -> None:
    """The queue of the listening socket is full: the handshake itself never ends."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        address = listening.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        outcome = await sent_to(f"http://127.0.0.1:{address[1]}", total_seconds=0.2)
        for filler in fillers:
            filler.close()
    assert isinstance(outcome, Refused)
    assert outcome.policy is Policy.RETRY


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.close()


async def half_an_answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{")
    await writer.drain()


async def not_http(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail ready\r\n")
    await writer.drain()


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize("behave", [hang_up, reset, half_an_answer, not_http, silence])
async def test_a_lost_answer_is_never_guessed(behave: Any) -> None:
    async with misbehaving(behave) as url:
        assert isinstance(await sent_to(url, total_seconds=0.3), Unknown)


async def test_a_redirect_does_not_carry_the_token_away() -> None:
    async with (
        answering(200, ACCEPTED) as elsewhere,
        answering(307, b"", {"Location": elsewhere.url}) as graph,
    ):
        outcome = await sent_to(graph.url)
    assert isinstance(outcome, Refused)
    assert elsewhere.requests == []


async def test_one_session_keeps_its_connections() -> None:
    async with answering(200, ACCEPTED, gather=4) as graph, MetaClient(graph.url, connections=4) as client:
        for _ in range(3):
            outcomes = await asyncio.gather(*[client.send(SENDER, LETTER) for _ in range(8)])
            assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert len(graph.requests) == 24
    assert graph.connections == 4


@pytest.mark.parametrize("token", ["two\r\nlines", "não", "a\0b"])
async def test_a_token_that_is_none_stops_the_number(token: str) -> None:
    async with answering(200, ACCEPTED) as graph, MetaClient(graph.url) as client:
        outcome = await client.send(Sender("455900112233441", token), LETTER)
        with pytest.raises(WhatsAppRefused):
            await client.get_phone_number(Sender("455900112233441", token))
    assert isinstance(outcome, Refused)
    assert outcome.policy is Policy.STOP_NUMBER
    assert graph.requests == []


@pytest.mark.parametrize("content", [{}, {"text": "a\ud83d"}])
async def test_what_cannot_be_written_is_final(content: Any) -> None:
    async with answering(200, ACCEPTED) as graph, MetaClient(graph.url) as client:
        outcome = await client.send(SENDER, Letter("id", LETTER.to, "text", content))
    assert isinstance(outcome, Refused)
    assert outcome.policy is Policy.FAIL
    assert graph.requests == []


async def test_the_token_is_in_no_word_that_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = [repr(SENDER), str(SENDER)]
    said += [repr(await sent_to(f"http://127.0.0.1:{a_closed_port()}"))]
    async with misbehaving(hang_up) as url:
        said += [repr(await sent_to(url))]
        async with MetaClient(url) as client:
            with pytest.raises(WhatsAppUnreachable) as failure:
                await client.subscribe("310277445566100", TOKEN)
    said += [str(failure.value), repr(failure.value.__cause__), repr(client), caplog.text]
    assert TOKEN not in "".join(said)


async def test_a_message_is_marked_as_read() -> None:
    asked = json.loads(corpus.body("graph", "mark-read.json"))["request"]["body"]
    async with as_in("mark-read.json") as graph, MetaClient(graph.url) as client:
        await client.mark_read(SENDER, asked["message_id"])
    assert json.loads(graph.requests[0].body) == asked


async def test_marking_as_read_never_fails() -> None:
    async with misbehaving(hang_up) as url, MetaClient(url) as client:
        await client.mark_read(SENDER, "wamid.A")
        await client.mark_read(Sender("455900112233441", "two\nlines"), "wamid.A")


async def test_meta_confirms_a_number() -> None:
    async with as_in("phone-number-get.json") as graph, MetaClient(graph.url) as client:
        number = await client.get_phone_number(SENDER)
    assert (number.id, number.display_phone_number) == ("455900112233441", "+55 11 3000-0100")
    assert (number.verified_name, number.status, number.throughput) == (
        "Clínica Modelo",
        "CONNECTED",
        "STANDARD",
    )
    assert (number.quality_rating, number.messaging_limit) == ("GREEN", "TIER_2K")
    (request,) = graph.requests
    assert request.path.startswith("/v25.0/455900112233441?fields=id,verified_name,")


async def test_meta_lists_the_numbers_of_an_account() -> None:
    async with as_in("phone-numbers-list.json") as graph, MetaClient(graph.url) as client:
        numbers = await client.list_phone_numbers("310277445566100", TOKEN)
    assert [number.id for number in numbers] == ["455900112233441", "455900112233442"]


async def test_an_account_is_subscribed_with_an_empty_post() -> None:
    async with answering(200, b'{"success": true}') as graph, MetaClient(graph.url) as client:
        await client.subscribe("310277445566100", TOKEN)
    (request,) = graph.requests
    assert (request.method, request.path) == ("POST", "/v25.0/310277445566100/subscribed_apps")


async def test_a_refused_question_says_why() -> None:
    async with as_in("error-100-object-missing.json") as graph, MetaClient(graph.url) as client:
        with pytest.raises(WhatsAppRefused, match="does not exist") as refusal:
            await client.get_phone_number(SENDER)
    assert refusal.value.details["meta_code"] == 100


@pytest.mark.parametrize(("status", "body"), [(502, b"<html>"), (200, b"<html>"), (404, b""), (200, b"[]")])
async def test_an_unreadable_answer_to_a_question_is_no_answer(status: int, body: bytes) -> None:
    async with answering(status, body) as graph, MetaClient(graph.url) as client:
        with pytest.raises(WhatsAppUnreachable):
            await client.get_phone_number(SENDER)


async def test_the_client_is_the_port() -> None:
    whatsapp: WhatsApp = MetaClient()
    assert whatsapp.read(b'{"object": "page"}') == []
    assert whatsapp.policy(131047) is Policy.NEEDS_TEMPLATE
    assert not whatsapp.signature_ok(["secret"], b"", None)
    assert whatsapp.verification("a", {}).status == 403
