"""`pytake secrets`, and the setting it goes by."""

import json
from typing import Any

import pytest

from pytake.kit.problem import Problem
from pytake.settings import Settings, read_settings
from tests.cli.conftest import Pytake, answer

NEW = "the-next-key-of-this-installation-is-long-enough"


def test_the_key_is_changed_from_the_command_line(
    at_servers: Pytake, monkeypatch: pytest.MonkeyPatch, secret_key: str, app_url: str
) -> None:
    monkeypatch.setenv("PYTAKE_DATABASE_APP_URL", app_url)
    answer(at_servers("organization", "create", "--name", "Padaria", "--json"))
    monkeypatch.setenv("PYTAKE_SECRET_KEY", NEW)
    lost = at_servers("secrets", "check", "--json")
    monkeypatch.setenv("PYTAKE_OTHER_SECRET_KEYS", f" {secret_key} ,")

    before = answer(at_servers("secrets", "check", "--json"))
    rotated = at_servers("secrets", "rotate")
    after = answer(at_servers("secrets", "check", "--json"))
    monkeypatch.delenv("PYTAKE_OTHER_SECRET_KEYS")
    alone = answer(at_servers("secrets", "rotate", "--json"))
    whole = answer(at_servers("audit", "verify", "--json"))

    assert lost.exit_code == 1
    assert [each["column"] for each in json.loads(lost.stdout)["unreadable"]] == [
        "audit_chains.key_encrypted"
    ]
    assert (before["current"], before["older"]) == (0, 1)
    assert rotated.stdout == "1 secrets were sealed anew, 0 were current.\n"
    assert (after["current"], after["older"]) == (2, 0)
    assert (alone["current"], alone["older"], alone["unreadable"]) == (2, 0, [])
    assert (whole["intact"], whole["rows"]) == (True, 3)


def test_every_other_key_is_long_enough(pytake: Pytake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTAKE_OTHER_SECRET_KEYS", f"{NEW},short-c4n4ry")

    with pytest.raises(Problem) as refused:
        read_settings()

    assert "PYTAKE_OTHER_SECRET_KEYS must have 32 characters or more" in refused.value.sentence
    assert "c4n4ry" not in str(refused.value)


@pytest.mark.parametrize(
    ("others", "keys"),
    [("", ["current"]), (f"{NEW}", ["current", NEW]), (f"{NEW}, current ,", ["current", NEW])],
)
def test_the_current_key_is_the_first(others: str, keys: list[str]) -> None:
    current = "current-" * 5
    given: dict[str, Any] = {"secret_key": current, "other_secret_keys": others.replace("current", current)}

    settings = Settings.model_validate(given)

    assert list(settings.secret_keys()) == [current if key == "current" else key for key in keys]
    assert current not in repr(settings)
