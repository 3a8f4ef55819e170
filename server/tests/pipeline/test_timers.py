"""Durable timers: a run waits in the database, not in a process."""

from typing import Any

import pytest

from pytake.chatbots import tasks
from pytake.chatbots.service import timers
from simulator.testing import RunningSimulator
from tests.pipeline.office import Office

MARIA = "5511900000011"


def _node(number: int, type_: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"33333333-3333-4333-8333-33333333330{number}",
        "type": type_,
        "position": {"x": number * 200, "y": 0},
        "data": {"content": content},
    }


def _edge(source: int, handle: str, target: int) -> dict[str, Any]:
    name = "33333333-3333-4333-8333-33333333330"
    return {
        "id": f"{source}{handle}",
        "source": f"{name}{source}",
        "sourceHandle": handle,
        "target": f"{name}{target}",
    }


PATIENT = {
    "schema_version": 1,
    "name": "Paciente",
    "trigger": {"type": "keyword", "keywords": ["oi"], "match": "equals"},
    "canvas": {
        "schema_version": 1,
        "nodes": [
            _node(1, "start", {}),
            _node(
                2,
                "question",
                {"text": "Ainda aí?", "variable": "r", "validation": "text", "timeout": {"after": 3600}},
            ),
            _node(3, "message", {"text": "Até logo!"}),
            _node(4, "message", {"text": "Que bom!"}),
        ],
        "edges": [_edge(1, "next", 2), _edge(2, "timeout", 3), _edge(2, "next", 4)],
    },
}


async def test_a_run_nobody_answers_goes_on_when_its_time_is_over(
    office: Office, sim: RunningSimulator
) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await office.until("SELECT fire_at > now() + interval '59 minutes' FROM flow_timers")

    await office.owner.execute("UPDATE flow_timers SET fire_at = now()")

    assert (await maria.hears())["body"]["text"]["body"] == "Até logo!"
    await office.until("SELECT count(*) = 0 FROM flow_timers")
    assert await office.count("SELECT count(*) FROM flow_runs WHERE status = 'completed'") == 1


async def test_an_answer_in_time_takes_the_timer_away(office: Office, sim: RunningSimulator) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await maria.says("sim")
    assert (await maria.hears())["body"]["text"]["body"] == "Que bom!"
    await office.settled()
    assert await office.count("SELECT count(*) FROM flow_timers") == 0


async def test_a_timer_without_a_waiting_run_is_forgotten(office: Office, sim: RunningSimulator) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await office.owner.execute("UPDATE flow_runs SET status = 'interrupted'")
    await office.owner.execute("UPDATE flow_timers SET fire_at = now()")

    await timers.fire_due(office.runtime, tenant.organization_id)

    assert await office.count("SELECT count(*) FROM flow_timers") == 0
    assert len(await office.texts("outbound")) == 1


SILENCE = {
    "suspended": ("UPDATE organizations SET is_active = false", "UPDATE organizations SET is_active = true"),
    "limit reached": (
        "UPDATE organizations SET messages_paused_until = now() + interval '9 days'",
        "UPDATE organizations SET messages_paused_until = now()",
    ),
}


@pytest.mark.parametrize(("silent", "again"), SILENCE.values(), ids=SILENCE)
async def test_what_came_due_in_a_silence_is_said_after_it(
    office: Office, sim: RunningSimulator, silent: str, again: str
) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()
    await office.owner.execute(silent)
    await office.owner.execute("UPDATE flow_timers SET fire_at = now() - interval '5 hours'")

    assert await tasks.due(office.runtime) == []
    await timers.fire_due(office.runtime, tenant.organization_id)
    assert await office.count("SELECT count(*) FROM flow_timers") == 1

    await office.owner.execute(again)

    assert (await maria.hears())["body"]["text"]["body"] == "Até logo!"
    await office.until("SELECT count(*) = 0 FROM flow_timers")


async def test_what_came_due_too_long_ago_is_not_said_any_more(office: Office, sim: RunningSimulator) -> None:
    tenant = await office.tenant(flow=None)
    await office.publish(tenant, PATIENT)
    maria = sim.customer(MARIA)
    await maria.says("oi")
    await maria.hears()

    await office.owner.execute("UPDATE flow_timers SET fire_at = now() - interval '7 hours'")

    await office.until("SELECT count(*) = 0 FROM flow_timers")
    assert await office.count("SELECT count(*) FROM flow_runs WHERE status = 'expired'") == 1
    outcome = "SELECT payload ->> 'outcome' FROM events WHERE type = 'flow.finished'"
    assert await office.owner.fetchval(outcome) == "expired"
    assert len(await office.texts("outbound")) == 1
    await maria.says("oi")
    assert (await maria.hears())["body"]["text"]["body"] == "Ainda aí?"
