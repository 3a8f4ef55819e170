"""The three stores as parts: each can be killed and starts again at the same address, with its data."""

from pathlib import Path

from pytake.entrypoints.embedded import Sizing
from pytake.entrypoints.embedded.engine import Engine
from pytake.entrypoints.embedded.mongo import Mongo
from pytake.entrypoints.embedded.postgres import Postgres
from pytake.entrypoints.embedded.redis import Redis
from pytake.entrypoints.embedded.site import Site
from tests.faults.parts import Part
from tests.faults.proxy import Address

SOCKET = ".s.PGSQL.5432"


class Stores:
    """PostgreSQL writes through to the disk (fsync): what it has acknowledged must survive SIGKILL."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder)
        self.site.claim()
        self.engines: dict[str, Engine] = {
            "postgresql": Postgres(self.site, Sizing(durable=True)),
            "redis": Redis(self.site),
            "mongodb": Mongo(self.site),
        }
        self.parts = [
            Part(name, engine.child, engine.ready, engine.steps) for name, engine in self.engines.items()
        ]

    def remember(self) -> None:
        """Write down what runs, so that a killed test run leaves nothing that the next cannot end."""
        self.site.remember({}, [part.child for part in self.parts])

    def release(self) -> None:
        self.site.release()

    def url(self, name: str) -> str:
        return self.engines[name].url

    def socket(self, name: str) -> Address:
        sockets = {"postgresql": SOCKET, "redis": "redis.sock", "mongodb": "mongo.sock"}
        return str(self.site.sockets / sockets[name])


def url_through(name: str, port: int) -> str:
    """The store's address when a proxy on that port stands before it."""
    urls = {
        "postgresql": f"postgresql://pytake@127.0.0.1:{port}/pytake",
        "redis": f"redis://127.0.0.1:{port}/0",
        "mongodb": f"mongodb://127.0.0.1:{port}/pytake",
    }
    return urls[name]
