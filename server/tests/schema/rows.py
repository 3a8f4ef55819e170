"""One row in every table that belongs to a tenant."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from pytake.adapters.secrets.sealed import SealedSecrets
from pytake.kit.ids import new_id
from pytake.runtime import fresh_chain_key
from tests.servers import SECRET_KEY

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
"""Of a month without a partition: the row is in `messages_default`."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

SECRETS = SealedSecrets(SECRET_KEY)


@dataclass(slots=True)
class Tenant:
    id: UUID = field(default_factory=new_id)
    rows: dict[str, UUID] = field(default_factory=dict)
    """The id of its row, by table."""

    @property
    def name(self) -> str:
        return str(self.id)


@asynccontextmanager
async def acting_for(connection: asyncpg.Connection, tenant: Tenant | None) -> AsyncIterator[None]:
    """A transaction as the application opens it, for one tenant or for none; rolled back on errors."""
    async with connection.transaction():
        await connection.execute("SELECT set_config('app.org', $1, true)", str(tenant.id) if tenant else "")
        yield


async def insert(connection: asyncpg.Connection, table: str, **values: Any) -> None:
    columns = ", ".join(values)
    places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - a test's own names
    await connection.execute(statement, *values.values())


class Filler:
    """Adds rows for one tenant, each with what it needs and nothing more."""

    def __init__(self, connection: asyncpg.Connection, tenant: Tenant) -> None:
        self.connection = connection
        self.tenant = tenant

    async def add(self, table: str, id_column: str | None = "id", **values: Any) -> UUID:
        row_id = self.tenant.id if table == "organizations" else new_id()
        if id_column:
            values = {id_column: row_id, **values}
        if table != "organizations":
            values = {"organization_id": self.tenant.id, **values}
        await insert(self.connection, table, **values)
        self.tenant.rows[table] = row_id
        return row_id


async def fill(connection: asyncpg.Connection) -> Tenant:
    tenant = Tenant()
    async with acting_for(connection, tenant):
        await _people(Filler(connection, tenant))
        await _talks(Filler(connection, tenant))
        await _connections(Filler(connection, tenant))
    return tenant


async def _people(new: Filler) -> None:
    name, rows = new.tenant.name, new.tenant.rows
    await new.add("organizations", name="Padaria Aurora", slug=name)
    await new.add("users", email=f"{name}@example.org", password_hash="-", full_name="Ana")
    await new.add("user_sessions", user_id=rows["users"], expires_at=NOON)
    await new.add(
        "refresh_tokens",
        user_id=rows["users"],
        session_id=rows["user_sessions"],
        token_hash=name,
        expires_at=NOON,
    )
    await _ways_in(new)
    await new.add(
        "channels", channel_key=name, name="Meta", app_secret_encrypted="-", verify_token_encrypted="-"
    )
    await new.add(
        "whatsapp_numbers", channel_id=rows["channels"], phone_number="+551130000100", phone_number_id=name
    )
    await new.add("alerts", whatsapp_number_id=rows["whatsapp_numbers"], kind="quality", severity="warning")
    await new.add("departments", name="Vendas", whatsapp_number_id=rows["whatsapp_numbers"])
    await new.add("user_departments", None, user_id=rows["users"], department_id=rows["departments"])
    await new.add("agent_greetings", user_id=rows["users"], message_template="Olá")
    await new.add("contacts", whatsapp_id="5511987654321", name="João")
    new.tenant.rows["contact_identities"] = new.tenant.rows["contacts"]  # a trigger wrote it
    await new.add(
        "contact_merges",
        kept_id=rows["contacts"],
        gone_id=rows["contacts"],
        reason="by_hand",
        merged_by=rows["users"],
        undone_by=rows["users"],
        undone_at=NOON,
    )
    await new.add(
        "contact_merge_suggestions",
        one_id=rows["contacts"],
        other_id=rows["contacts"],
        shows_id=rows["contacts"],
        reason="same_phone",
        decided_by=rows["users"],
        state="dismissed",
    )
    await new.add("tags", name="vip")
    await new.add("audit_logs", action="user.created", sequence=1, previous_hash=b"", hash=b"-")
    await new.add("audit_chains", None, key_encrypted=fresh_chain_key(SECRETS, new.tenant.id), sequence=1)
    await new.add(
        "audit_verifications", None, verified_at=NOON, actor="user", user_id=rows["users"], rows_checked=1
    )
    await new.add("message_usage", None, month=NOON.date().replace(day=1))
    await new.add(
        "message_charges",
        None,
        month=NOON.date().replace(day=1),
        whatsapp_number_id=rows["whatsapp_numbers"],
        category="utility",
        type="regular",
    )
    await new.add(
        "free_entry_points",
        None,
        contact_id=rows["contacts"],
        whatsapp_number_id=rows["whatsapp_numbers"],
        entered_at=NOON,
    )
    await new.add("api_keys", name="ERP", prefix=name[-16:], key_hash="-", created_by=rows["users"])
    await new.add("idempotency_keys", actor_id=rows["users"], key=name, request_hash="-")


async def _ways_in(new: Filler) -> None:
    name, rows = new.tenant.name, new.tenant.rows
    await new.add(
        "one_time_links",
        purpose="reset_password",
        user_id=rows["users"],
        created_by=rows["users"],
        email=f"{name}@example.org",
        expires_at=NOON,
    )
    await new.add(
        "mails", recipient=f"{name}@example.org", template="reset_password", link_id=rows["one_time_links"]
    )
    await new.add("totp_factors", user_id=rows["users"], secret_encrypted="-")
    await new.add("recovery_codes", user_id=rows["users"], code_hash=name)
    await new.add("avatars", user_id=rows["users"], address=name, content=b"-")


async def _talks(new: Filler) -> None:
    rows = new.tenant.rows
    await new.add("chatbots", name="Bia", created_by=rows["users"])
    await new.add(
        "flows",
        chatbot_id=rows["chatbots"],
        name="Início",
        whatsapp_number_id=rows["whatsapp_numbers"],
        created_by=rows["users"],
    )
    await new.add(
        "flow_versions",
        flow_id=rows["flows"],
        number=new.tenant.id.int % 10_000,
        canvas="{}",
        program="{}",
        content_hash="-",
        published_by=rows["users"],
    )
    await new.add("nodes", flow_id=rows["flows"], type="start")
    await new.add(
        "conversations",
        contact_id=rows["contacts"],
        whatsapp_number_id=rows["whatsapp_numbers"],
        chatbot_id=rows["chatbots"],
        department_id=rows["departments"],
        assigned_to=rows["users"],
        current_flow_id=rows["flows"],
        current_node_id=rows["nodes"],
    )
    await new.add(
        "flow_runs",
        conversation_id=rows["conversations"],
        contact_id=rows["contacts"],
        chatbot_id=rows["chatbots"],
        flow_id=rows["flows"],
        flow_version_id=rows["flow_versions"],
    )
    await new.add("flow_timers", None, run_id=rows["flow_runs"], fire_at=NOON, token="-")
    await new.add("quick_replies", shortcut="/ola", title="Olá", content="Olá!", created_by=rows["users"])
    await new.add(
        "messages",
        conversation_id=rows["conversations"],
        direction="outbound",
        sender_id=rows["users"],
        content='{"text": "Olá"}',
        created_at=NOON,
    )
    await new.add("business_initiations", None, contact_id=rows["contacts"], message_id=rows["messages"])
    await new.add(
        "message_ids",
        None,
        whatsapp_number_id=rows["whatsapp_numbers"],
        whatsapp_message_id="wamid.1",
        message_id=rows["messages"],
        message_created_at=NOON,
    )
    await new.add("media_files", sha256=f"{new.tenant.id.int:064x}", size=1, mime_type="image/jpeg")
    await new.add(
        "attachments",
        None,
        message_id=rows["messages"],
        message_created_at=NOON,
        conversation_id=rows["conversations"],
        whatsapp_number_id=rows["whatsapp_numbers"],
        kind="image",
        media_file_id=rows["media_files"],
    )
    await new.add(
        "media_uploads",
        None,
        media_file_id=rows["media_files"],
        whatsapp_number_id=rows["whatsapp_numbers"],
        media_id="1",
        expires_at=NOON,
    )
    await new.add(
        "outbox",
        None,
        message_id=rows["messages"],
        message_created_at=NOON,
        whatsapp_number_id=rows["whatsapp_numbers"],
        conversation_id=rows["conversations"],
        contact_id=rows["contacts"],
    )
    await new.add(
        "whatsapp_templates",
        whatsapp_number_id=rows["whatsapp_numbers"],
        whatsapp_business_account_id=new.tenant.name,
        name="ola",
        body_text="Olá",
        meta_status="APPROVED",
        components='[{"type": "BODY", "text": "Olá"}]',
    )
    await new.add(
        "whatsapp_template_history",
        template_id=rows["whatsapp_templates"],
        kind="status",
        source="webhook",
        value="APPROVED",
        happened_at=NOON,
    )
    await new.add(
        "whatsapp_template_syncs", None, whatsapp_business_account_id=new.tenant.name, not_before=NEVER
    )
    await new.add(
        "campaigns",
        name="Páscoa",
        message_content="{}",
        template_id=rows["whatsapp_templates"],
        created_by=rows["users"],
    )
    await new.add(
        "campaign_recipients",
        campaign_id=rows["campaigns"],
        contact_id=rows["contacts"],
        message_id=rows["messages"],
        message_created_at=NOON,
    )


async def _connections(new: Filler) -> None:
    rows = new.tenant.rows
    await new.add("integrations", type="webhook", name="ERP", created_by=rows["users"])
    await new.add("webhooks", name="ERP", url="https://erp.example")
    await new.add(
        "webhook_deliveries", webhook_id=rows["webhooks"], event_type="message.received", payload="{}"
    )
    await new.add("inbound_events", None, channel_id=rows["channels"], body=b"{}")
    await new.add("inbound_drains", None)
    await new.add("events", None, type="message.received", payload="{}")
    await new.add("journal_cursors", None, reader="projection")
