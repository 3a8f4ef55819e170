"""Links by mail, letters, second factors, and the attempts of strangers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.accounts.types import LinkPurpose, Locale, MailStatus
from pytake.identity.types import Role
from pytake.kit.models import (
    EMPTY_OBJECT,
    Base,
    CreatedMixin,
    Identified,
    OwnedByOrganization,
    Tenant,
    belongs_to,
    one_of,
    one_per_tenant,
    refers_to,
)


class OneTimeLink(Identified, OwnedByOrganization, CreatedMixin, Base):
    """The token in the link is made from the id and a key that is not in the database."""

    __tablename__ = "one_time_links"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("user_id", "users"),
        refers_to("created_by", "users"),
        Index("idx_one_time_links_purpose", "organization_id", "purpose", "user_id"),
    )

    purpose: Mapped[LinkPurpose] = one_of(LinkPurpose, "purpose", 50)
    user_id: Mapped[UUID | None]
    email: Mapped[str] = mapped_column(String(255))
    full_name: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[Role | None] = one_of(Role, "role", 50)
    created_by: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Mail(Identified, OwnedByOrganization, CreatedMixin, Base):
    """A letter, written when it leaves: what is kept here holds no secret."""

    __tablename__ = "mails"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("link_id", "one_time_links"),
        Index("idx_mails_due", "next_attempt_at", postgresql_where=text("status = 'pending'")),
        Index("idx_mails_organization", "organization_id", text("created_at DESC")),
    )

    recipient: Mapped[str] = mapped_column(String(255))
    template: Mapped[str] = mapped_column(String(50))
    locale: Mapped[str] = mapped_column(String(10), server_default=Locale.PT_BR.value)
    context: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    link_id: Mapped[UUID | None]
    status: Mapped[MailStatus] = one_of(MailStatus, "status", 20, MailStatus.PENDING)
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]


class TotpFactor(Identified, Tenant, CreatedMixin, Base):
    __tablename__ = "totp_factors"
    __table_args__ = (one_per_tenant("id"), belongs_to("user_id", "users"))

    user_id: Mapped[UUID] = mapped_column(unique=True)
    secret_encrypted: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """The half minute of the last code that was accepted."""


class RecoveryCode(Identified, Tenant, CreatedMixin, Base):
    __tablename__ = "recovery_codes"
    __table_args__ = (
        one_per_tenant("id"),
        UniqueConstraint("organization_id", "user_id", "code_hash"),
        belongs_to("user_id", "users"),
    )

    user_id: Mapped[UUID]
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """Belongs to no tenant: what is guessed at may not exist. Only functions of the database touch it."""

    __tablename__ = "sign_in_attempts"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(server_default="0")
    last_at: Mapped[datetime] = mapped_column(server_default=func.now())
    locked_until: Mapped[datetime | None]


class ResetRequest(Identified, CreatedMixin, Base):
    """Somebody asked for a new password; who that is, a worker finds out."""

    __tablename__ = "reset_requests"

    email: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(10))


class SetupLink(CreatedMixin, Base):
    """The one link to set an empty installation up with. Only functions of the database touch it."""

    __tablename__ = "setup_links"
    __table_args__ = (CheckConstraint("is_only", name="is_only"),)

    is_only: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    id: Mapped[UUID]
    expires_at: Mapped[datetime]


class SignInFailure(Identified, CreatedMixin, Base):
    """A wrong password; at whose account, a worker finds out."""

    __tablename__ = "sign_in_failures"

    email: Mapped[str] = mapped_column(String(255))
    is_known_device: Mapped[bool]
    ip_address: Mapped[str]
    user_agent: Mapped[str | None]
    request_id: Mapped[str | None]
