"""F19. Graceful stops: every process restarted in its turn, again and again, under load."""

import signal
import time

from tests.faults import flows
from tests.faults.blows import Blow, under
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.parts import Part
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import open_tenant

CLAIMED = "SELECT count(*) FROM outbox WHERE organization_id = ANY($1) AND state = 'sending'"


async def test_rolling_restarts(installation: Installation, figures: Figures) -> None:
    it, rounds = installation, full_or_tenth(20, 1)
    messages = full_or_tenth(4000, 200)
    tenants = [await open_tenant(it, flows.echo()) for _ in range(2)]
    load = Load(it, tenants, messages // 20, messages, per_second=20)
    await it.meta.fault("graph", "slow", jitter=0.6, type="text")
    stops: dict[str, list[float]] = {"api": [], "worker": []}
    codes: set[int] = set()

    async def restart_everything() -> None:
        for part in (*it.webs, *it.workers):
            codes.add(await _stop(part, stops[part.name.partition("-")[0]]))
            await part.start()
        await it.part("beat").restart()

    refused, failed = len(it.balancer.refused), it.oracle.attempts_failed
    places = [messages * place // (rounds + 1) for place in range(1, rounds + 1)]
    await under(load, [Blow(place, restart_everything) for place in places])
    await settled(it, tenants)

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(
        Line.of(
            "F19",
            f"{messages} messages, {rounds} rolling restarts of 2 web processes, 2 workers and the calendar",
            verdict,
            refused_connects=len(it.balancer.refused) - refused,
            webhooks_repeated=it.oracle.attempts_failed - failed,
            slowest_stop_of_a_web_process_s=max(stops["api"]),
            slowest_stop_of_a_worker_s=max(stops["worker"]),
            delay_p95_s=verdict.delay(0.95),
        )
    )
    assert verdict.clean, verdict
    assert verdict.acknowledged == messages
    assert await disagreements(it, tenants) == []
    assert it.balancer.refused[refused:] == [], "at some moment nobody listened"
    assert codes == {0}


async def _stop(part: Part, seconds: list[float]) -> int:
    began = time.monotonic()
    code = await part.stop(signal.SIGTERM)
    seconds.append(time.monotonic() - began)
    return code


async def test_a_worker_told_to_stop_ends_its_calls_and_leaves_no_claim(
    installation: Installation, figures: Figures
) -> None:
    it = installation
    tenants = [await open_tenant(it, flows.echo())]
    numbers = [tenant.phone_number_id for tenant in tenants]
    await it.meta.fault("graph", "slow", seconds=2.0, type="text")
    await it.meta.fault("status", "dropped")
    await Load(it, tenants, 40, 40, per_second=500).run()
    await it.journal.until(lambda: it.oracle.verdict(numbers).answered == 40, "every call under way")
    stops: list[float] = []
    for worker in it.workers:
        assert await _stop(worker, stops) == 0
    claimed = await it.owner.value(CLAIMED, [tenant.organization_id for tenant in tenants])
    told = {"slowest_stop_s": max(stops), "claims_left": claimed}
    figures.add(Line("F19", "workers stopped during 40 calls of 2 s", figures=told))
    assert claimed == 0, "the outcome of a call was not written down"
