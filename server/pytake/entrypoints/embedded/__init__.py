"""Real servers of our own: PostgreSQL, Redis and MongoDB, started as child processes and stopped with us.

    with Engines(Path(".pytake")) as engines:
        engines.urls.database_url

Synchronous on purpose: the processes belong to the thread that starts them (see `Child.start`), and the
supervisor that holds them must stay small. Everything that waits does so through `pause`, so a caller that
must react to signals passes its own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self

from pytake.entrypoints.children import Child, stop_all
from pytake.entrypoints.embedded.engine import Engine, stopped
from pytake.entrypoints.embedded.mongo import Mongo
from pytake.entrypoints.embedded.postgres import Postgres, Sizing
from pytake.entrypoints.embedded.redis import Redis
from pytake.entrypoints.embedded.site import Site, holder, recorded
from pytake.kit.problem import Problem

READY_WITHIN = 120.0
"""PostgreSQL may have to replay what it had not written down when it was killed."""

__all__ = ["Engines", "Sizing", "Urls", "running"]


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the servers are; None means: not given, so start one."""

    database_url: str | None = None
    redis_url: str | None = None
    mongodb_url: str | None = None
    meta_graph_url: str | None = None
    """No server of these; written down beside them when something plays Meta here."""

    def over(self, others: "Urls") -> "Urls":
        """These, and the others' where we have none."""
        missing = {f.name: getattr(others, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **missing)


NONE_GIVEN = Urls()
USUAL_SIZING = Sizing()


class Engines:
    """The embedded servers of one data folder. `given` names those that run elsewhere and are not started."""

    def __init__(
        self,
        folder: Path,
        *,
        given: Urls = NONE_GIVEN,
        sizing: Sizing = USUAL_SIZING,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.site = Site(folder)
        self.given = given
        self.sizing = sizing
        self.pause = pause
        self.running: list[Engine] = []
        self.urls = given

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start every server that was not given, together. Raises Problem, with nothing left running."""
        self.site.claim(self.pause)
        try:
            self._start_all()
        except BaseException:
            self.stop()
            raise

    def stop(self, within: float = 10.0) -> None:
        stop_all([engine.child for engine in self.running], within)
        self.running.clear()
        self.site.release()

    def restart(self, engine: Engine) -> None:
        """Start one that died again, at the same address."""
        self._prepare(engine)
        engine.child.start()
        self._wait_for([engine])
        self._remember()

    def dead(self) -> list[Engine]:
        return [engine for engine in self.running if not engine.child.running]

    def _start_all(self) -> None:
        # The quickest last: PostgreSQL's first steps then run beside the others' start.
        wanted: list[Engine] = []
        if self.given.mongodb_url is None:
            wanted.append(mongo := Mongo(self.site))
            self.urls = replace(self.urls, mongodb_url=mongo.url)
        if self.given.redis_url is None:
            wanted.append(redis := Redis(self.site, databases=16 if self.sizing.durable else 64))
            self.urls = replace(self.urls, redis_url=redis.url)
        if self.given.database_url is None:
            wanted.append(postgres := Postgres(self.site, self.sizing))
            self.urls = replace(self.urls, database_url=postgres.url)
        for engine in wanted:
            self.running.append(engine)
            self._prepare(engine)
            engine.child.start()
        self._remember()
        self._wait_for(wanted)

    def _remember(self) -> None:
        known = {f.name: url for f in fields(Urls) if (url := getattr(self.urls, f.name)) is not None}
        self.site.remember(known, [engine.child for engine in self.running])

    def _prepare(self, engine: Engine) -> None:
        for step in engine.steps():
            self._run(engine, step)

    def _run(self, engine: Engine, step: Child) -> None:
        step.start()
        try:
            while step.exit_code() is None:
                self.pause(0.01)
        except BaseException:
            stop_all([step], within=5)
            raise
        if step.exit_code() != 0:
            raise stopped(engine, step)

    def _wait_for(self, engines: list[Engine]) -> None:
        deadline = time.monotonic() + READY_WITHIN
        waiting = engines
        while waiting := [engine for engine in waiting if not engine.ready()]:
            for engine in waiting:
                if engine.child.exit_code() is not None:
                    raise stopped(engine, engine.child)
            if time.monotonic() > deadline:
                names = ", ".join(engine.name for engine in waiting)
                raise Problem(f"{names} did not become ready in time.", f"Read {waiting[0].child.log}.")
            self.pause(0.01)


def running(folder: Path) -> Urls:
    """The addresses of the embedded servers that another process keeps on this folder, if one does."""
    if holder(folder) is None:
        return Urls()
    return Urls(**recorded(folder).get("urls", {}))
