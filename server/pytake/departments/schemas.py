"""What the API of departments reads and writes."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pytake.departments.types import AssignmentStrategy
from pytake.identity.types import Role

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^[^\x00]+$")
]
Description = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Hours(BaseModel):
    """Local time of the organization; `until` may be earlier than `since`: then it is the next day's."""

    model_config = ConfigDict(extra="forbid")

    since: Clock
    until: Clock


BusinessHours = dict[Day, Annotated[list[Hours], Field(max_length=6)]]
"""A day that is missing is closed; no day at all is always open."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema["properties"].values():
        described.pop("default", None)


class DepartmentWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    description: Description | None = None
    color: Color = "#3B82F6"
    whatsapp_number_id: UUID | None = None
    auto_assign_enabled: bool = True
    assignment_strategy: AssignmentStrategy = AssignmentStrategy.ROUND_ROBIN
    max_queue_size: Annotated[int, Field(ge=1, le=100_000)] = 100
    business_hours: BusinessHours = Field(default_factory=dict)
    is_active: bool = True


class DepartmentChange(BaseModel):
    """What is left out stays as it is: defaults here are never used."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    name: Name = ""
    description: Description | None = None
    color: Color = ""
    whatsapp_number_id: UUID | None = None
    auto_assign_enabled: bool = True
    assignment_strategy: AssignmentStrategy = AssignmentStrategy.ROUND_ROBIN
    max_queue_size: Annotated[int, Field(ge=1, le=100_000)] = 100
    business_hours: BusinessHours = Field(default_factory=dict)
    is_active: bool = True


class DepartmentRead(BaseModel):
    id: UUID
    name: str
    description: str | None
    color: str
    whatsapp_number_id: UUID | None
    auto_assign_enabled: bool
    assignment_strategy: AssignmentStrategy
    max_queue_size: int
    business_hours: dict[str, Any]
    is_active: bool
    member_count: int
    created_at: datetime


class DepartmentList(BaseModel):
    items: list[DepartmentRead]


class MemberWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_primary: bool = False
    can_pull_from_queue: bool = True
    max_concurrent_conversations: Annotated[int, Field(ge=1, le=1000)] = 5
    priority_level: Annotated[int, Field(ge=0, le=100)] = 0


class MemberRead(BaseModel):
    user_id: UUID
    full_name: str
    avatar_url: str | None
    role: Role
    is_active: bool
    is_online: bool
    is_primary: bool
    can_pull_from_queue: bool
    max_concurrent_conversations: int
    priority_level: int


class MemberList(BaseModel):
    items: list[MemberRead]
