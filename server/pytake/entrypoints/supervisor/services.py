"""Our own processes: how each is started, and how it shows that it is ready."""

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pytake.entrypoints.children import Child, inherited
from pytake.entrypoints.supervisor.plan import Plan

PATIENCE_MOST = 30.0
STEADY_AFTER = 60.0


@dataclass(slots=True)
class Service:
    child: Child
    ready: Callable[[], bool]
    started: float = 0.0
    failures: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        return self.child.name

    def start(self, now: float) -> None:
        self.started = now
        self.child.start()

    def ended(self) -> str:
        code = self.child.exit_code()
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
        return f"{self.name} {how}{self.child.last_words()}."

    def pause_before_restart(self, now: float) -> float:
        """Twice as long after each failure; a run of a minute forgives the earlier ones."""
        self.failures = 1 if now - self.started > STEADY_AFTER else self.failures + 1
        return float(min(2 ** (self.failures - 1), PATIENCE_MOST))


class Notices:
    """The other end of `readiness.tell_ready`: one address per process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(str(path))
        self._ready = False

    def arrived(self) -> bool:
        with suppress(BlockingIOError):
            self._ready = self._ready or self._socket.recv(512).startswith(b"READY=1")
        return self._ready

    def close(self) -> None:
        self._socket.close()


def answers(host: str, port: int, path: str) -> Callable[[], bool]:
    """Whether an HTTP GET is answered with 200. By hand: an HTTP client would be most of our memory."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - listening everywhere

    def ask() -> bool:
        try:
            with socket.create_connection((reachable, port), timeout=2) as connection:
                connection.sendall(
                    f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
                )
                return connection.recv(64).startswith((b"HTTP/1.1 200", b"HTTP/1.0 200"))
        except OSError:
            return False

    return ask


def simulator(plan: Plan, logs: Path, data: Path) -> Service:
    command = [sys.executable, "-m", "simulator", "--host", plan.host, "--port", str(plan.simulator_port)]
    return Service(
        Child("simulator", [*command, "--data", str(data)], logs / "simulator.log", Path.cwd(), inherited()),
        answers(plan.host, plan.simulator_port, "/health"),
    )


def api(plan: Plan, logs: Path) -> Service:
    return Service(_ours("api", logs), answers(plan.host, plan.port, "/readyz"))


def background(name: str, logs: Path, notices: Notices) -> Service:
    """A worker or the calendar: nobody can ask them, so they tell."""
    return Service(_ours(name, logs, NOTIFY_SOCKET=str(notices.path)), notices.arrived)


def _ours(name: str, logs: Path, **environment: str) -> Child:
    command = [sys.executable, "-m", "pytake.entrypoints.process", name]
    return Child(name, command, logs / f"{name}.log", Path.cwd(), inherited(**environment))
