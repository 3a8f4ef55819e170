"""`pytake up` as a newcomer meets it, from the first start to the last Ctrl-C."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from pytake.entrypoints.children import inherited
from pytake.entrypoints.embedded.site import recorded
from pytake.settings import Settings, variable
from tests.ports import spare_ports

pytestmark = pytest.mark.timeout(300)

MARIA = "/_simulator/customers/5511987650001"


def two_free_ports() -> tuple[int, int]:
    one, other = spare_ports(2)
    return one, other


class Up:
    """`pytake up --json` in a folder, with the ports a test was given."""

    def __init__(self, folder: Path, ports: tuple[int, int], *options: str) -> None:
        ours = {variable(field) for field in Settings.model_fields}
        environment = {name: value for name, value in inherited().items() if name not in ours}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytake.entrypoints.cli", "up", "--json", *options],
            cwd=folder,
            env=environment | {"PYTAKE_PORT": str(ports[0]), "PYTAKE_SIMULATOR_PORT": str(ports[1])},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> dict[str, Any]:
        """The JSON line: when everything is ready, or why it will not be."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.stderr and self.process.stderr.read()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def children(self) -> dict[str, psutil.Process]:
        return {_name(child): child for child in psutil.Process(self.process.pid).children()}

    def said(self, beginning: str) -> str:
        """The next line on stderr that begins so."""
        assert self.process.stderr
        return next(line for line in self.process.stderr if line.startswith(beginning))


def _name(child: psutil.Process) -> str:
    command = child.cmdline()
    return command[-1] if "pytake.entrypoints.process" in command else Path(command[0]).name


@contextmanager
def up(folder: Path, ports: tuple[int, int], *options: str) -> Iterator[Up]:
    started = Up(folder, ports, *options)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.send_signal(signal.SIGINT)
        started.process.communicate()


def sign_in(answer: dict[str, Any]) -> httpx.Response:
    login = {"email": answer["email"], "password": answer["password"]}
    return httpx.post(answer["url"] + "/api/v1/auth/login", json=login, timeout=30)


def write_to_the_bakery(phone: str, text: str) -> list[dict[str, Any]]:
    """As Maria, and wait for the bot's answer to have been read."""
    with httpx.Client(base_url=phone, timeout=90) as client:
        last = client.get("/_simulator/log").json()["last"]
        client.post(f"{MARIA}/messages", json={"type": "text", "text": text}).raise_for_status()
        for _ in range(200):
            messages: list[dict[str, Any]] = client.get(f"{MARIA}/chat").json()["messages"]
            if messages and messages[-1]["author"] == "business":
                return messages
            last = client.get("/_simulator/log", params={"after": last, "wait": 30}).json()["last"]
    raise AssertionError("the bot did not answer")


def test_a_newcomer_s_day(tmp_path: Path) -> None:
    ports = two_free_ports()
    with up(tmp_path, ports) as first:
        answer = first.answer()
        assert sign_in(answer).status_code == 200
        assert "Padaria Aurora" in json.dumps(write_to_the_bakery(answer["phone"], "oi"))

        with up(tmp_path, two_free_ports()) as second:
            assert f"already running on {tmp_path}/.pytake" in second.answer()["error"]["message"]
            assert second.process.wait() == 1

        with up(tmp_path / "..", ports) as elsewhere:
            assert f"Port {ports[0]} is taken by" in elsewhere.answer()["error"]["message"]
            assert elsewhere.process.wait() == 1

        first.children()["worker"].kill()
        assert "Starting it again in 1 s" in first.said("worker was killed by signal 9")

        children = list(first.children().values())
        first.process.send_signal(signal.SIGINT)
        first.process.communicate()
    assert first.process.returncode == 0
    assert not psutil.wait_procs(children, timeout=0)[1]

    with up(tmp_path, ports) as again:
        same = again.answer()
        assert sign_in(same).status_code == 200
        assert same == answer
        chat = write_to_the_bakery(same["phone"], "oi")
        assert len([message for message in chat if message["author"] == "customer"]) == 2

        children = list(again.children().values())
        again.process.kill()
        again.process.communicate()
        assert not psutil.wait_procs(children, timeout=60)[1]
        shutil.rmtree(recorded(tmp_path / ".pytake")["sockets"])


def test_no_log_keeps_a_way_in(tmp_path: Path) -> None:
    """Neither the link that makes its holder the owner, nor the demo's password."""
    with up(tmp_path, two_free_ports(), "--no-demo") as running:
        answer = running.answer()
        kept = _logged(answer)
    assert answer["setup_url"].partition("#")[2] not in kept

    with up(tmp_path, two_free_ports()) as running:
        answer = running.answer()
        kept = _logged(answer)
    assert answer["password"] not in kept


def _logged(answer: dict[str, Any]) -> str:
    return "\n".join(log.read_text(errors="replace") for log in Path(answer["logs"]).iterdir())
