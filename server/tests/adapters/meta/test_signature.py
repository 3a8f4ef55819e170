"""Signatures during rotation, and what no secret may ever mean."""

import hashlib
import hmac

import pytest

from pytake.adapters.meta.signature import signature_ok, verification

BODY = b'{"object":"whatsapp_business_account"}'


def signed(secret: str, body: bytes = BODY) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("secret", ["new-secret", "old-secret"])
def test_both_secrets_are_good_while_one_replaces_the_other(secret: str) -> None:
    assert signature_ok(["new-secret", "old-secret"], BODY, signed(secret))


def test_a_third_secret_is_not() -> None:
    assert not signature_ok(["new-secret", "old-secret"], BODY, signed("another"))


@pytest.mark.parametrize("secrets", [[], [""]])
def test_without_a_secret_nothing_is_genuine(secrets: list[str]) -> None:
    assert not signature_ok(secrets, BODY, signed(""))


def test_every_flipped_bit_of_the_body_is_noticed() -> None:
    header = signed("secret")
    for at in range(len(BODY)):
        changed = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
        assert not signature_ok(["secret"], changed, header)


@pytest.mark.parametrize("header", [None, "", "sha256=", "sha256=é", "sha256=" + "0" * 64, "x" * 10_000])
def test_a_strange_header_is_only_wrong(header: str | None) -> None:
    assert not signature_ok(["secret"], BODY, header)


def test_an_empty_verify_token_verifies_nobody() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": ""}
    assert verification("", query).status == 403


def test_a_verify_token_may_hold_any_letter() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": "pão"}
    assert verification("pão", query).challenge == "1"
