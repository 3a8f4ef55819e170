"""PyTake's own processes and the simulator as parts."""

import sys
from collections.abc import Mapping
from pathlib import Path

import orjson

from pytake.entrypoints.children import Child, inherited
from pytake.entrypoints.supervisor.services import Notices, answers
from pytake.settings import Settings, variable
from tests.faults.parts import Part
from tests.servers import SECRET_KEY

META = {
    "statuses": {"sent": 0.0, "delivered": 0.005, "read": 0.01},
    "reads": "always",
    "retries": {"first": 0.05, "ceiling": 0.4},
    "limits": {"number_per_second": 0.0, "pair_seconds": 0.0},
    "window_hours": 1e6,
    "messages_kept": 200_000,
}
"""The simulator here: statuses at once, quick repeats, no speed limits, and a window that is always open."""


class Bell:
    """Hears a process say that it is ready, anew in each of its lives."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notices = Notices(path)

    def renew(self) -> tuple[Child, ...]:
        """A step before every start; nothing has to run for it."""
        self.close()
        self._notices = Notices(self.path)
        return ()

    def arrived(self) -> bool:
        return self._notices.arrived()

    def close(self) -> None:
        self._notices.close()
        self.path.unlink(missing_ok=True)


class Folder:
    """Where one installation's processes live, and what they are told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: dict[str, str] = {}
        self.bells: list[Bell] = []

    def tell(self, settings: Mapping[str, str]) -> None:
        """What every process of PyTake made from now on finds in its environment."""
        self.told = {variable(name): value for name, value in settings.items()}

    def api(self, number: int, port: int) -> Part:
        child = self._ours(f"api-{number}", "api", {variable("port"): str(port)})
        return Part(child.name, child, answers("127.0.0.1", port, "/readyz"))

    def worker(self, number: int, sockets: Path) -> Part:
        return self._quiet(f"worker-{number}", "worker", sockets)

    def beat(self, sockets: Path) -> Part:
        return self._quiet("beat", "beat", sockets)

    def simulator(self, port: int, seed: int) -> Part:
        config = self.path / "simulator.json"
        config.write_bytes(orjson.dumps(META))
        command = ["-m", "simulator", "--port", str(port), "--seed", str(seed), "--config", str(config)]
        command += ["--data", str(self.path / "simulator")]
        child = self._child("simulator", command, inherited())
        return Part("simulator", child, answers("127.0.0.1", port, "/health"))

    def close(self) -> None:
        for bell in self.bells:
            bell.close()

    def _quiet(self, name: str, what: str, sockets: Path) -> Part:
        bell = Bell(sockets / f"{name}.notify")
        self.bells.append(bell)
        child = self._ours(name, what, {"NOTIFY_SOCKET": str(bell.path)})
        return Part(name, child, bell.arrived, bell.renew)

    def _ours(self, name: str, what: str, more: Mapping[str, str]) -> Child:
        ours = {variable(field) for field in Settings.model_fields}
        environment = {key: value for key, value in inherited().items() if key not in ours}
        command = ["-m", "pytake.entrypoints.process", what]
        return self._child(name, command, {**environment, **self.told, **more})

    def _child(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> Child:
        log = self.path / "logs" / f"{name}.log"
        return Child(name, [sys.executable, *arguments], log, self.path, environment)


def settings_of(urls: Mapping[str, str], graph_url: str, public_url: str, folder: Path) -> dict[str, str]:
    return {
        "database_url": urls["postgresql"],
        "redis_url": urls["redis"],
        "mongodb_url": urls["mongodb"],
        "secret_key": SECRET_KEY,
        "meta_graph_url": graph_url,
        "public_url": public_url,
        "environment": "production",
        "data_dir": str(folder / "data"),
        "log_format": "json",
    }
