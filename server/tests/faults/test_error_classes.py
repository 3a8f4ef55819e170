"""F7. What Meta refuses, class by class: who is called again, when, how often, and where it ends."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from redis.asyncio import Redis

from pytake.adapters.redis import keys
from pytake.conversations import jobs
from pytake.settings import Settings
from simulator.config import Limits
from simulator.testing import RunningSimulator, fast_config
from tests.faults.figures import Figures, Line
from tests.faults.numbers import numbers
from tests.faults.size import full_or_tenth
from tests.pipeline.echo import ECHO
from tests.pipeline.office import Office, Tenant, an_office

Row = dict[str, Any]

RETRY, NUMBER, PAIR, STOP, FINAL = "retry", "number", "pair", "stop", "final"
TRIES = 6
"""Of a message that Meta keeps refusing for reasons that pass."""
PAUSE, LONG_PAUSE = 2.0, 60.0
LONGEST_PAIR_PAUSE = 256.0

CLASSES: dict[tuple[int, int | None], str] = {
    (1, None): RETRY,
    (2, None): RETRY,
    (131000, None): RETRY,
    (131016, None): RETRY,
    (133004, None): RETRY,
    (999_500, 500): RETRY,
    (4, None): NUMBER,
    (613, 429): NUMBER,
    (80007, None): NUMBER,
    (130429, None): NUMBER,
    (131057, None): NUMBER,
    (999_429, 429): NUMBER,
    (131056, None): PAIR,
    (10, None): STOP,
    (190, None): STOP,
    (200, None): STOP,
    (368, None): STOP,
    (131031, None): STOP,
    (131042, None): STOP,
    (133010, None): STOP,
    (100, None): FINAL,
    (131008, None): FINAL,
    (131009, None): FINAL,
    (131026, None): FINAL,
    (131030, None): FINAL,
    (131047, None): FINAL,
    (131048, None): FINAL,
    (131049, None): FINAL,
    (131050, None): FINAL,
    (131051, None): FINAL,
    (999_400, 400): FINAL,
}
"""(code, HTTP status when it is not the code's usual one) → what has to follow, as Meta documents it."""
SLOW = {80007, 131057}
"""These say themselves how long to wait: a minute."""
OPTS_OUT = 131050

ARRIVED = {"accepted", "sent", "delivered", "read"}


@dataclass(frozen=True)
class Case:
    number: str
    """Meta's id of the number that only this case uses."""
    number_id: UUID
    person: str
    code: int
    kind: str
    times: int
    """How often the simulator refuses before it accepts."""

    @property
    def comes_through(self) -> bool:
        return self.kind in {NUMBER, PAIR} or (self.kind == RETRY and self.times < TRIES)

    @property
    def calls(self) -> int:
        if self.kind in {STOP, FINAL}:
            return 1
        return self.times + 1 if self.comes_through else TRIES

    def wait_is_right(self, attempt: int, seconds: float) -> bool:
        match self.kind:
            case "pair":
                return seconds == min(4.0**attempt, LONGEST_PAIR_PAUSE)
            case "number":
                least = LONG_PAUSE if self.code in SLOW else PAUSE
                return least <= seconds <= 2 * least
            case _:
                return 0.5 <= seconds / 2.0 ** (attempt - 1) <= 1.5


@pytest.fixture
async def waits(office: Office) -> str:
    """A table that learns, within the transaction that decides it, how long each refused message waits."""
    await office.owner.execute(
        """
        CREATE TABLE waits (message_id uuid, attempts int, seconds float8);
        CREATE FUNCTION note_wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO public.waits
            VALUES (NEW.message_id, NEW.attempts, EXTRACT(epoch FROM NEW.not_before - now()));
            RETURN NULL;
        END $$;
        CREATE TRIGGER note_wait AFTER UPDATE ON outbox FOR EACH ROW
        WHEN (OLD.state = 'sending' AND NEW.state = 'pending' AND NEW.attempts = OLD.attempts)
        EXECUTE FUNCTION note_wait();
        """
    )
    return "waits"


async def test_each_class_of_refusal_has_its_own_end(
    office: Office, sim: RunningSimulator, settings: Settings, waits: str, figures: Figures
) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, ECHO)
    cases = await refused(office, tenant, [1, 10])
    await not_looked_at(office)
    for case in cases:
        await sim.customer(case.person, phone_number_id=case.number).says("oi")
    await office.until("SELECT count(*) = $1 FROM messages WHERE direction = 'outbound'", len(cases))
    await office.owner.execute("UPDATE contacts SET opt_in = true")

    stopped = [case for case in cases if case.kind == STOP]
    async with Redis.from_url(settings.redis_url) as redis:
        while await office.count("SELECT count(*) FROM outbox") > len(stopped):
            await time_passes(office, tenant, redis)
        await office.until(
            "SELECT count(*) = $1 FROM whatsapp_numbers WHERE sending_stopped_at IS NOT NULL", len(stopped)
        )
    await office.until("SELECT count(*) = 0 FROM inbound_events")

    calls = calls_of(office)
    for case in cases:
        await check(office, case, calls[case.number])
    figures.add(Line("F7", f"{len(CLASSES)} codes, each refused once and ten times", figures=ends(cases)))
    await stopped_numbers_wait_for_a_person(office, stopped)


async def refused(office: Office, tenant: Tenant, scripts: list[int]) -> list[Case]:
    """Each code with each script, on a number and with a person of its own."""
    scripted = [(code, status, kind, times) for (code, status), kind in CLASSES.items() for times in scripts]
    known = await numbers(office, tenant, len(scripted))
    cases = []
    for place, ((number, number_id), (code, status, kind, times)) in enumerate(
        zip(known.items(), scripted, strict=True)
    ):
        office.sim.fault(
            "graph", "error", code=code, http_status=status, times=times, number=number, type="text"
        )
        cases.append(Case(number, number_id, f"55119001{place:05d}", code, kind, times))
    return cases


async def not_looked_at(office: Office) -> None:
    """A check that finds a refused token good lets its number go; here nobody but a person mends it."""
    await office.owner.execute("UPDATE whatsapp_numbers SET checked_at = now()")


async def time_passes(office: Office, tenant: Tenant, redis: Redis) -> None:
    """Whatever waits for a later moment: let that moment be now."""
    rows = await office.rows(
        """
        UPDATE outbox SET not_before = now() WHERE state = 'pending' AND not_before > now()
        RETURNING whatsapp_number_id, contact_id
        """
    )
    for row in rows:
        number_id = UUID(str(row["whatsapp_number_id"]))
        pair = keys.pair_rate(number_id, str(row["contact_id"]))
        await redis.delete(keys.number_rate(number_id).name, pair.name)
        office.crew.begin(jobs.send(tenant.organization_id, number_id))
    await office.until("SELECT pg_sleep(0.02) IS NOT NULL")


def calls_of(office: Office) -> Counter[str]:
    """By Meta's id of the number."""
    return Counter(
        record.get("node") or record["number"]
        for record in office.sim.log
        if record["kind"] in {"graph.accepted", "graph.refused"}
    )


def ends(cases: list[Case]) -> dict[str, float | int | str]:
    """How many came through, wait with a stopped number, or failed."""
    through, stopped = sum(case.comes_through for case in cases), sum(case.kind == STOP for case in cases)
    return {"arrived": through, "waiting": stopped, "failed": len(cases) - through - stopped}


async def check(office: Office, case: Case, calls: int) -> None:
    (message,) = await office.rows(
        """
        SELECT m.id, m.status, m.error_code, c.opt_in FROM messages m JOIN contacts c ON c.id = m.contact_id
        WHERE m.direction = 'outbound' AND m.whatsapp_number_id = $1
        """,
        case.number_id,
    )
    assert calls == case.calls, case
    if case.comes_through:
        assert message["status"] in ARRIVED, case
    elif case.kind == STOP:
        assert message["status"] == "pending", case
    else:
        assert (message["status"], message["error_code"]) == ("failed", case.code), case
    assert message["opt_in"] == (case.code != OPTS_OUT), case
    if case.kind != STOP:
        waited = await office.rows("SELECT attempts, seconds FROM waits WHERE message_id = $1", message["id"])
        assert sorted(row["attempts"] for row in waited) == list(range(1, case.calls)), case
        for row in waited:
            assert case.wait_is_right(row["attempts"], row["seconds"]), (case, row)


async def stopped_numbers_wait_for_a_person(office: Office, stopped: list[Case]) -> None:
    """One alert each, and not a call until somebody has mended it; then everything that waited goes."""
    for case in stopped:
        await office.sim.customer(f"{case.person}9", phone_number_id=case.number).says("e eu?")
    await office.until("SELECT count(*) = $1 FROM outbox", 2 * len(stopped))
    alerts = await office.rows("SELECT payload FROM events WHERE type = 'number.stopped'")
    assert len(alerts) == len(stopped)
    assert {calls_of(office)[case.number] for case in stopped} == {1}

    office.sim.clear_faults()
    await office.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = NULL")
    await office.until("SELECT count(*) = 0 FROM outbox")
    assert {calls_of(office)[case.number] for case in stopped} == {3}


# --- how many calls a campaign of a thousand costs ------------------------------------------------------

CROWD = full_or_tenth(100, 55)
"""People who write little, beside two (or one) who write more than the pair limit lets through at once."""
TALKERS, MUCH = full_or_tenth(2, 1), full_or_tenth(50, 45)
LITTLE = full_or_tenth(9, 1)


@pytest.fixture
async def strict(settings: Settings, owner_url: str) -> AsyncIterator[Office]:
    """Its simulator keeps Meta's limits: 80 per second of a number; 45, then one per 6 s, of a pair."""
    async with RunningSimulator(fast_config(limits=Limits())) as sim:
        settings.meta_graph_url = sim.graph_url
        async with an_office(settings, owner_url, sim) as office:
            yield office


async def test_a_call_in_twenty_refused_costs_no_more_than_itself(strict: Office, figures: Figures) -> None:
    tenant = await strict.tenant(flow=None)
    await strict.publish(tenant, ECHO)
    asked = {f"55119{place:08d}": MUCH if place < TALKERS else LITTLE for place in range(TALKERS + CROWD)}
    total = sum(asked.values())
    fault = strict.sim.fault(
        "graph", "error", code=613, http_status=429, type="text", probability=0.1, times=total // 20
    )
    await strict.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = now()")
    for person, count in asked.items():
        customer = strict.sim.customer(person)
        for place in range(count):
            await customer.says(f"pedido {place}")
    await strict.until("SELECT count(*) = $1 FROM outbox", total, patience=600)
    await strict.owner.execute("UPDATE whatsapp_numbers SET sending_stopped_at = NULL")  # all at once
    await strict.until(
        "SELECT count(*) = $1 FROM messages WHERE status IN ('delivered', 'read')", total, patience=900
    )

    heard: dict[str, list[str]] = {person: [] for person in asked}
    for record in strict.sim.logged("graph.accepted"):
        heard[record["to"]].append(record["body"]["text"]["body"])
    codes = Counter(record["code"] for record in strict.sim.logged("graph.refused"))
    calls = (total + codes.total()) / total
    figures.add(
        Line(
            "F7",
            f"{total} sends, {fault.fired} of them answered with 429",
            figures={"calls_per_message": calls, "broken_number_limits": codes[130429]}
            | {"broken_pair_limits": codes[131056]},
        )
    )
    assert heard == {
        person: [f"eco: pedido {place}" for place in range(count)] for person, count in asked.items()
    }
    assert codes == {613: fault.fired}, "a limit of the number or of a pair was broken"
    assert 1 < calls <= 1.1
