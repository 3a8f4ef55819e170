"""Connections to other systems, and the webhooks we call."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.integrations.types import IntegrationType
from pytake.kit.models import (
    EMPTY_ARRAY,
    EMPTY_OBJECT,
    FALSE,
    TRUE,
    Base,
    CreatedMixin,
    Identified,
    OwnedByOrganization,
    Tenant,
    TimestampsMixin,
    belongs_to,
    one_of,
    one_per_tenant,
    refers_to,
)


class Integration(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "integrations"
    __table_args__ = (
        one_per_tenant("id"),
        refers_to("created_by", "users"),
        Index("idx_integrations_organization", "organization_id"),
        Index("idx_integrations_type", "organization_id", "type"),
    )

    type: Mapped[IntegrationType] = one_of(IntegrationType, "type", 50)
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    config: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    credentials_encrypted: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    last_sync_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_by: Mapped[UUID | None]


class Webhook(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "webhooks"
    __table_args__ = (
        one_per_tenant("id"),
        Index("idx_webhooks_organization", "organization_id"),
        Index("idx_webhooks_active", "organization_id", "is_active"),
    )

    name: Mapped[str] = mapped_column(String(255))
    url: Mapped[str]
    secret: Mapped[str | None] = mapped_column(String(255))
    """Encrypted, like every secret that is read back."""
    events: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    max_retries: Mapped[int] = mapped_column(server_default="3")
    retry_delay_seconds: Mapped[int] = mapped_column(server_default="60")
    total_deliveries: Mapped[int] = mapped_column(server_default="0")
    failed_deliveries: Mapped[int] = mapped_column(server_default="0")
    last_delivery_at: Mapped[datetime | None]
    last_delivery_status: Mapped[str | None] = mapped_column(String(50))


class WebhookDelivery(Identified, Tenant, CreatedMixin, Base):
    """One attempt to deliver one event."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("webhook_id", "webhooks"),
        Index("idx_webhook_deliveries_webhook", "webhook_id", text("created_at DESC")),
        Index("idx_webhook_deliveries_success", "organization_id", "success"),
    )

    webhook_id: Mapped[UUID]
    event_type: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]]
    status_code: Mapped[int | None]
    response_body: Mapped[str | None]
    response_time_ms: Mapped[int | None]
    attempt_number: Mapped[int] = mapped_column(server_default="1")
    success: Mapped[bool] = mapped_column(server_default=FALSE)
    error_message: Mapped[str | None]
