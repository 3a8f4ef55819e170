"""A process as tests hold it: a runtime on real servers, the application on top, and a client before it."""

from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from pytake.adapters.redis import client as redis_client
from pytake.entrypoints.api import create_app
from pytake.entrypoints.bootstrap import BuiltRuntime, build_runtime, close_runtime
from pytake.kit.jobs import Nudge
from pytake.settings import Settings
from tests.rows_told import RowsTold


class NoJobs:
    """A job queue nobody listens to: what was nudged is there to be looked at."""

    def __init__(self) -> None:
        self.pushed: list[Nudge] = []

    async def push(self, nudges: Sequence[Nudge]) -> None:
        self.pushed += nudges


@pytest.fixture
def settings(
    owner_url: str, app_url: str, redis_url: str, mongodb_url: str, secret_key: str, tmp_path: Path
) -> Settings:
    """As given here: neither the environment nor a `.env` file is read."""
    return Settings.model_validate(
        {
            "database_url": owner_url,
            "database_app_url": app_url,
            "redis_url": redis_url,
            "mongodb_url": mongodb_url,
            "secret_key": secret_key,
            "public_url": "http://pytake.test",
            "environment": "production",
            "meta_graph_url": "http://127.0.0.1:1/v25.0",
            "web_dir": tmp_path,
            "data_dir": tmp_path / "data",
            "storage_dir": tmp_path / "files",
        }
    )


@pytest.fixture
def patient_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who counts must hear of every number, and a busy machine may hand one over after the usual second."""
    for name in ("CONNECT_SECONDS", "ANSWER_SECONDS", "CALL_SECONDS"):
        monkeypatch.setattr(redis_client, name, 60.0)


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[BuiltRuntime]:
    runtime = await build_runtime(settings, "tests", NoJobs())
    yield runtime
    await close_runtime(runtime)


@pytest.fixture
def app(runtime: BuiltRuntime, settings: Settings) -> FastAPI:
    return create_app(runtime, settings, runtime.probes())


@pytest.fixture
async def client(app: FastAPI, settings: Settings) -> AsyncIterator[AsyncClient]:
    """Every answer is held against the audit trail."""
    transport = ASGITransport(app, raise_app_exceptions=False)
    hooks: dict[str, list[Callable[..., Any]]] = {"response": [RowsTold(settings.database_url)]}
    async with AsyncClient(transport=transport, base_url="http://pytake.test", event_hooks=hooks) as client:
        yield client
