"""What the API tells of users."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from pytake.identity.permissions import Permission
from pytake.identity.types import Role

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+$"),
]


class OrganizationRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    slug: str
    timezone: str
    """A name of the IANA time zone database."""


class UserRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    full_name: str
    email: str
    role: Role
    organization: OrganizationRead
    permissions: list[Permission]
    """The role's, and what one was given besides: what a page need not offer to whoever lacks it."""
    simulator_url: str | None = None
    """Where the simulated phone is, when this installation has one."""
