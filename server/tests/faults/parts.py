"""One process of an installation, in a session of its own: started, killed, frozen, stopped, watched."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from pytake.entrypoints.children import Child

PATIENCE = 120.0
"""Generous: a slow machine must not fail a test."""
LOOK_EVERY = 0.02
RESTART_AFTER = 0.1
"""Seconds a service manager waits before it starts again what ended (systemd's usual)."""


class NotReadyError(AssertionError):
    pass


@dataclass
class Part:
    """`is_wanted` says whether the keeper starts it again when it ends."""

    name: str
    child: Child
    answers: Callable[[], bool]
    """Whether it is ready to serve; may block for a second."""
    steps: Callable[[], Iterable[Child]] = tuple
    """What must run to its end before it can start."""
    is_wanted: bool = False
    restarts: int = 0
    """By the keeper, after it had ended without being told to."""
    starts_by_hand: int = 0
    _cpu_of_the_dead: float = field(default=0.0, init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    """Held while it starts or ends, so that the keeper and a test do not cross."""

    async def start(self) -> None:
        """By hand; returns when it is ready."""
        self.starts_by_hand += 1
        self.is_wanted = True
        await self.launch()
        await self.until_ready()

    async def launch(self) -> None:
        """Does nothing when it runs."""
        async with self._turn:
            if self.child.running:
                return
            for step in self.steps():
                step.start()
                while step.running:
                    await asyncio.sleep(LOOK_EVERY)
                assert step.exit_code() == 0, step.said()
            self.child.start()

    async def until_ready(self) -> None:
        """Through restarts, too."""
        deadline = time.monotonic() + PATIENCE
        while not (self.child.running and await asyncio.to_thread(self.answers)):
            if time.monotonic() > deadline:
                raise NotReadyError(f"{self.name} is not ready; its log ends with:\n{self.child.said()}")
            await asyncio.sleep(LOOK_EVERY)

    async def kill(self, *, for_good: bool = False) -> None:
        """SIGKILL, with everything it has started. The keeper starts it again, unless `for_good`."""
        self.is_wanted = self.is_wanted and not for_good
        async with self._turn:
            self._note_cpu()
            self.signal(signal.SIGKILL)
            await self._ended()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end and wait until it has; its exit code. Nothing starts it again but `start`."""
        self.is_wanted = False
        async with self._turn:
            self._note_cpu()
            with suppress(ProcessLookupError):
                os.kill(self.child.pid, how)
            await self._ended()
        code = self.child.exit_code()
        assert code is not None
        return code

    async def restart(self, how: signal.Signals = signal.SIGTERM) -> None:
        await self.stop(how)
        await self.start()

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        """To the process and all its descendants: those of PostgreSQL have sessions of their own."""
        for process in self._tree():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def cpu_seconds(self) -> float:
        """Used by all lives of it so far."""
        return self._cpu_of_the_dead + sum(_cpu(process) for process in self._tree())

    def memory_mb(self) -> float:
        total = 0
        for process in self._tree():
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total / 1e6

    def _note_cpu(self) -> None:
        self._cpu_of_the_dead = self.cpu_seconds()

    def _tree(self) -> list[psutil.Process]:
        """The process first: stopped or dead, it starts no others."""
        if not self.child.running:
            return []
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.child.pid)
            return [process, *process.children(recursive=True)]
        return []

    async def _ended(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.child.running:
            if time.monotonic() > deadline:
                raise NotReadyError(f"{self.name} does not end; its log ends with:\n{self.child.said()}")
            await asyncio.sleep(LOOK_EVERY)


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


class Keeper:
    """Starts again what ended without being told to, as a service manager does."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = list(parts)
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.create_task(self._keep(), name="keeper")

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def restarts(self) -> dict[str, int]:
        return {part.name: part.restarts for part in self.parts if part.restarts}

    async def _keep(self) -> None:
        while True:
            for part in self.parts:
                if part.is_wanted and not part.child.running:
                    await asyncio.sleep(RESTART_AFTER)
                    await self._start_again(part)
            await asyncio.sleep(LOOK_EVERY)

    async def _start_again(self, part: Part) -> None:
        if part.is_wanted and not part.child.running:
            part.restarts += 1
            await part.launch()
