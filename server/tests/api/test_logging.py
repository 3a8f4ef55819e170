"""Logs: a line for every happening, and no secret in any of them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from pytake.entrypoints.logging import configure_logging
from pytake.http.request_id import REQUEST_ID
from pytake.kit.redaction import REDACTED
from pytake.settings import Settings

CANARY = "c4n4ry-7f3a"


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, config = list(root.handlers), root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**config)


def _settings(style: str) -> Settings:
    return Settings.model_validate({"log_format": style})


@pytest.mark.parametrize("style", ["json", "console"])
def test_no_secret_is_ever_written(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(_settings(style))
    log = structlog.get_logger("tests")

    log.info("signed_in", password=CANARY, nested={"access_token": CANARY, "deep": [{"apiKey": CANARY}]})
    log.info("called", authorization=f"Bearer {CANARY}", cookie=CANARY, app_secret=CANARY, ticket=CANARY)
    log.info("asked", header=f"Authorization: Bearer {CANARY}", path=f"/ws?ticket={CANARY}&after=1-2")
    log.warning("lost", url=f"postgresql://pytake:{CANARY}@db.example/pytake")
    logging.getLogger("somebody.else").warning("GET /?token=%s failed", CANARY)
    try:
        _connect(f"redis://user:{CANARY}@host")
    except ValueError:
        log.exception("broke", secret_key=CANARY)

    written = capsys.readouterr().err
    assert written.count(REDACTED) >= 10
    assert CANARY not in written
    assert "after=1-2" in written
    assert "db.example" in written


def _connect(url: str) -> None:
    raise ValueError(f"cannot connect to {url}")


def test_machines_get_an_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(_settings("json"))
    token = REQUEST_ID.set("abc")
    structlog.get_logger("tests").info("happened", count=3)
    REQUEST_ID.reset(token)
    logging.getLogger("uvicorn.access").info("GET /ws?ticket=secret")
    structlog.get_logger("tests").debug("a detail")

    (line,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "happened",
        "count": 3,
        "level": "info",
        "logger": "tests",
        "request_id": "abc",
    }


def test_a_line_that_cannot_be_written_is_not_shown_as_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    """As `logging` itself would do, with the text, its arguments and the traceback."""
    configure_logging(_settings("json"))
    root = logging.getLogger()
    assert isinstance(root.handlers[0], logging.StreamHandler)
    root.handlers[0].setStream(io.StringIO())
    root.handlers[0].stream.close()
    try:
        _connect(f"redis://user:{CANARY}@host")
    except ValueError:
        structlog.get_logger("tests").exception("broke", password=CANARY)

    assert capsys.readouterr().err == "A line of tests could not be logged: ValueError\n"
