"""Meta apps, the numbers they serve, and the templates Meta has to approve."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import (
    EMPTY_LIST,
    EMPTY_OBJECT,
    FALSE,
    TRUE,
    Base,
    Identified,
    OwnedByOrganization,
    TimestampsMixin,
    belongs_to,
    leans_on,
    one_of,
    one_per_tenant,
)
from pytake.whatsapp.types import HeaderType, QualityRating, SyncStatus, TemplateCategory, TemplateStatus

_LIVING = text("deleted_at IS NULL")


class Channel(Identified, OwnedByOrganization, TimestampsMixin, Base):
    """One Meta app: what proves that a webhook comes from it, and the address it is sent to."""

    __tablename__ = "channels"
    __table_args__ = (one_per_tenant("id"),)

    channel_key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    meta_app_id: Mapped[str | None] = mapped_column(String(255))
    app_secret_encrypted: Mapped[str]
    previous_app_secret_encrypted: Mapped[str | None]
    verify_token_encrypted: Mapped[str]
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    last_event_at: Mapped[datetime | None]


class WhatsAppNumber(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "whatsapp_numbers"
    __table_args__ = (
        one_per_tenant("id"),
        leans_on("channel_id", "channels"),
        CheckConstraint("throughput_per_second > 0", name="throughput_per_second"),
        Index(
            "whatsapp_numbers_phone_number_id_key", "phone_number_id", unique=True, postgresql_where=_LIVING
        ),
        Index(
            "whatsapp_numbers_organization_id_phone_number_key",
            "organization_id",
            "phone_number",
            unique=True,
            postgresql_where=_LIVING,
        ),
        Index(
            "whatsapp_numbers_default_key",
            "organization_id",
            unique=True,
            postgresql_where=text("is_default AND deleted_at IS NULL"),
        ),
        Index("idx_whatsapp_numbers_org", "organization_id"),
        Index("idx_whatsapp_numbers_phone", "phone_number_id"),
        Index("idx_whatsapp_numbers_active", "organization_id", "is_active"),
        Index("idx_whatsapp_numbers_channel", "organization_id", "channel_id"),
    )

    channel_id: Mapped[UUID | None]
    phone_number: Mapped[str] = mapped_column(String(20))
    phone_number_id: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[str | None] = mapped_column(String(255))
    whatsapp_business_account_id: Mapped[str | None] = mapped_column(String(255))
    access_token_encrypted: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    is_default: Mapped[bool] = mapped_column(server_default=FALSE)
    is_verified: Mapped[bool] = mapped_column(server_default=FALSE)
    throughput_per_second: Mapped[int] = mapped_column(server_default="80")
    sending_stopped_at: Mapped[datetime | None]
    sending_stopped_reason: Mapped[str | None]
    quality_rating: Mapped[QualityRating | None] = one_of(QualityRating, "quality_rating", 20)
    messaging_limit_tier: Mapped[str | None] = mapped_column(String(50))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    last_synced_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class WhatsAppTemplate(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "whatsapp_templates"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant(
            "whatsapp_number_id",
            "name",
            "language",
            name="whatsapp_templates_name_key",
            postgresql_nulls_not_distinct=True,
        ),
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        Index("idx_templates_organization", "organization_id"),
        Index("idx_templates_whatsapp_number", "whatsapp_number_id"),
        Index("idx_templates_meta_status", "organization_id", "meta_status"),
        Index("idx_templates_active", "organization_id", "is_active", "is_enabled_in_flows"),
        Index("idx_templates_sync", "organization_id", "sync_status"),
    )

    whatsapp_number_id: Mapped[UUID | None]
    meta_template_id: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(512))
    language: Mapped[str] = mapped_column(String(10), server_default="pt_BR")
    category: Mapped[TemplateCategory | None] = one_of(TemplateCategory, "category", 50)
    meta_status: Mapped[TemplateStatus] = one_of(TemplateStatus, "meta_status", 50, TemplateStatus.PENDING)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    is_enabled_in_flows: Mapped[bool] = mapped_column(server_default=TRUE)
    header_type: Mapped[HeaderType | None] = one_of(HeaderType, "header_type", 50)
    header_content: Mapped[str | None]
    body_text: Mapped[str]
    footer_text: Mapped[str | None]
    buttons: Mapped[list[Any]] = mapped_column(server_default=EMPTY_LIST)
    variables: Mapped[list[Any]] = mapped_column(server_default=EMPTY_LIST)
    sync_status: Mapped[SyncStatus] = one_of(SyncStatus, "sync_status", 50, SyncStatus.PENDING)
    last_synced_at: Mapped[datetime | None]
    sync_error: Mapped[str | None]
    rejection_reason: Mapped[str | None]
    quality_score: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
