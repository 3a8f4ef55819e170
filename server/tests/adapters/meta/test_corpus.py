"""Every payload of the corpus gives the events it promises."""

from typing import Any
from urllib.parse import parse_qsl

import pytest

from pytake.adapters.meta.signature import signature_ok, verification
from pytake.adapters.meta.webhook import read
from pytake.ports.whatsapp import Item, MessageArrived, StatusChanged
from tests.adapters.meta import corpus

OPEN = corpus.index("open")["files"]
RAW = corpus.index("raw")

RANKS = {"sent": 1, "delivered": 2, "read": 3, "played": 4}


def named(case: Any) -> str:
    return str(case.get("file", case.get("query")))


@pytest.mark.parametrize("case", OPEN, ids=named)
def test_a_delivery_gives_the_events_it_promises(case: Any) -> None:
    items = read(corpus.body("open", case["file"]))

    expected = case["expected"]
    assert corpus.neutral(items) == expected["events"]
    assert expected.get("after_dedupe", len(after_dedupe(items))) == len(after_dedupe(items))
    assert expected.get("final_status", final_status(items)) == final_status(items)


def after_dedupe(items: list[Item]) -> set[Any]:
    return {
        (item.phone_number_id, item.dedupe_key)
        if isinstance(item, MessageArrived | StatusChanged)
        else id(item)
        for item in items
    }


def final_status(items: list[Item]) -> str | None:
    """By rank; `failed` replaces `sent` only."""
    final: str | None = None
    for status in (item.status for item in items if isinstance(item, StatusChanged)):
        rank = RANKS.get(final or "", 0)
        if (status == "failed" and rank <= RANKS["sent"]) or RANKS.get(status, 0) > rank:
            final = status
    return final


@pytest.mark.parametrize("case", RAW["files"], ids=named)
def test_only_the_bytes_meta_signed_are_let_in(case: Any) -> None:
    body = corpus.body("raw", case["file"])

    is_genuine = signature_ok([RAW["app_secret"]], body, case["x_hub_signature_256"] or None)

    assert case["bytes"] == len(body)
    if case["valid"] is None:
        return  # either answer is right; that it was given is the test
    assert is_genuine is case["valid"]
    assert case["expected_http_status"] == (200 if is_genuine else 401)
    if is_genuine:
        assert corpus.neutral(read(body))


@pytest.mark.parametrize("case", RAW["verification_get"], ids=named)
def test_the_handshake_is_answered(case: Any) -> None:
    answer = verification(case["verify_token"], dict(parse_qsl(case["query"])))

    assert answer.status == case["expected_http_status"]
    assert answer.challenge == case["expected_body"]
