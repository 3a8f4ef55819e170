"""Who did what. Rows are only ever added, and refer to nothing, so that they outlive what they speak of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import EMPTY_OBJECT, Base, Identified


class AuditLog(Identified, Base):
    __tablename__ = "audit_logs"
    __table_args__ = (
        Index("idx_audit_logs_organization", "organization_id", text("created_at DESC")),
        Index("idx_audit_logs_user", "user_id", text("created_at DESC")),
        Index("idx_audit_logs_resource", "organization_id", "resource_type", "resource_id"),
        Index("idx_audit_logs_action", "organization_id", "action"),
    )

    organization_id: Mapped[UUID | None]
    """None: a failed sign-in of nobody we know. The application writes such rows and cannot read them."""
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
