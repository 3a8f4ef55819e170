"""What every answer of the corpus means, and what the answers mean that it does not show."""

import json
from typing import Any

import pytest

from pytake.adapters.meta.errors import outcome, policy_of
from pytake.ports.whatsapp import Accepted, Outcome, Policy, Refused, Unknown
from tests.adapters.meta import corpus

FILES = corpus.index("graph")["files"]
ERRORS = [case for case in FILES if case["kind"] == "error"]
SENDS = [case for case in FILES if case["file"].startswith("send-")]

AGAIN = {Policy.RETRY, Policy.THROTTLE_NUMBER, Policy.THROTTLE_PAIR}

EXPECTED = {
    "error-190-expired-token": Policy.STOP_NUMBER,
    "error-10-permission": Policy.STOP_NUMBER,
    "error-200-permission": Policy.STOP_NUMBER,
    "error-100-object-missing": Policy.STOP_NUMBER,
    "error-131031-account-locked": Policy.STOP_NUMBER,
    "error-131042-payment": Policy.STOP_NUMBER,
    "error-133010-not-registered": Policy.STOP_NUMBER,
    "error-368-policy-block": Policy.STOP_NUMBER,
    "error-4-app-rate-limit": Policy.THROTTLE_NUMBER,
    "error-80007-waba-rate-limit": Policy.THROTTLE_NUMBER,
    "error-130429-throughput": Policy.THROTTLE_NUMBER,
    "error-131057-maintenance": Policy.THROTTLE_NUMBER,
    "error-131056-pair-rate-limit": Policy.THROTTLE_PAIR,
    "error-131047-window-closed": Policy.NEEDS_TEMPLATE,
    "error-131048-spam-rate-limit": Policy.LATER,
    "error-132015-template-paused": Policy.LATER,
    "error-131000-unknown": Policy.RETRY,
    "error-131016-service-unavailable": Policy.RETRY,
    "error-2-transient": Policy.RETRY,
    "error-media-expired-404": Policy.RETRY,
}
"""Every other error of the corpus is final."""


def answered(name: str) -> Outcome:
    response = json.loads(corpus.body("graph", name))["response"]
    body = response["body"]
    written = json.dumps(body) if response["body_kind"] == "json" else body
    return outcome(response["status"], response["headers"], written.encode())


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: str(case["file"]))
def test_every_error_has_its_policy(case: Any) -> None:
    result = answered(case["file"])

    if case["file"] == "error-html-502.json":  # worth retrying, but only by the rule for unknown outcomes
        assert isinstance(result, Unknown)
        return
    assert isinstance(result, Refused)
    assert result.policy == EXPECTED.get(case["file"].removesuffix(".json"), Policy.FAIL)
    assert (result.policy in AGAIN) is case["retryable"]
    assert (result.code, result.subcode) == (case["code"], case["subcode"])


HELD = {"send-template-held.json": "held_for_quality_assessment"}


@pytest.mark.parametrize("case", SENDS, ids=lambda case: str(case["file"]))
def test_every_acceptance_names_its_message(case: Any) -> None:
    body = json.loads(corpus.body("graph", case["file"]))["response"]["body"]
    contact, message = body["contacts"][0], body["messages"][0]
    assert answered(case["file"]) == Accepted(
        message["id"],
        wa_id=contact.get("wa_id"),
        user_id=contact.get("user_id"),
        held=HELD.get(case["file"]),
    )


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("accepted", None),
        ("held_for_quality_assessment", "held_for_quality_assessment"),
        ("paused", "paused"),
        ("something new", None),
        (None, None),
        (5, None),
        ({"paused": True}, None),
    ],
)
def test_what_meta_does_not_let_go_yet_is_told_in_its_word(said: Any, held: str | None) -> None:
    message = {"id": "wamid.A"} | ({} if said is None else {"message_status": said})
    result = outcome(200, {}, json.dumps({"messages": [message]}).encode())

    assert result == Accepted("wamid.A", held=held)


def test_a_refusal_says_what_a_person_can_use() -> None:
    result = answered("error-131009-invalid-value.json")
    assert isinstance(result, Refused)
    assert result.title == "Parameter value is not valid"
    assert result.details == "Button title length invalid. Min length: 1, Max length: 20"
    assert result.trace_id


def test_a_template_error_says_what_meta_tells_its_user() -> None:
    result = answered("error-2388024-template-exists.json")
    assert isinstance(result, Refused)
    assert result.title == "Content in This Language Already Exists"
    assert (result.details or "").startswith("There is already Portuguese")


def test_the_wait_is_read_from_the_usage_header_in_minutes() -> None:
    result = answered("error-80007-waba-rate-limit.json")
    assert isinstance(result, Refused)
    assert result.retry_after == 12 * 60


def test_the_wait_is_read_from_retry_after() -> None:
    result = outcome(429, {"Retry-After": "7"}, b"")
    assert isinstance(result, Refused)
    assert (result.policy, result.retry_after) == (Policy.THROTTLE_NUMBER, 7)


@pytest.mark.parametrize(
    "header", ["", "soon", "{", "[]", '{"1": [{"estimated_time_to_regain_access": null}]}']
)
def test_a_strange_usage_header_asks_for_nothing(header: str) -> None:
    error = b'{"error": {"code": 80007}}'
    result = outcome(400, {"X-Business-Use-Case-Usage": header, "Retry-After": header}, error)
    assert isinstance(result, Refused)
    assert result.retry_after is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b'{"messages": []}', b'{"messages": [{}]}', b"\xff"]
)
@pytest.mark.parametrize("status", [200, 202, 500, 502, 504])
def test_what_nobody_can_tell_is_unknown(status: int, body: bytes) -> None:
    assert isinstance(outcome(status, {}, body), Unknown)


@pytest.mark.parametrize("status", [301, 400, 403, 404, 413])
def test_turned_away_on_the_road_is_not_accepted(status: int) -> None:
    result = outcome(status, {}, b"<html>")
    assert isinstance(result, Refused)
    assert result.policy is Policy.RETRY


@pytest.mark.parametrize("data", [None, "a sentence", ["?"], {"details": None}])
def test_error_data_may_be_anything(data: Any) -> None:
    body = json.dumps({"error": {"code": 131026, "error_data": data}}).encode()
    result = outcome(400, {}, body)
    assert isinstance(result, Refused)
    assert result.details == ("a sentence" if data == "a sentence" else None)


@pytest.mark.parametrize(
    ("known", "policy"),
    [
        ({"code": 777, "status": 400}, Policy.FAIL),
        ({"code": 777, "status": 400, "is_transient": True}, Policy.RETRY),
        ({"code": 777, "status": 500}, Policy.RETRY),
        ({"code": 777, "status": 429}, Policy.THROTTLE_NUMBER),
        ({"code": 131026, "status": 500}, Policy.FAIL),
        ({"code": 100, "subcode": 33}, Policy.STOP_NUMBER),
        ({"code": 100}, Policy.FAIL),
        ({"code": None}, Policy.FAIL),
        *[
            ({"code": code}, Policy.STOP_NUMBER)
            for code in (0, 3, 10, 104, 190, 200, 250, 299, 368, 131031, 131042)
        ],
        *[({"code": code}, Policy.FAIL) for code in (131026, 130472, 131053, 132000, 132016, 137000)],
        ({"code": 131050}, Policy.OPT_OUT),
        ({"code": 131049}, Policy.LATER),
        ({"code": 131047}, Policy.NEEDS_TEMPLATE),
    ],
)
def test_the_table(known: Any, policy: Policy) -> None:
    assert policy_of(**known) is policy
