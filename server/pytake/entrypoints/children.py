"""Processes that we start, that end when we do, and that Ctrl-C in our terminal does not reach."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pytake.entrypoints.accounts import Account

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_LIMIT = 10_000_000
TELLING = 20_000


@dataclass(slots=True)
class Child:
    """A program with its output in a log. `death_signal` is what it gets when we die without stopping it."""

    name: str
    command: Sequence[str]
    log: Path
    cwd: Path
    environment: Mapping[str, str]
    stop_signal: int = signal.SIGTERM
    death_signal: int = signal.SIGKILL
    account: Account | None = None
    feed: bytes | None = None
    answer: IO[bytes] | None = None
    """Where what it prints goes instead of the log: an answer may hold what no log may keep."""
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _said_before: int = field(default=0, init=False)

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was not started"
        return self._process.pid

    def start(self) -> None:
        """Must be called by a thread that lives as long as the child should: Linux watches the thread."""
        _begin_anew_when_large(self.log)
        with self.log.open("ab") as log:
            self._said_before = log.tell()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(LAUNCHER), self._order()],
                stdin=subprocess.DEVNULL if self.feed is None else subprocess.PIPE,
                stdout=log if self.answer is None else self.answer,
                stderr=log,
                cwd=self.cwd,
                env=dict(self.environment),
                start_new_session=True,
            )
        if self.feed is not None and self._process.stdin is not None:
            self._process.stdin.write(self.feed)
            self._process.stdin.close()

    def exit_code(self) -> int | None:
        """None while it runs, and before it was started."""
        return None if self._process is None else self._process.poll()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def said(self) -> str:
        """The end of what it wrote since it was started."""
        with self.log.open("rb") as log:
            log.seek(max(self._said_before, self.log.stat().st_size - TELLING))
            return log.read().decode(errors="replace")

    def last_words(self) -> str:
        """Its last line as the end of a sentence."""
        lines = [line.strip() for line in self.said().splitlines() if line.strip()]
        return f": {lines[-1].rstrip('.')}" if lines else ""

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(self.stop_signal)

    def end(self, within: float) -> None:
        """Wait for it, and kill it when it takes longer. Call `ask_to_stop` first."""
        if self._process is None:
            return
        try:
            self._process.wait(max(within, 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _order(self) -> str:
        return json.dumps(
            {
                "command": [str(part) for part in self.command],
                "parent": os.getpid(),
                "death_signal": int(self.death_signal),
                "account": None if self.account is None else [self.account.uid, self.account.gid],
                "closed_folders": self.account is not None
                and not all(self.account.may_enter(path) for path in (Path(self.command[0]), self.cwd / "x")),
            }
        )


def stop_all(children: Sequence[Child], within: float) -> None:
    """Ask every one, then wait for every one, `within` seconds in all."""
    deadline = time.monotonic() + within
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.end(deadline - time.monotonic())


def inherited(**additions: str) -> dict[str, str]:
    return {**os.environ, **additions}  # noqa: TID251 - a child of ours sees the settings we were given


def bare(home: Path) -> dict[str, str]:
    """For servers that are not ours: variables such as PGDATA or PGPORT must not reach them."""
    kept = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    ours = inherited()
    return {name: ours[name] for name in kept if name in ours} | {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": str(home),
    }


def _begin_anew_when_large(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
