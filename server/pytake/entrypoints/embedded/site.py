"""The data folder of the embedded servers: who may use it, where sockets go, and what an earlier run left."""

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from pytake.entrypoints.accounts import Account, unprivileged
from pytake.entrypoints.children import Child
from pytake.kit.problem import Problem

SOCKET_PATH_LIMIT = 100
"""Linux allows 107 bytes, macOS 103."""
GRACE = 20.0


@dataclass(slots=True)
class Site:
    folder: Path
    sockets: Path = field(default=Path(), init=False)
    account: Account | None = field(default=None, init=False)
    _lock: int | None = field(default=None, init=False)

    def claim(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Make the folder ours alone until `release`, and clear away what a killed run left behind."""
        if self._lock is not None:
            return
        self.folder = self.folder.resolve()
        _make_writable(self.folder)
        self._lock = _lock(self.folder)
        _end_leftovers(self.folder, pause)
        (self.folder / "logs").mkdir(exist_ok=True)
        self.account = unprivileged(self.folder / "postgres")
        self.sockets = self._socket_folder()

    def release(self) -> None:
        if self._lock is None:
            return
        shutil.rmtree(self.sockets, ignore_errors=True)
        (self.folder / "engines.json").unlink(missing_ok=True)
        os.close(self._lock)
        self._lock = None

    def own(self, name: str) -> Path:
        """A folder inside the data folder that belongs to the account of the servers."""
        path = self.folder / name
        path.mkdir(mode=0o700, exist_ok=True)
        self.give(path)
        return path

    def give(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def remember(self, urls: dict[str, str], children: Sequence[Child]) -> None:
        """Write down what runs here: other commands find it, and the next run clears it if we are killed."""
        record = {
            "sockets": str(self.sockets),
            "urls": urls,
            "servers": [
                {
                    "pid": child.pid,
                    "since": psutil.Process(child.pid).create_time(),
                    "stop_signal": int(child.stop_signal),
                }
                for child in children
                if child.running
            ],
        }
        draft = self.folder / "engines.json.new"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(record, indent=1))
        draft.replace(self.folder / "engines.json")

    def _socket_folder(self) -> Path:
        """A short path of its own: the data folder's may be too long for a socket, or closed to others."""
        longest = len("/pytake-12345678/.s.PGSQL.5432.lock")
        base = tempfile.gettempdir()
        if len(base) + longest > SOCKET_PATH_LIMIT:
            base = "/tmp"  # noqa: S108 - mkdtemp makes a folder of our own in it
        path = Path(tempfile.mkdtemp(prefix="pytake-", dir=base))
        self.give(path)
        return path


def recorded(folder: Path) -> dict[str, Any]:
    """What `remember` wrote, or nothing."""
    try:
        record: dict[str, Any] = json.loads((folder / "engines.json").read_text())
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return {}
    return record


def holder(folder: Path) -> int | None:
    """The process that holds the folder, if one does."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(descriptor, 20) or 0)
    finally:
        os.close(descriptor)
    return None


def _make_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Problem(
            f"PyTake cannot write in {folder}: {error.strerror}.",
            "Choose another folder with PYTAKE_DATA_DIR, or make this one yours.",
        ) from error


def _lock(folder: Path) -> int:
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.read(descriptor, 20).decode()
        os.close(descriptor)
        raise Problem(
            f"PyTake is already running on {folder} (process {pid}).",
            "Use that one, stop it with Ctrl-C where it runs, or choose another folder with PYTAKE_DATA_DIR.",
        ) from None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def _end_leftovers(folder: Path, pause: Callable[[float], None]) -> None:
    """End the servers of a run that was killed. They are known by process id and start time together."""
    record = recorded(folder)
    alive = []
    for server in record.get("servers", ()):
        if process := _still_there(server):
            alive.append(process)
            with suppress(psutil.NoSuchProcess):
                process.send_signal(server["stop_signal"])
    deadline = time.monotonic() + GRACE
    while any(_runs(process) for process in alive):
        if time.monotonic() > deadline:
            for process in alive:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        pause(0.02)
    if record:
        shutil.rmtree(record["sockets"], ignore_errors=True)
        (folder / "engines.json").unlink(missing_ok=True)


def _still_there(server: dict[str, Any]) -> psutil.Process | None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(server["pid"])
        if abs(process.create_time() - server["since"]) < 1:
            return process
    return None


def _runs(process: psutil.Process) -> bool:
    """A zombie has ended: whoever adopted it has only not asked how."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
