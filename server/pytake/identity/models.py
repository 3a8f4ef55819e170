"""Organizations, the users who work for them, and the tokens that keep users signed in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Integer, String, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from pytake.identity.types import PlanType, Role
from pytake.kit.models import (
    EMPTY_ARRAY,
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
    one_of,
    one_per_tenant,
    refers_to,
)


class Organization(Identified, TimestampsMixin, Base):
    """A tenant."""

    __tablename__ = "organizations"
    __table_args__ = (Index("idx_organizations_slug", "slug"),)

    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    whatsapp_business_id: Mapped[str | None] = mapped_column(String(255))
    whatsapp_webhook_verify_token: Mapped[str | None] = mapped_column(String(255))
    plan_type: Mapped[PlanType] = one_of(PlanType, "plan_type", 50, PlanType.FREE)
    plan_expires_at: Mapped[datetime | None]
    # None is no limit.
    max_chatbots: Mapped[int | None] = mapped_column(Integer)
    max_whatsapp_numbers: Mapped[int | None] = mapped_column(Integer)
    max_contacts: Mapped[int | None] = mapped_column(Integer)
    max_agents: Mapped[int | None] = mapped_column(Integer)
    max_departments: Mapped[int | None] = mapped_column(Integer)
    monthly_message_limit: Mapped[int | None] = mapped_column(Integer)
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    deleted_at: Mapped[datetime | None]
    messages_paused_until: Mapped[datetime | None]
    """The end of the month whose messages are used up: until then no bot speaks."""


class MessageUsage(Tenant, Base):
    """The meter: messages of a month, in the organization's own time zone."""

    __tablename__ = "message_usage"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        CheckConstraint("month = date_trunc('month', month)", name="month"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)
    month: Mapped[date] = mapped_column(primary_key=True)
    sent: Mapped[int] = mapped_column(BigInteger, server_default="0")
    received: Mapped[int] = mapped_column(BigInteger, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ApiKey(Identified, OwnedByOrganization, TimestampsMixin, Base):
    """A key for a machine: its beginning, by which it is found, and the hash of the whole."""

    __tablename__ = "api_keys"
    __table_args__ = (
        one_per_tenant("id"),
        refers_to("created_by", "users"),
        Index("idx_api_keys_organization", "organization_id", text("created_at DESC"), text("id DESC")),
    )

    name: Mapped[str] = mapped_column(String(255))
    prefix: Mapped[str] = mapped_column(String(16), unique=True)
    key_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    created_by: Mapped[UUID | None]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class User(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "users"
    __table_args__ = (
        one_per_tenant("id"),
        Index(
            "users_email_key",
            func.lower(text("email")),
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("idx_users_email", "email"),
        Index("idx_users_organization", "organization_id"),
        Index("idx_users_role", "organization_id", "role"),
    )

    email: Mapped[str] = mapped_column(String(255))
    password_hash: Mapped[str] = mapped_column(String(255))
    email_verified: Mapped[bool] = mapped_column(server_default=FALSE)
    email_verified_at: Mapped[datetime | None]
    full_name: Mapped[str] = mapped_column(String(255))
    avatar_url: Mapped[str | None]
    phone_number: Mapped[str | None] = mapped_column(String(20))
    role: Mapped[Role] = one_of(Role, "role", 50, Role.AGENT)
    permissions: Mapped[list[Any]] = mapped_column(server_default=EMPTY_LIST)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)
    is_online: Mapped[bool] = mapped_column(server_default=FALSE)
    last_seen_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    last_login_ip: Mapped[str | None] = mapped_column(INET)
    failed_login_attempts: Mapped[int] = mapped_column(server_default="0")
    locked_until: Mapped[datetime | None]
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    deleted_at: Mapped[datetime | None]


class Avatar(Identified, Tenant, CreatedMixin, Base):
    """A person's picture, a JPEG. Whoever knows its address may see it."""

    __tablename__ = "avatars"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("user_id", "users"),
        CheckConstraint("octet_length(content) <= 65536", name="content"),
    )

    user_id: Mapped[UUID] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(String(43), unique=True)
    content: Mapped[bytes]


class UserSession(Identified, Tenant, CreatedMixin, Base):
    """One sign-in on one device. Its refresh tokens are one family."""

    __tablename__ = "user_sessions"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("user_id", "users"),
        Index("idx_user_sessions_user", "organization_id", "user_id"),
    )

    user_id: Mapped[UUID]
    user_agent: Mapped[str | None]
    ip_address: Mapped[str | None] = mapped_column(INET)
    access_token_hash: Mapped[str | None] = mapped_column(String(64))
    """Of the newest one, so that it can be put on Redis' blacklist."""
    last_used_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None] = mapped_column(String(50))


class RefreshToken(Identified, Tenant, CreatedMixin, Base):
    """A token's keyed hash; the token itself is nowhere. A session has one that is not revoked, at most."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("user_id", "users"),
        belongs_to("session_id", "user_sessions"),
        Index("refresh_tokens_live_key", "session_id", unique=True, postgresql_where=text("NOT revoked")),
        Index("idx_refresh_tokens_session", "organization_id", "session_id"),
        Index("idx_refresh_tokens_user", "user_id"),
        Index("idx_refresh_tokens_token", "token_hash"),
        Index("idx_refresh_tokens_expires", "expires_at"),
    )

    user_id: Mapped[UUID]
    session_id: Mapped[UUID]
    token_hash: Mapped[str] = mapped_column(String(255), unique=True)
    expires_at: Mapped[datetime]
    revoked: Mapped[bool] = mapped_column(server_default=FALSE)
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str | None]
    ip_address: Mapped[str | None] = mapped_column(INET)
