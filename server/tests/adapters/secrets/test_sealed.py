"""A sealed secret opens at its own place, with its own key, unchanged, and in no other way."""

import base64
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytake.adapters.secrets.sealed import SealedSecrets
from pytake.ports.secrets import Secrets, SecretUnreadable

OLD, NEW = "old " * 10, "new " * 10
PLACE: dict[str, Any] = {
    "organization_id": UUID(int=1),
    "table": "whatsapp_numbers",
    "column": "access_token_encrypted",
    "row_id": UUID(int=2),
}
TOKEN = "EAAG-a-token"


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    return SealedSecrets(OLD)


@given(st.text())
def test_what_is_sealed_opens_unchanged(plain: str) -> None:
    secrets = SealedSecrets(OLD)
    assert secrets.open(secrets.seal(plain, **PLACE), **PLACE) == plain


def test_the_secret_is_not_in_what_is_stored(secrets: Secrets) -> None:
    version, key_id, written = secrets.seal(TOKEN, **PLACE).split(".")
    assert version == "v1"
    assert len(key_id) == 8
    assert TOKEN.encode() not in base64.urlsafe_b64decode(written)


def test_the_same_secret_is_never_sealed_the_same(secrets: Secrets) -> None:
    assert len({secrets.seal(TOKEN, **PLACE) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"organization_id": UUID(int=9)},
        {"table": "channels"},
        {"column": "previous_app_secret_encrypted"},
        {"row_id": UUID(int=9)},
        {"organization_id": UUID(int=2), "row_id": UUID(int=1)},
        {"table": "whatsapp_number", "column": "saccess_token_encrypted"},
    ],
)
def test_a_secret_moved_elsewhere_is_refused(secrets: Secrets, elsewhere: Any) -> None:
    sealed = secrets.seal(TOKEN, **PLACE)
    with pytest.raises(SecretUnreadable):
        secrets.open(sealed, **{**PLACE, **elsewhere})


def test_two_rows_that_swap_their_secrets_are_both_refused(secrets: Secrets) -> None:
    other = {**PLACE, "row_id": UUID(int=3)}
    mine, theirs = secrets.seal("mine", **PLACE), secrets.seal("theirs", **other)
    for sealed, place in ((theirs, PLACE), (mine, other)):
        with pytest.raises(SecretUnreadable):
            secrets.open(sealed, **place)


def test_every_changed_bit_is_noticed(secrets: Secrets) -> None:
    version, key_id, written = secrets.seal(TOKEN, **PLACE).split(".")
    whole = base64.urlsafe_b64decode(written)
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SecretUnreadable):
            secrets.open(f"{version}.{key_id}.{base64.urlsafe_b64encode(changed).decode()}", **PLACE)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "v1",
        "v1..",
        "v1.00000000.AAAA",
        "v1.{key}.",
        "v1.{key}.A",
        "v1.{key}.ç",
        "v2.{key}.{text}",
        "{text}",
    ],
)
def test_what_was_never_sealed_is_refused(secrets: Secrets, written: str) -> None:
    _, key, text = secrets.seal(TOKEN, **PLACE).split(".")
    with pytest.raises(SecretUnreadable):
        secrets.open(written.format(key=key, text=text), **PLACE)


def test_a_new_key_opens_what_the_old_one_sealed() -> None:
    old, both, new = SealedSecrets(OLD), SealedSecrets(NEW, OLD), SealedSecrets(NEW)
    sealed = old.seal(TOKEN, **PLACE)

    assert both.open(sealed, **PLACE) == TOKEN
    assert not both.is_current(sealed)

    resealed = both.seal(both.open(sealed, **PLACE), **PLACE)
    assert both.is_current(resealed)
    assert new.open(resealed, **PLACE) == TOKEN
    for secrets, stored in ((new, sealed), (old, resealed)):
        with pytest.raises(SecretUnreadable):
            secrets.open(stored, **PLACE)


@pytest.mark.parametrize("keys", [[""], ["short"], [NEW, "short"], list(OLD)])
def test_a_short_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="at least 32 characters"):
        SealedSecrets(*keys)


def test_the_keys_are_in_no_word_about_it() -> None:
    assert OLD not in repr(SealedSecrets(OLD)) + str(vars(SealedSecrets(OLD)))
