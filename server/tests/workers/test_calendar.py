"""The recurring jobs: what they remove, what they leave, and that each has its hands."""

from pytake.analytics.tasks import trim_journal
from pytake.conversations.tasks import make_partitions
from pytake.entrypoints.schedule import SCHEDULE
from pytake.inbound.tasks import forget_waiting
from pytake.runtime import HANDLERS
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office

MARIA = "5511900000011"


def test_everything_on_the_calendar_can_be_done() -> None:
    assert {nudge.job.name for nudge in SCHEDULE} <= set(HANDLERS)


async def test_the_journal_keeps_what_is_young_and_what_somebody_has_not_read(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    await office.settled()
    await office.until("SELECT EXISTS (SELECT FROM journal_cursors WHERE transaction_id > 0)")
    kinds = [row["type"] for row in await office.rows("SELECT type FROM events ORDER BY sequence")]
    assert len(kinds) >= 3

    await trim_journal(office.runtime)
    assert await office.count("SELECT count(*) FROM events") == len(kinds)

    await office.crew.stop(1)
    await office.owner.execute("UPDATE events SET created_at = now() - interval '31 days'")
    await office.owner.execute(
        """
        INSERT INTO journal_cursors (organization_id, reader, transaction_id, sequence)
        SELECT organization_id, 'slow', transaction_id, sequence FROM events ORDER BY sequence LIMIT 1
        """
    )
    await trim_journal(office.runtime)

    left = [row["type"] for row in await office.rows("SELECT type FROM events ORDER BY sequence")]
    assert left == kinds[1:]


async def test_statuses_nobody_knows_are_forgotten_after_a_week(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    statuses = [meta.status(meta.wamid(), "sent") for _ in range(2)]
    await office.deliver(tenant, meta.delivery(meta.value(tenant.phone_number_id, statuses=statuses)))
    await office.until("SELECT count(*) = 2 FROM inbound_events WHERE status = 'waiting'")
    await office.owner.execute(
        """
        UPDATE inbound_events SET received_at = now() - interval '8 days'
        WHERE id = (SELECT min(id) FROM inbound_events)
        """
    )

    await forget_waiting(office.runtime)

    assert await office.count("SELECT count(*) FROM inbound_events") == 1


async def test_the_coming_months_have_partitions(office: Office) -> None:
    await make_partitions(office.runtime)
    coming = await office.count(
        """
        SELECT count(to_regclass('messages_' || to_char(now() + make_interval(months => ahead), 'YYYY_MM')))
        FROM generate_series(0, 3) AS ahead
        """
    )
    assert coming == 4
