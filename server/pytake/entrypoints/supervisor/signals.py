"""Waiting that signals interrupt at a known place, instead of an exception anywhere."""

import select
import signal
import socket
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Somebody asked us to stop."""


class Waiter:
    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (*STOPPING, signal.SIGCHLD):
            signal.signal(number, _nothing)

    def pause(self, seconds: float) -> None:
        """Sleep, or less when a child ends. Raises Stop when we are asked to stop."""
        select.select([self._reader], [], [], seconds)
        try:
            arrived = self._reader.recv(4096)
        except BlockingIOError:
            return
        if set(arrived) & {int(number) for number in STOPPING}:
            raise Stop


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """A signal needs a handler of Python's to reach the wake-up descriptor."""
