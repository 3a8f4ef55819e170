"""F6. Calls to Graph whose outcome nobody knows: a status settles them, or a minute of silence decides."""

import asyncio
from collections import Counter
from typing import Any

from pytake.adapters.claims.book import claims_in
from pytake.conversations.service import receive, say
from pytake.conversations.service.desk import AT_ONCE
from pytake.conversations.service.outcomes import MAX_UNKNOWN
from tests.faults import flows
from tests.faults.figures import Figures, Line
from tests.faults.installation import Installation
from tests.faults.load import Load
from tests.faults.peace import disagreements, settled
from tests.faults.size import full_or_tenth
from tests.faults.tenants import Tenant, open_tenant

LATE = full_or_tenth(30, 2)
"""Seconds until a status comes, at most."""
TEMPLATE = {"name": "lembrete", "language": "pt_BR"}
PEOPLE = 10
CAMPAIGN = full_or_tenth(500, 250)
"""People; a worker claims more than it can call at once."""
LEAVING = "SELECT count(*) FROM outbox WHERE organization_id = $1"


async def test_lost_answers_settled_by_late_statuses(installation: Installation, figures: Figures) -> None:
    """Connections cut after the message was taken, pages instead of answers, calls that time out."""
    it, messages = installation, full_or_tenth(2000, 200)
    tenants = [await open_tenant(it, flows.echo())]
    troubles: list[tuple[str, dict[str, Any]]] = [
        ("lost", {"probability": 0.06}),
        ("html", {"probability": 0.03, "accepts": True}),
        ("hang", {"times": full_or_tenth(20, 3), "seconds": 600.0}),
    ]
    for action, how in troubles:
        await it.meta.fault("graph", action, type="text", **how)
    await it.meta.fault("status", "late", jitter=LATE, probability=0.5)
    await Load(it, tenants, messages // 10, messages, per_second=50).run()
    await settled(it, tenants)

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    what = f"{messages} messages, 9 % of all outcomes unknown, half of all statuses up to {LATE} s late"
    figures.add(Line.of("F6", what, verdict, slowest_s=verdict.delay(1.0)))
    assert verdict.clean, verdict
    assert verdict.acknowledged == messages
    assert await disagreements(it, tenants) == []


async def test_a_text_that_never_arrived_goes_again(installation: Installation, figures: Figures) -> None:
    """The connection broke before Meta took it, or after: who knows."""
    it = installation
    tenants = [await open_tenant(it, flows.echo())]
    await it.meta.fault("graph", "cut", times=PEOPLE, type="text")
    await Load(it, tenants, PEOPLE, PEOPLE, per_second=100).run()
    await settled(it, tenants)

    verdict = it.oracle.verdict(tenant.phone_number_id for tenant in tenants)
    figures.add(Line.of("F6", f"{PEOPLE} connections cut before Meta took the text", verdict))
    assert verdict.clean, verdict
    assert await disagreements(it, tenants) == []


async def test_without_any_news_a_text_goes_again_and_a_template_does_not(
    installation: Installation, figures: Figures
) -> None:
    """Meta takes everything and never says so: nobody can know what arrived."""
    it = installation
    tenant = await open_tenant(it, flows.echo())
    await Load(it, [tenant], PEOPLE, PEOPLE, per_second=100).run()
    await settled(it, [tenant])
    await it.meta.fault("graph", "lost")
    await it.meta.fault("status", "dropped")
    await _say_to_everybody(it, tenant, "text", {"text": "Ainda está aí?"})
    await settled(it, [tenant])
    texts = await _sends_and_statuses(it, tenant, "text", since=PEOPLE)
    await _say_to_everybody(it, tenant, "template", TEMPLATE)
    await settled(it, [tenant])
    templates = await _sends_and_statuses(it, tenant, "template")

    told = {"times_sent": max(texts[0].values()), "templates_sent": max(templates[0].values())}
    figures.add(Line("F6", f"{PEOPLE} texts and {PEOPLE} templates without any news", figures=told))
    assert set(templates[0].values()) == {1}
    assert templates[1] == {"unknown"}
    assert set(texts[0].values()) == {MAX_UNKNOWN}
    assert texts[1] == {"unknown"}


async def test_what_a_killed_worker_had_not_called_yet_goes_at_once(
    installation: Installation, figures: Figures
) -> None:
    """Templates: of one whose fate nobody knows the end is a person's business."""
    it = installation
    tenant = await open_tenant(it, flows.echo())
    await Load(it, [tenant], CAMPAIGN, CAMPAIGN, per_second=100).run()
    await settled(it, [tenant])
    slow = await it.meta.fault("graph", "slow", seconds=600.0, type="template")
    await _say_to_everybody(it, tenant, "template", TEMPLATE)
    await it.journal.until(
        lambda: _called(it, tenant) + _noted(it) == CAMPAIGN, "every claim called, or noted as not called"
    )
    called = _called(it, tenant)
    await it.kill_workers()
    await it.meta.clear_faults(slow)
    while await it.owner.value(LEAVING, tenant.organization_id):
        await asyncio.sleep(0.1)
    await settled(it, [tenant])
    sends, statuses = await _sends_and_statuses(it, tenant, "template")

    what = f"all workers killed with {CAMPAIGN} templates claimed, up to {2 * AT_ONCE} of them called"
    told = {
        "called_before": called,
        "templates_sent": max(sends.values()),
        "unknown": int("unknown" in statuses),
    }
    figures.add(Line("F6", what, figures=told))
    assert called < CAMPAIGN
    assert set(sends.values()) == {1}
    assert "unknown" not in statuses
    assert await disagreements(it, [tenant]) == []


def _called(it: Installation, tenant: Tenant) -> int:
    return sum(
        taken.type == "template" and taken.number == tenant.phone_number_id
        for taken in it.oracle.accepted.values()
    )


def _noted(it: Installation) -> int:
    """Claims that workers have noted as not called."""
    books = (it.folder / "data" / "claims").glob("*.claims")
    return sum(len(claims_in(book.read_bytes()) or ()) for book in books)


async def _say_to_everybody(it: Installation, tenant: Tenant, kind: str, content: dict[str, Any]) -> None:
    rows = await it.owner.fetch(
        "SELECT id FROM conversations WHERE organization_id = $1", tenant.organization_id
    )
    async with it.runtime.work(tenant.organization_id) as work:
        conversations = list((await receive.lock(work, [row["id"] for row in rows])).values())
        messages = [say.say(work, conversation, kind, content) for conversation in conversations]
        await say.write(work, messages, conversations)


async def _sends_and_statuses(
    it: Installation, tenant: Tenant, kind: str, since: int = 0
) -> tuple[Counter[str], set[str]]:
    """How often Meta took each message of that kind, and what PyTake says of it."""
    it.journal.catch_up()
    sends = Counter((taken.callback_data or "").partition(".")[0] for taken in it.oracle.accepted.values())
    rows = await it.owner.fetch(
        """
        SELECT id::text, status::text FROM messages
        WHERE organization_id = $1 AND direction = 'outbound' AND type = $2 ORDER BY created_at, id OFFSET $3
        """,
        tenant.organization_id,
        kind,
        since,
    )
    return Counter({row["id"]: sends[row["id"]] for row in rows}), {row["status"] for row in rows}
