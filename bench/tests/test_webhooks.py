"""What the load generator writes is what Meta writes: PyTake's own reader is the judge."""

import orjson

from bench.load.plan import Number, Plan, read_plan
from bench.load.webhooks import Writer, wa_id, wamid
from bench.wire import Message, complete
from pytake.adapters.meta import signature, webhook
from pytake.ports.whatsapp import MessageArrived, StatusChanged

NUMBER = Number("455900000000007", "/webhooks/whatsapp/key", "secret", 10)
MARIA = wa_id(17)


def _request(written: bytes) -> Message:
    request = complete(written)
    assert request is not None
    assert request.length == len(written)
    return request


def test_a_message_is_read_as_it_was_meant() -> None:
    request = _request(Writer(NUMBER).message(MARIA, wamid(5, 1), b"5.1"))
    (item,) = webhook.read(request.body)

    assert request.head.startswith(b"POST /webhooks/whatsapp/key HTTP/1.1")
    assert isinstance(item, MessageArrived)
    assert (item.phone_number_id, item.person.wa_id) == ("455900000000007", "5511900000017")
    assert item.person.user_id == "BR.00000000711900000017"
    assert (item.wamid, item.content["text"]) == (wamid(5, 1).decode(), "5.1")


def test_a_status_carries_our_data_back() -> None:
    request = _request(Writer(NUMBER).status(MARIA, b"wamid.X", b"delivered", b"row-7"))
    (item,) = webhook.read(request.body)

    assert isinstance(item, StatusChanged)
    assert (item.wamid, item.status, item.callback_data) == ("wamid.X", "delivered", "row-7")
    assert item.pricing


def test_the_signature_is_over_the_bytes() -> None:
    request = _request(Writer(NUMBER).message(MARIA, wamid(5, 1), b"5.1"))
    header = next(line for line in request.head.decode().split("\r\n") if line.startswith("x-hub-signature"))
    value = header.partition(": ")[2]

    assert signature.signature_ok(["secret"], request.body, value)
    assert not signature.signature_ok(["secret"], request.body + b" ", value)


def test_every_message_has_an_id_of_its_own() -> None:
    ids = {wamid(first, place) for first in (1_000_000, 1_100_000) for place in range(1000)}

    assert len(ids) == 2000


def test_a_plan_survives_its_journey() -> None:
    plan = Plan(
        addresses=[("127.0.0.1", 8000)],
        numbers=[NUMBER],
        graph="/tmp/graph.sock",
        seconds=1.5,
        warm_up=0.5,
        first_person=100,
        statuses=("sent", "read"),
    )

    assert orjson.loads(read_plan(plan.written()).written()) == orjson.loads(plan.written())
