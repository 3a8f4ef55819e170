import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pytake.entrypoints.cli import app
from pytake.settings import Settings, variable

Pytake = Callable[..., Result]


@pytest.fixture
def pytake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pytake:
    """Type a command, in an empty folder and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)

    def run(*arguments: str, typed: str | None = None) -> Result:
        # In a thread of its own: a command brings its loop, and a test may be inside one already.
        with ThreadPoolExecutor(1) as pool:
            typing = pool.submit(
                CliRunner().invoke, app, list(arguments), input=typed, catch_exceptions=False
            )
            return typing.result()

    return run


@pytest.fixture
def at_servers(
    pytake: Pytake,
    monkeypatch: pytest.MonkeyPatch,
    owner_url: str,
    redis_url: str,
    mongodb_url: str,
    secret_key: str,
) -> Pytake:
    """The same, with the addresses of the test's own servers set."""
    monkeypatch.setenv("PYTAKE_DATABASE_URL", owner_url)
    monkeypatch.setenv("PYTAKE_REDIS_URL", redis_url)
    monkeypatch.setenv("PYTAKE_MONGODB_URL", mongodb_url)
    monkeypatch.setenv("PYTAKE_SECRET_KEY", secret_key)
    return pytake


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def error(result: Result) -> dict[str, Any]:
    assert result.exit_code == 1, result.output
    read: dict[str, Any] = json.loads(result.stdout)["error"]
    return read
