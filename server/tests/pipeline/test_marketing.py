"""Who has stopped marketing messages gets none."""

from typing import Any

import pytest

from pytake.kit.ids import new_id
from tests.pipeline import deliveries as meta
from tests.pipeline.office import Office, Tenant

MARIA = "5511900000011"


def wish(tenant: Tenant, value: str, at: int) -> Any:
    said = {"wa_id": MARIA, "category": "marketing_messages", "value": value, "timestamp": at}
    return meta.delivery(
        meta.value(tenant.phone_number_id, user_preferences=[said]), field="user_preferences"
    )


async def send_template(office: Office, tenant: Tenant, category: str) -> None:
    """As an application of the organization's does: a row in `messages`, and one in the outbox."""
    async with office.runtime.work(tenant.organization_id) as work:
        await work.execute(
            "INSERT INTO whatsapp_templates (organization_id, whatsapp_business_account_id, name, language, "
            "category, body_text) VALUES ($1, '310277445566100', $2, 'pt_BR', $3, 'Oi')",
            tenant.organization_id,
            category.lower(),
            category,
        )
        await work.execute(
            """
            WITH said AS (
                INSERT INTO messages (id, organization_id, conversation_id, contact_id, whatsapp_number_id,
                                      direction, sender_type, type, content, status)
                SELECT $2, $1, id, contact_id, whatsapp_number_id, 'outbound', 'agent', 'template',
                       jsonb_build_object('name', $3::text, 'language', 'pt_BR'), 'pending'
                FROM conversations WHERE organization_id = $1
                RETURNING *
            )
            INSERT INTO outbox (message_id, message_created_at, organization_id, whatsapp_number_id,
                                conversation_id, contact_id, is_template)
            SELECT id, created_at, $1, whatsapp_number_id, conversation_id, contact_id, true FROM said
            """,
            tenant.organization_id,
            new_id(),
            category.lower(),
        )
    await office.settled()


async def outcome(office: Office) -> tuple[str, int | None]:
    (row,) = await office.rows("SELECT status, error_code FROM messages WHERE type = 'template'")
    return row["status"], row["error_code"]


@pytest.mark.parametrize(
    ("wishes", "category", "is_refused"),
    [
        (["stop"], "MARKETING", True),
        (["stop"], "UTILITY", False),
        (["stop", "resume"], "MARKETING", False),
        ([], "MARKETING", False),
    ],
)
async def test_a_marketing_template_goes_to_nobody_who_stopped_them(
    office: Office, wishes: list[str], category: str, *, is_refused: bool
) -> None:
    tenant = await office.tenant(flow=None)
    await office.deliver(tenant, meta.message_from(tenant.phone_number_id, MARIA, "oi"))
    for at, value in enumerate(wishes):
        await office.deliver(tenant, wish(tenant, value, 1_793_000_000 + at))
    await office.settled()

    await send_template(office, tenant, category)

    status, code = await outcome(office)
    assert (status == "failed" and code == 131050) is is_refused


async def test_an_older_wish_that_comes_later_changes_nothing(office: Office) -> None:
    tenant = await office.tenant(flow=None)
    for value, at in (("stop", 1_793_000_009), ("resume", 1_793_000_001)):
        await office.deliver(tenant, wish(tenant, value, at))
        await office.settled()

    (row,) = await office.rows("SELECT opt_in, marketing_source, opt_in_date, opt_out_date FROM contacts")

    assert (row["opt_in"], row["marketing_source"]) == (False, "whatsapp")
    assert int(row["opt_out_date"].timestamp()) == 1_793_000_009
