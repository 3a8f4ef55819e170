"""Departments and who works in them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pytake.departments.types import AssignmentStrategy
from pytake.kit.models import (
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


class Department(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "departments"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant("name"),
        refers_to("whatsapp_number_id", "whatsapp_numbers"),
        Index("idx_departments_org", "organization_id"),
        Index("idx_departments_active", "organization_id", "is_active"),
    )

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    color: Mapped[str] = mapped_column(String(7), server_default="#3B82F6")
    whatsapp_number_id: Mapped[UUID | None]
    auto_assign_enabled: Mapped[bool] = mapped_column(server_default=TRUE)
    assignment_strategy: Mapped[AssignmentStrategy] = one_of(
        AssignmentStrategy, "assignment_strategy", 50, AssignmentStrategy.ROUND_ROBIN
    )
    max_queue_size: Mapped[int] = mapped_column(server_default="100")
    business_hours: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    is_active: Mapped[bool] = mapped_column(server_default=TRUE)


class UserDepartment(Tenant, CreatedMixin, Base):
    """A user's place in a department."""

    __tablename__ = "user_departments"
    __table_args__ = (
        belongs_to("user_id", "users"),
        belongs_to("department_id", "departments"),
        Index("idx_user_departments_user", "user_id"),
        Index("idx_user_departments_dept", "department_id"),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    is_primary: Mapped[bool] = mapped_column(server_default=FALSE)
    can_pull_from_queue: Mapped[bool] = mapped_column(server_default=TRUE)
    max_concurrent_conversations: Mapped[int] = mapped_column(server_default="5")
    priority_level: Mapped[int] = mapped_column(server_default="0")
