"""`compose.yaml` without Docker: its commands in its environment, on an empty database, until they serve.

What only Docker can show (that the image builds, that the networks and volumes meet) is not shown here.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import yaml

from pytake.entrypoints.children import inherited
from pytake.entrypoints.supervisor.services import Notices, answers
from pytake.settings import Settings, variable
from tests.ports import spare_ports
from tests.servers import Servers, drop

pytestmark = pytest.mark.timeout(300)

PROJECT = Path(__file__).resolve().parents[3]
OF_THE_IMAGE = {"host", "log_format", "data_dir"}
"""Set by the Dockerfile."""
NOT_FOR_CONTAINERS = {
    "database_app_url",
    "meta_graph_url",
    "port",
    "simulator_port",
    "simulator_url",
    "web_dir",
    "access_token_minutes",
}
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?P<how>:[-?])(?P<otherwise>[^}]*)\}")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
    return dict(written["services"])


@pytest.fixture
async def empty_database(engines: Servers, lane: int) -> AsyncIterator[str]:
    name = f"test_{lane}_{os.urandom(4).hex()}"
    connection = await asyncpg.connect(engines.database("postgres"))
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    yield engines.database(name)
    await drop(engines, name)


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A short path: a socket's may have no more than a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="pt-") as folder:
        yield Path(folder)


@pytest.fixture
def operators_own(secret_key: str) -> dict[str, str]:
    """What an operator has to give, and nothing else."""
    return {"PYTAKE_SECRET_KEY": secret_key, "PYTAKE_PUBLIC_URL": "https://pytake.example.com"}


@pytest.fixture
def container(
    services: dict[str, Any],
    operators_own: dict[str, str],
    empty_database: str,
    redis_url: str,
    mongodb_url: str,
    tmp_path: Path,
) -> dict[str, str]:
    """The environment of each container, with this machine's addresses for the container's."""
    told = {
        name: interpolated(value, operators_own) for name, value in services["api"]["environment"].items()
    }
    here = {
        "PYTAKE_DATABASE_URL": empty_database,
        "PYTAKE_REDIS_URL": redis_url,
        "PYTAKE_MONGODB_URL": mongodb_url,
        "PYTAKE_STORAGE_DIR": str(tmp_path / "files"),
    }
    assert here.keys() <= told.keys()
    ours = {variable(field) for field in Settings.model_fields}
    neutral = {name: value for name, value in inherited().items() if name not in ours}
    return neutral | told | here | {"PYTAKE_LOG_FORMAT": "json", "PYTAKE_DATA_DIR": str(tmp_path)}


def interpolated(value: str, given: dict[str, str]) -> str:
    """As Compose reads a value: `${NAME:-otherwise}` and `${NAME:?complaint}`."""

    def filled(found: re.Match[str]) -> str:
        text = given.get(found["name"], "")
        assert text or found["how"] == ":-", found["otherwise"]
        return text or found["otherwise"]

    return VARIABLE.sub(filled, value)


def command_of(service: dict[str, Any]) -> list[str]:
    """The same command, of the environment that runs the tests."""
    name, *arguments = shlex.split(service["command"])
    return [str(Path(sys.executable).with_name(name)), *arguments]


@contextmanager
def running(service: dict[str, Any], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    started = subprocess.Popen(command_of(service), cwd=folder, env=environment)
    try:
        yield
    finally:
        started.terminate()
        started.wait(60)


def test_every_setting_is_the_operators_or_the_containers(services: dict[str, Any]) -> None:
    told = {name for name in services["api"]["environment"] if name.startswith("PYTAKE_")}
    rest = {variable(field) for field in OF_THE_IMAGE | NOT_FOR_CONTAINERS}

    assert told | rest == {variable(field) for field in Settings.model_fields}
    assert not told & rest


def test_every_part_gets_the_same_settings_and_files(services: dict[str, Any]) -> None:
    parts = [services[name] for name in ("api", "worker", "beat")]

    assert all(part["environment"] == services["migrate"]["environment"] for part in parts)
    assert all(part["volumes"] == parts[0]["volumes"] for part in parts)
    storage = services["api"]["environment"]["PYTAKE_STORAGE_DIR"]
    assert [volume.partition(":")[2] for volume in parts[0]["volumes"]] == [storage]


def test_what_runs_as_nobody_may_write_where_the_files_go(services: dict[str, Any]) -> None:
    """A new volume takes its owner from the folder of the image."""
    image = (PROJECT / "Dockerfile").read_text(encoding="utf-8")

    assert f"install -d -o pytake {services['api']['environment']['PYTAKE_STORAGE_DIR']}" in image
    assert image.index("install -d") < image.index("USER pytake") < image.index("CMD")
    told = dict(re.findall(r"(PYTAKE_\w+)=(\S+)", image))
    assert told.keys() == {variable(field) for field in OF_THE_IMAGE}


def test_the_containers_serve_on_an_empty_database(
    services: dict[str, Any], container: dict[str, str], sockets: Path, tmp_path: Path
) -> None:
    (port,) = spare_ports(1)
    notices = {name: Notices(sockets / name) for name in ("worker", "beat")}
    said = {name: {"NOTIFY_SOCKET": str(notice.path)} for name, notice in notices.items()}
    said["api"] = {"PYTAKE_PORT": str(port)}
    subprocess.run(command_of(services["migrate"]), cwd=tmp_path, env=container, check=True)

    with ExitStack() as parts:
        for notice in notices.values():
            parts.callback(notice.close)
        for name, more in said.items():
            parts.enter_context(running(services[name], tmp_path, container | more))
        until(answers("127.0.0.1", port, "/readyz"))
        for notice in notices.values():
            until(notice.arrived)
        link = setup_link(container, tmp_path)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            look = client.post("/api/v1/setup/look", json={"token": link.partition("#")[2]})

    assert link.startswith("https://pytake.example.com/setup#")
    assert look.status_code == httpx.codes.OK, look.text


def until(condition: Callable[[], bool]) -> None:
    """As long as the test may take."""
    while not condition():
        time.sleep(0.05)


def setup_link(container: dict[str, str], folder: Path) -> str:
    command = command_of({"command": "pytake setup"})
    told = subprocess.run(command, cwd=folder, env=container, check=True, capture_output=True, text=True)
    return told.stdout.splitlines()[-1]
