"""Campaigns and whom they reach."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.campaigns.types import CampaignStatus, RecipientStatus, TargetType
from pytake.kit.models import (
    EMPTY_OBJECT,
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


class Campaign(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "campaigns"
    __table_args__ = (
        one_per_tenant("id"),
        refers_to("template_id", "whatsapp_templates"),
        refers_to("created_by", "users"),
        Index("idx_campaigns_organization", "organization_id"),
        Index("idx_campaigns_status", "organization_id", "status"),
        Index(
            "idx_campaigns_scheduled",
            "organization_id",
            "scheduled_at",
            postgresql_where=text("status = 'scheduled'"),
        ),
    )

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    status: Mapped[CampaignStatus] = one_of(CampaignStatus, "status", 50, CampaignStatus.DRAFT)
    target_type: Mapped[TargetType | None] = one_of(TargetType, "target_type", 50)
    target_filters: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    template_id: Mapped[UUID | None]
    message_type: Mapped[str] = mapped_column(String(50), server_default="template")
    message_content: Mapped[dict[str, Any]]
    scheduled_at: Mapped[datetime | None]
    send_rate_limit: Mapped[int] = mapped_column(server_default="100")
    """Messages per minute."""
    total_recipients: Mapped[int] = mapped_column(server_default="0")
    sent_count: Mapped[int] = mapped_column(server_default="0")
    delivered_count: Mapped[int] = mapped_column(server_default="0")
    read_count: Mapped[int] = mapped_column(server_default="0")
    failed_count: Mapped[int] = mapped_column(server_default="0")
    replied_count: Mapped[int] = mapped_column(server_default="0")
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None]


class CampaignRecipient(Identified, Tenant, CreatedMixin, Base):
    __tablename__ = "campaign_recipients"
    __table_args__ = (
        one_per_tenant("id"),
        UniqueConstraint("campaign_id", "contact_id"),
        belongs_to("campaign_id", "campaigns"),
        belongs_to("contact_id", "contacts"),
        ForeignKeyConstraint(
            ["organization_id", "message_created_at", "message_id"],
            ["messages.organization_id", "messages.created_at", "messages.id"],
            name="campaign_recipients_message_fkey",
            ondelete="SET NULL (message_created_at, message_id)",
        ),
        CheckConstraint("num_nulls(message_id, message_created_at) <> 1", name="message"),
        Index("idx_campaign_recipients_campaign", "campaign_id"),
        Index("idx_campaign_recipients_status", "campaign_id", "status"),
        Index("idx_campaign_recipients_contact", "organization_id", "contact_id"),
        Index(
            "idx_campaign_recipients_whatsapp_id",
            "organization_id",
            "whatsapp_message_id",
            postgresql_where=text("whatsapp_message_id IS NOT NULL"),
        ),
        Index(
            "idx_campaign_recipients_message",
            "organization_id",
            "message_id",
            postgresql_where=text("message_id IS NOT NULL"),
        ),
    )

    campaign_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    status: Mapped[RecipientStatus] = one_of(RecipientStatus, "status", 50, RecipientStatus.PENDING)
    message_id: Mapped[UUID | None]
    message_created_at: Mapped[datetime | None]
    """A message is found in its month, so its time goes with its id."""
    whatsapp_message_id: Mapped[str | None] = mapped_column(String(600))
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error_message: Mapped[str | None]
