"""Everything `pytake up` keeps alive: the embedded servers, then our own processes on top of them."""

import time
from pathlib import Path

from pytake.entrypoints.children import stop_all
from pytake.entrypoints.demo import account
from pytake.entrypoints.embedded import Engines, Urls
from pytake.entrypoints.supervisor.done import Done
from pytake.entrypoints.supervisor.errands import run_command
from pytake.entrypoints.supervisor.plan import Plan
from pytake.entrypoints.supervisor.ports import check_port
from pytake.entrypoints.supervisor.reset import move_aside
from pytake.entrypoints.supervisor.screen import Screen
from pytake.entrypoints.supervisor.services import Notices, Service, api, background, simulator
from pytake.entrypoints.supervisor.signals import Waiter
from pytake.kit.problem import Problem

READY_WITHIN = 60.0
OURS_STOP_WITHIN = 3.0
ENGINES_STOP_WITHIN = 1.5
LOOK_EVERY = 5.0


class House:
    def __init__(self, plan: Plan, waiter: Waiter, screen: Screen) -> None:
        self.plan = plan
        self.waiter = waiter
        self.screen = screen
        self.folder = Path(plan.data_dir)
        self.logs = self.folder / "logs"
        self.engines = Engines(self.folder, given=_given(plan), pause=waiter.pause)
        self.services: list[Service] = []
        self._notices: list[Notices] = []
        self._restarts: dict[str, float] = {}

    # --- opening ----------------------------------------------------------------------------------------

    def open(self) -> dict[str, str]:
        """Start everything; answers the demo's login, or the link to set an empty installation up with.

        Raises Problem or Stop, and must be closed then too.
        """
        self._check_ports()
        if self.plan.reset:
            self._reset()
        with self.screen.step("Databases"):
            self.engines.start()
        done = Done(self.folder, self.plan)
        if self.plan.demo:
            self._begin(simulator(self.plan, self.logs, self.folder / "simulator"))
        self._errand(done, "tables", "Tables", "db", "upgrade")
        with self.screen.step("API, worker and calendar"):
            self._begin(api(self.plan, self.logs))
            for name in ("worker", "beat"):
                self._begin_quiet(name)
            self._wait_until_ready()
        if not self.plan.demo:
            return self._setup_link(done)
        self._errand(done, "demo", "Demo", "demo")
        return account.login(self.folder)

    def _setup_link(self, done: Done) -> dict[str, str]:
        if done.has("set_up"):
            return {}
        url = run_command(self.logs, self.waiter.pause, "setup")["setup_url"]
        if url is None:
            done.note("set_up")
            return {}
        return {"setup_url": url}

    def _errand(self, done: Done, what: str, title: str, *command: str) -> None:
        if not done.has(what):
            with self.screen.step(title):
                run_command(self.logs, self.waiter.pause, *command)
            done.note(what)

    def _check_ports(self) -> None:
        check_port(self.plan.host, self.plan.port, "PYTAKE_PORT")
        if self.plan.demo:
            check_port(self.plan.host, self.plan.simulator_port, "PYTAKE_SIMULATOR_PORT")

    def _reset(self) -> None:
        self.engines.site.claim(self.waiter.pause)
        if aside := move_aside(self.folder):
            self.screen.say(f"  The old data is in {aside} now.")

    def _begin(self, service: Service) -> None:
        self.services.append(service)
        service.start(time.monotonic())

    def _begin_quiet(self, name: str) -> None:
        notices = Notices(self.engines.site.sockets / f"{name}.notify")
        self._notices.append(notices)
        self._begin(background(name, self.logs, notices))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while waiting := [service for service in self.services if not service.ready()]:
            for service in waiting:
                if not service.child.running:
                    raise Problem(service.ended(), f"Its log is {service.child.log}.")
            if time.monotonic() > deadline:
                names = ", ".join(service.name for service in waiting)
                raise Problem(f"{names} did not become ready.", f"Read {waiting[0].child.log}.")
            self.waiter.pause(0.05)

    # --- while it stands --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Until Stop is raised: start again what ends, more slowly each time."""
        while True:
            now = time.monotonic()
            for engine in self.engines.dead():
                self.screen.say(f"{engine.name} ended; starting it again. Its log is {engine.child.log}.")
                self.engines.restart(engine)
            for service in self.services:
                if not service.child.running:
                    self._restart(service, now)
            self.waiter.pause(self._until_next_look(now))

    def _restart(self, service: Service, now: float) -> None:
        """First say when, then do it when the time has come."""
        if service.name not in self._restarts:
            pause = service.pause_before_restart(now)
            self._restarts[service.name] = now + pause
            self.screen.say(
                f"{service.ended()} Starting it again in {pause:.0f} s. Its log is {service.child.log}."
            )
        elif now >= self._restarts[service.name]:
            del self._restarts[service.name]
            service.start(now)

    def _until_next_look(self, now: float) -> float:
        return max(0.01, min([LOOK_EVERY, *(at - now for at in self._restarts.values())]))

    # --- closing ----------------------------------------------------------------------------------------

    def close(self) -> None:
        stop_all([service.child for service in self.services], OURS_STOP_WITHIN)
        for notices in self._notices:
            notices.close()
        self.engines.stop(ENGINES_STOP_WITHIN)


def _given(plan: Plan) -> Urls:
    meta = f"{plan.simulator_url}/v25.0" if plan.demo else None
    return Urls(plan.database_url, plan.redis_url, plan.mongodb_url, meta)
