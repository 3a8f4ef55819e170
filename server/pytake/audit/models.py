"""Who did what. Rows are only ever added, and refer to nothing, so that they outlive what they speak of.

`kit/trail.py` writes both tables with statements of its own.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, String, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from pytake.audit.types import ActorKind
from pytake.kit.models import EMPTY_OBJECT, Base, Identified, Tenant, one_of, one_per_tenant


class AuditLog(Identified, Tenant, Base):
    __tablename__ = "audit_logs"
    __table_args__ = (
        one_per_tenant("sequence"),
        Index("idx_audit_logs_organization", "organization_id", text("created_at DESC")),
        Index("idx_audit_logs_user", "user_id", text("created_at DESC")),
        Index("idx_audit_logs_resource", "organization_id", "resource_type", "resource_id"),
        Index("idx_audit_logs_action", "organization_id", "action"),
    )

    user_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(100))
    resource_type: Mapped[str | None] = mapped_column(String(50))
    resource_id: Mapped[UUID | None]
    description: Mapped[str | None]
    changes: Mapped[dict[str, Any] | None]
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=EMPTY_OBJECT)
    ip_address: Mapped[str | None] = mapped_column(INET)
    user_agent: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sequence: Mapped[int] = mapped_column(BigInteger)
    """The row's place in its organization's chain, from 1 on without a gap."""
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditChain(Base):
    """The head of an organization's chain, and the sealed key of its hashes."""

    __tablename__ = "audit_chains"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    hash: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("decode(repeat('00', 32), 'hex')"))
    key_encrypted: Mapped[str]
    key_since: Mapped[int] = mapped_column(BigInteger, server_default="1")
    """The first row that was hashed with this key; what is before it was hashed with one that is lost."""
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AuditVerification(Base):
    """What the last look through an organization's trail has shown."""

    __tablename__ = "audit_verifications"
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    verified_at: Mapped[datetime]
    actor: Mapped[ActorKind] = one_of(ActorKind, "actor", 20)
    user_id: Mapped[UUID | None]
    rows_checked: Mapped[int] = mapped_column(BigInteger)
    findings: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
