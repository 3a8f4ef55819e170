"""Meta apps, the numbers they serve, and the templates Meta has to approve."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import (
    CASCADE,
    EMPTY_LIST,
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
    leans_on,
    one_of,
    one_per_tenant,
    refers_to,
)
from pytake.whatsapp.types import (
    AlertKind,
    AlertSeverity,
    CallState,
    HeaderType,
    HistoryKind,
    HistorySource,
    ParameterFormat,
    QualityRating,
    SyncState,
    SyncStatus,
    TemplateCall,
    TemplateCategory,
    TemplateStatus,
)

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
    webhook_verified_at: Mapped[datetime | None]
    previous_app_secret_until: Mapped[datetime | None]


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
        Index(
            "idx_whatsapp_numbers_unchecked",
            text("checked_at NULLS FIRST"),
            postgresql_where=text("deleted_at IS NULL AND access_token_encrypted IS NOT NULL"),
        ),
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
    status: Mapped[str | None] = mapped_column(String(50))
    name_status: Mapped[str | None] = mapped_column(String(50))
    code_verification_status: Mapped[str | None] = mapped_column(String(50))
    verified_name: Mapped[str | None] = mapped_column(String(255))
    platform_type: Mapped[str | None] = mapped_column(String(50))
    health: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    """Meta's `health_status`: who keeps the number from sending, and why."""
    news_at: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    """Seconds of the newest webhook of each kind that was applied."""
    checked_at: Mapped[datetime | None]
    sending_resumed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class Alert(Identified, OwnedByOrganization, TimestampsMixin, Base):
    """Something about a number that a person has to look after."""

    __tablename__ = "alerts"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        refers_to("dismissed_by", "users"),
        Index(
            "alerts_open_key",
            "organization_id",
            "whatsapp_number_id",
            "kind",
            unique=True,
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    whatsapp_number_id: Mapped[UUID]
    kind: Mapped[AlertKind] = one_of(AlertKind, "kind", 30)
    severity: Mapped[AlertSeverity] = one_of(AlertSeverity, "severity", 10)
    details: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    resolved_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]
    dismissed_by: Mapped[UUID | None]


class WhatsAppTemplate(Identified, OwnedByOrganization, TimestampsMixin, Base):
    """A template of a business account, in one language. Drafts are here before Meta has heard of them."""

    __tablename__ = "whatsapp_templates"
    __table_args__ = (
        one_per_tenant("id"),
        refers_to("whatsapp_number_id", "whatsapp_numbers"),
        CheckConstraint("(call IS NULL) = (call_state IS NULL)", name="call_whole"),
        Index(
            "whatsapp_templates_name_key",
            "organization_id",
            "whatsapp_business_account_id",
            "name",
            "language",
            unique=True,
            postgresql_where=_LIVING,
        ),
        Index("idx_templates_organization", "organization_id"),
        Index("idx_templates_whatsapp_number", "whatsapp_number_id"),
        Index("idx_templates_meta_status", "organization_id", "meta_status"),
        Index("idx_templates_active", "organization_id", "is_active", "is_enabled_in_flows"),
        Index("idx_templates_sync", "organization_id", "sync_status"),
        Index(
            "idx_templates_meta_template",
            "organization_id",
            "meta_template_id",
            postgresql_where=text("meta_template_id IS NOT NULL"),
        ),
        Index(
            "idx_templates_calls",
            "organization_id",
            "call_not_before",
            postgresql_where=text("call_state IS NOT NULL"),
        ),
    )

    whatsapp_number_id: Mapped[UUID | None]
    """The number it was made for. Every number of the account may send it."""
    whatsapp_business_account_id: Mapped[str] = mapped_column(String(255))
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
    parameter_format: Mapped[ParameterFormat] = one_of(
        ParameterFormat, "parameter_format", 20, ParameterFormat.POSITIONAL
    )
    components: Mapped[list[Any]] = mapped_column(server_default=EMPTY_LIST)
    """As Meta has them; what is sent is compiled from these."""
    draft: Mapped[dict[str, Any] | None]
    """What was changed here and Meta has not taken yet: category and content."""
    call: Mapped[TemplateCall | None] = one_of(TemplateCall, "call", 20)
    """What Meta is to be asked."""
    call_state: Mapped[CallState | None] = one_of(CallState, "call_state", 20)
    call_started_at: Mapped[datetime | None]
    call_not_before: Mapped[datetime | None]
    call_tries: Mapped[int] = mapped_column(server_default="0")
    refusal: Mapped[dict[str, Any] | None]
    """Why Meta refused the last call, in Meta's words."""
    sync_status: Mapped[SyncStatus] = one_of(SyncStatus, "sync_status", 50, SyncStatus.PENDING)
    last_synced_at: Mapped[datetime | None]
    sync_error: Mapped[str | None]
    rejection_reason: Mapped[str | None]
    quality_score: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    previous_category: Mapped[TemplateCategory | None] = one_of(TemplateCategory, "previous_category", 50)
    correct_category: Mapped[TemplateCategory | None] = one_of(TemplateCategory, "correct_category", 50)
    """What Meta will make of it, at `category_changes_at`."""
    category_changes_at: Mapped[datetime | None]
    status_told_at: Mapped[datetime | None]
    """By Meta's clock; older news of the same kind change nothing any more. Likewise the next three."""
    category_told_at: Mapped[datetime | None]
    quality_told_at: Mapped[datetime | None]
    components_told_at: Mapped[datetime | None]
    missing_since: Mapped[datetime | None]
    """Meta no longer lists it. It stays, for what refers to it."""
    deleted_at: Mapped[datetime | None]


class WhatsAppTemplateHistory(Identified, Tenant, CreatedMixin, Base):
    """What Meta said of a template, in the order of its own clock."""

    __tablename__ = "whatsapp_template_history"
    __table_args__ = (
        one_per_tenant("template_id", "key"),
        belongs_to("template_id", "whatsapp_templates"),
        Index(
            "idx_whatsapp_template_history_happened",
            "organization_id",
            "template_id",
            text("happened_at DESC"),
            text("id DESC"),
        ),
    )

    template_id: Mapped[UUID]
    kind: Mapped[HistoryKind] = one_of(HistoryKind, "kind", 30)
    source: Mapped[HistorySource] = one_of(HistorySource, "source", 20)
    value: Mapped[str | None] = mapped_column(String(255))
    reason: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    key: Mapped[str | None] = mapped_column(String(64))
    """What makes it the same news again."""
    happened_at: Mapped[datetime]


class WhatsAppTemplateSync(Base):
    """Where the reading of a business account's templates stands."""

    __tablename__ = "whatsapp_template_syncs"
    __table_args__ = (Index("idx_whatsapp_template_syncs_due", "not_before"),)

    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete=CASCADE), primary_key=True
    )
    whatsapp_business_account_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[SyncState] = one_of(SyncState, "state", 20, SyncState.IDLE)
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
    """When it is due, whether somebody asked for it or not."""
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    fetched: Mapped[int] = mapped_column(server_default="0")
    """Templates read so far, or by the last one."""
    tries: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None]
