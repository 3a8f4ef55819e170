"""F5. PostgreSQL killed, stopped, frozen: webhooks are refused while it is away, none is forgotten."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable

from tests.faults import flows
from tests.faults.blows import Blow, under
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.journal import Record
from tests.faults.load import Load
from tests.faults.parts import Part
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import open_tenant

AWAY = full_or_tenth(10)
"""Seconds."""


class Returns:
    """Seconds from PostgreSQL's return until a webhook is taken again."""

    def __init__(self, it: Installation) -> None:
        self.it = it
        self.seconds: list[float] = []
        self.answers: dict[int | None, int] = {}
        """How often web processes said what while a webhook was not taken."""
        self._taken = asyncio.Event()
        it.journal.listeners.append(self._hear)

    async def after(self, back: Callable[[], Awaitable[None]]) -> None:
        await back()
        began = time.monotonic()
        self._taken.clear()
        await self._taken.wait()
        self.seconds.append(time.monotonic() - began)

    def close(self) -> None:
        self.it.journal.listeners.remove(self._hear)

    def _hear(self, record: Record) -> None:
        if record["kind"] == "webhook.delivered":
            self._taken.set()
        elif record["kind"] == "webhook.failed":
            self.answers[record["status"]] = self.answers.get(record["status"], 0) + 1


async def test_postgresql_killed_stopped_and_frozen(installation: Installation, figures: Figures) -> None:
    it, messages = installation, full_or_tenth(1000)
    tenants = [await open_tenant(it, flows.echo())]
    load = Load(it, tenants, messages // 10, messages, per_second=30)
    server, returns = it.part("postgresql"), Returns(it)

    async def killed() -> None:
        await server.kill()
        await returns.after(server.until_ready)

    def stopped(how: signal.Signals) -> Callable[[], Awaitable[None]]:
        async def strike() -> None:
            await server.stop(how)
            await asyncio.sleep(AWAY)
            await returns.after(server.start)

        return strike

    async def frozen() -> None:
        server.freeze()
        await asyncio.sleep(AWAY)
        server.thaw()

    before = _lives(it.ours)
    strikes = (killed, stopped(signal.SIGINT), stopped(signal.SIGQUIT), frozen)
    await under(load, [Blow(messages * (place + 1) // 6, strike) for place, strike in enumerate(strikes)])
    await settled(it, tenants)
    returns.close()

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(
        Line.of(
            "F5",
            f"{messages} messages, PostgreSQL killed, stopped fast and at once, frozen, {AWAY} s each",
            verdict,
            webhooks_answered_503=returns.answers.get(503, 0),
            slowest_return_s=max(returns.seconds),
        )
    )
    assert verdict.clean, verdict
    assert verdict.acknowledged == messages
    assert await disagreements(it, tenants) == []
    assert returns.answers.get(503), "nothing was refused while it was away"
    assert set(returns.answers) <= {503, None}, returns.answers
    assert _lives(it.ours) == before, "a process of PyTake ended, or somebody had to start it again"


def _lives(parts: list[Part]) -> dict[str, tuple[int, int]]:
    return {part.name: (part.restarts, part.starts_by_hand) for part in parts}
