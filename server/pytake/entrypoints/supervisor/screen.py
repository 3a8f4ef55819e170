"""What `pytake up` prints: a line per step, and the step under way when somebody is watching."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Screen:
    """With `aside`, what is said for people goes to stderr: stdout is for the JSON object."""

    def __init__(self, *, aside: bool) -> None:
        self._stream = sys.stderr if aside else sys.stdout
        self._live = self._stream.isatty()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        began = time.monotonic()
        self._under_way(title)
        try:
            yield
        except BaseException:
            self._clear()
            raise
        self._clear()
        self.say(f"  ✓ {title} ({time.monotonic() - began:.1f} s)")

    def say(self, *lines: str) -> None:
        self._stream.writelines(f"{line}\n" for line in lines)
        self._stream.flush()

    def _under_way(self, title: str) -> None:
        if self._live:
            self._stream.write(f"  … {title}")
            self._stream.flush()

    def _clear(self) -> None:
        if self._live:
            self._stream.write("\r\033[K")
