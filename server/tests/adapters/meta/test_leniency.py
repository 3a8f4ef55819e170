"""What the protocol says may happen, and what has been met besides: nothing of it loses a message."""

import json
from typing import Any

import pytest

from pytake.adapters.meta.webhook import apart, read
from pytake.ports.whatsapp import (
    AccountChanged,
    MessageArrived,
    StatusChanged,
    SystemErrors,
    UnreadableDelivery,
)
from tests.adapters.meta.deliveries import (
    MARIA,
    METADATA,
    delivery,
    message,
    read_message,
    read_status,
    read_value,
    status,
    the_broken,
    value,
)


@pytest.mark.parametrize("nothing", [None, []])
@pytest.mark.parametrize("name", ["messages", "statuses", "contacts", "errors", "message_echoes"])
def test_an_array_may_be_empty_or_null(name: str, nothing: Any) -> None:
    assert read_value(**{name: nothing}) == []


@pytest.mark.parametrize("nothing", [None, []])
def test_a_delivery_may_hold_nothing(nothing: Any) -> None:
    for body in ({"entry": nothing}, {"entry": [{"id": "1", "changes": nothing}]}, {}):
        assert read(json.dumps({"object": "whatsapp_business_account", **body}).encode()) == []


def test_another_object_is_not_ours() -> None:
    body = delivery(value(contacts=[MARIA], messages=[message()])) | {"object": "page"}
    assert read(json.dumps(body).encode()) == []


def test_messages_statuses_and_errors_stand_side_by_side() -> None:
    items = read_value(
        errors=[{"code": 130429, "title": "Rate limit hit"}],
        statuses=[status()],
        contacts=[MARIA],
        messages=[message()],
    )
    assert [type(item) for item in items] == [MessageArrived, StatusChanged, SystemErrors]


def test_each_value_speaks_for_its_own_number() -> None:
    other = {**METADATA, "phone_number_id": "455900112233442"}
    values = [value(messages=[message()]), {"metadata": other, "messages": [message(id="wamid.C")]}]
    items = read(json.dumps(delivery(*values)).encode())
    assert [getattr(item, "phone_number_id", None) for item in items] == [
        "455900112233441",
        "455900112233442",
    ]


def test_senders_are_found_by_id_and_not_by_position() -> None:
    joao = {"profile": {"name": "João"}, "wa_id": "553190000012"}
    items = read_value(contacts=[joao, MARIA], messages=[message(), message(**{"from": "553190000012"})])
    assert [item.person.profile_name for item in items if isinstance(item, MessageArrived)] == [
        "Maria Andrade",
        "João",
    ]


def test_a_sender_without_a_listed_contact_keeps_no_foreign_name() -> None:
    item = read_message(**{"from": "5531990000012"})
    assert (item.person.wa_id, item.person.user_id, item.person.profile_name) == ("5531990000012", None, None)


def test_the_user_id_of_the_contact_completes_the_message() -> None:
    assert read_message().person.user_id == MARIA["user_id"]


@pytest.mark.parametrize("where", ["from", "wa_id"])
def test_a_user_id_is_never_a_phone(where: str) -> None:
    parts = (
        {"from": MARIA["user_id"]} if where == "from" else {"from_user_id": MARIA["user_id"], "from": None}
    )
    contact = {**MARIA, "wa_id": MARIA["user_id"]}
    (item,) = read_value(contacts=[contact], messages=[message(**parts)])
    assert isinstance(item, MessageArrived)
    assert (item.person.wa_id, item.person.user_id) == (None, MARIA["user_id"])
    assert item.person.profile_name == "Maria Andrade"


def test_a_phone_is_not_taken_from_the_contact_when_the_message_withholds_it() -> None:
    item = read_message(**{"from": None, "from_user_id": MARIA["user_id"]})
    assert (item.person.wa_id, item.person.profile_name) == (None, "Maria Andrade")


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("1793491210", 1793491210),
        (1793491210, 1793491210),
        (1793491210.0, 1793491210),
        ("1793491210123", 1793491210),
        (1793491210123, 1793491210),
        (None, 0),
        ("soon", 0),
        (True, 0),
        (-5, 0),
        (10**30, 0),
        ("9" * 5000, 0),
        ([], 0),
    ],
)
def test_a_timestamp_is_seconds_or_nothing(given: Any, seconds: int) -> None:
    assert read_message(timestamp=given).timestamp == seconds


def test_numbers_may_stand_where_strings_are_documented() -> None:
    number = {"phone_number_id": 455900112233441}
    sender = {"wa_id": 5511900000011, "profile": {"name": 7}}
    body = {"metadata": number, "contacts": [sender], "messages": [message(**{"from": 5511900000011})]}
    (item,) = read(json.dumps(delivery(body)).encode())
    assert isinstance(item, MessageArrived)
    assert item.phone_number_id == "455900112233441"
    assert (item.person.wa_id, item.person.profile_name) == ("5511900000011", "7")


def test_keys_come_in_any_order() -> None:
    parts = dict(reversed(message().items()))
    assert next(iter(parts)) == "text"
    assert read_message(**parts).text == "Oi"


def test_a_key_given_twice_has_its_last_value() -> None:
    body = json.dumps(delivery(value(messages=[message()]))).replace(
        '"body": "Oi"', '"body": "a", "body": "b"'
    )
    (item,) = read(body.encode())
    assert isinstance(item, MessageArrived)
    assert item.text == "b"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (r"Maria \ud83d", "Maria \ufffd"),
        (r"\udc00Maria", "\ufffdMaria"),
        (r"Ma\u0000ria", "Maria"),
        (r"\ud83d\ude4f", "🙏"),
        (r"a\\u0000b", r"a\u0000b"),
    ],
)
def test_what_postgresql_refuses_is_mended_and_the_rest_kept(written: str, stored: str) -> None:
    body = json.dumps(delivery(value(contacts=[MARIA], messages=[message()])))
    body = body.replace('"Oi"', f'"{written}"').replace('"Maria Andrade"', f'"{written}"')
    (item,) = read(body.encode())
    assert isinstance(item, MessageArrived)
    assert item.text == stored
    assert item.content == {"text": stored}
    assert item.person.profile_name == stored


def test_bytes_that_are_not_utf8_cost_their_letter_only() -> None:
    body = json.dumps(delivery(value(messages=[message()]))).encode().replace(b"Oi", b"O\xff")
    (item,) = read(body)
    assert isinstance(item, MessageArrived)
    assert item.text == "O\ufffd"


def test_a_number_that_json_has_no_word_for_is_nothing() -> None:
    order = {"catalog_id": "1", "product_items": [{"product_retailer_id": "A", "item_price": float("nan")}]}
    item = read_message(type="order", order=order)
    assert item.content["items"] == [{"product_retailer_id": "A", "item_price": None}]


def test_an_unheard_of_type_is_kept_raw() -> None:
    item = read_message(type="hologram", hologram={"beam": 1})
    assert (item.type, item.known_type, item.stored_type, item.text) == (
        "hologram",
        False,
        "unsupported",
        None,
    )
    assert item.content["kind"] == "hologram"
    assert item.content["raw"]["hologram"] == {"beam": 1}


@pytest.mark.parametrize("body", [None, 5, "x", []])
@pytest.mark.parametrize(
    "kind", ["text", "image", "location", "contacts", "button", "interactive", "order", "system"]
)
def test_a_known_type_without_its_object_is_kept_raw(kind: str, body: Any) -> None:
    item = read_message(**{"type": kind, kind: body})
    assert (item.type, item.known_type, item.stored_type) == (kind, True, "unsupported")
    assert item.content["kind"] == kind
    assert item.content["raw"]["id"] == "wamid.A"


def test_a_missing_type_is_told_by_the_object() -> None:
    assert read_message(type=None).type == "text"


@pytest.mark.parametrize(
    ("response", "form"),
    [
        ('{"flow_token": "t", "nota": "5"}', {"flow_token": "t", "nota": "5"}),
        ('{"a": "x\\u0000y"}', {"a": "xy"}),
        ({"already": "an object"}, {"already": "an object"}),
        ("not json", "not json"),
        ("[1]", "[1]"),
        ("[" * 5000, "[" * 5000),
        (None, ""),
    ],
)
def test_a_form_is_an_object_or_what_was_written(response: Any, form: Any) -> None:
    reply = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": response}}
    item = read_message(type="interactive", interactive=reply)
    assert (item.subtype, item.text, item.content["form"]) == ("nfm_reply", "Sent", form)


def test_an_unheard_of_tap_is_kept_raw() -> None:
    item = read_message(type="interactive", interactive={"type": "shake", "shake": {}})
    assert (item.type, item.subtype, item.stored_type, item.content["kind"]) == (
        "interactive",
        "shake",
        "unsupported",
        "shake",
    )


@pytest.mark.parametrize("emoji", [{}, {"emoji": ""}, {"emoji": None}])
def test_a_reaction_without_an_emoji_was_removed(emoji: Any) -> None:
    item = read_message(type="reaction", reaction={"message_id": "wamid.T", **emoji})
    assert item.content == {"message_id": "wamid.T", "emoji": None}
    assert item.dedupe_key == "wamid.A::1793491210"


def test_adding_and_removing_a_reaction_are_two_things() -> None:
    added = read_message(type="reaction", reaction={"message_id": "wamid.T", "emoji": "👍"})
    removed = read_message(type="reaction", reaction={"message_id": "wamid.T"})
    assert added.wamid == removed.wamid
    assert added.dedupe_key != removed.dedupe_key


def test_an_old_number_change_names_the_new_one_elsewhere() -> None:
    system = {"type": "customer_changed_number", "body": "changed", "new_wa_id": "5511900000077"}
    item = read_message(type="system", system=system)
    assert item.content == {
        "text": "changed",
        "type": "customer_changed_number",
        "new_wa_id": "5511900000077",
    }


def test_a_group_status_is_about_its_participant() -> None:
    item = read_status(
        recipient_type="group",
        recipient_id="Z3JvdXA",
        recipient_participant_id="5511900000011",
        status="read",
    )
    assert (item.group_id, item.recipient.wa_id) == ("Z3JvdXA", "5511900000011")
    assert item.dedupe_key == "wamid.B:read:5511900000011"


def test_a_status_needs_no_recipient() -> None:
    item = read_status(recipient_id=None, status="failed", errors=[{"code": "131026"}])
    assert not item.recipient.is_known
    assert item.errors == ({"code": 131026},)


@pytest.mark.parametrize(
    "data", [{}, {"error_data": None}, {"error_data": "said"}, {"error_data": {"details": "said"}}]
)
def test_the_details_of_an_error_may_be_anywhere_or_missing(data: Any) -> None:
    (error,) = read_status(errors=[{"code": 131000, "message": "failed", **data}]).errors
    assert error["title"] == "failed"
    assert error.get("details") == ("said" if data.get("error_data") else None)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (5, "messages: it is not an object"),
        (None, "messages: it is not an object"),
        (message(id=None), "messages: id is missing"),
        (message(id={}), "messages: id is missing"),
        (message(**{"from": None}), "messages: nobody is named as the other side"),
    ],
)
def test_a_broken_item_stands_alone(broken: Any, reason: str) -> None:
    items = read_value(contacts=[MARIA], messages=[message(), broken, message(id="wamid.C")])

    assert [getattr(item, "wamid", None) for item in items] == ["wamid.A", None, "wamid.C"]
    assert the_broken(items).reason == reason
    assert read(json.dumps(the_broken(items).raw).encode()) == [the_broken(items)]


def test_a_parked_item_mends_with_its_own_sender() -> None:
    """What is kept is what a later reader needs: the sender's name too, but nobody else's."""
    items = read_value(contacts=[{"wa_id": "1"}, MARIA], messages=[message(id=None)])
    kept = the_broken(items).raw["entry"][0]["changes"][0]["value"]
    assert kept["contacts"] == [MARIA]
    assert kept["metadata"] == METADATA
    assert kept["messages"] == [message(id=None)]


def test_any_item_can_be_put_aside() -> None:
    """By its place: the delivery made of it gives that item again and nothing else."""
    values = [
        value(contacts=[MARIA], messages=[message(), 5], statuses=[status()], errors=[{"code": 1}]),
        value(user_preferences=[{"wa_id": "1", "category": "marketing_messages", "value": "stop"}]),
    ]
    whole = delivery(*values)
    whole["entry"].append({"id": "7", "changes": [{"field": "account_update", "value": {"event": "X"}}, 5]})
    whole["entry"].append(5)
    body = json.dumps(whole).encode()

    items = read(body)

    assert len(items) == 8
    for place, item in enumerate(items):
        assert read(apart(body)[place]()) == [item]


def test_a_message_without_a_number_is_parked() -> None:
    (item,) = read(json.dumps(delivery({"messages": [message()]})).encode())
    assert the_broken([item]).reason == "messages: metadata.phone_number_id is missing"


@pytest.mark.parametrize("change", [5, [], {"field": "messages", "value": 5}])
def test_a_change_that_is_none_is_parked(change: Any) -> None:
    whole = delivery(value(messages=[message()]))
    whole["entry"][0]["changes"].append(change)
    first, last = read(json.dumps(whole).encode())
    assert isinstance(first, MessageArrived)
    assert the_broken([last]).raw["entry"][0]["changes"] == [change]


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"hello", b"\x00", b"5", b'{"object":', b"1" * 5000])
def test_a_body_that_is_no_delivery_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableDelivery):
        read(body)


@pytest.mark.parametrize("levels", [200, 1500, 100_000])
@pytest.mark.parametrize("spoilt", [b"", b"NaN,"])
def test_nesting_without_end_is_unreadable(levels: int, spoilt: bytes) -> None:
    deep = b"[" * levels + b"]" * levels
    with pytest.raises(UnreadableDelivery):
        read(b'{"object":"whatsapp_business_account","x":[' + spoilt + deep + b"]}")


def test_a_large_batch_is_not_mistaken_for_a_deep_one() -> None:
    assert len(read_value(messages=[message(id=f"wamid.{n}") for n in range(1000)])) == 1000


def test_news_to_a_partner_are_about_the_customer() -> None:
    news = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": "777"}}
    (item,) = read(json.dumps(delivery(news, field="account_update")).encode())
    assert isinstance(item, AccountChanged)
    assert item.waba_id == "777"


def test_the_same_news_have_the_same_key() -> None:
    def key(**parts: Any) -> str:
        (item,) = read(json.dumps(delivery({"event": "APPROVED", **parts}, field="account_update")).encode())
        assert isinstance(item, AccountChanged)
        return item.dedupe_key

    assert key() == key()
    assert key() != key(reason="NONE")


@pytest.mark.parametrize("field", ["calls", "history", "group_lifecycle_update", "flows", "something_new"])
def test_a_field_not_read_here_is_news_about_the_account(field: str) -> None:
    (item,) = read(json.dumps(delivery(value(statuses=[5], messages=[5]), field=field)).encode())
    assert isinstance(item, AccountChanged)
    assert item.field == field
