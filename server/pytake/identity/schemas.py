"""What the API tells of users."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from pytake.identity.permissions import Permission
from pytake.identity.types import Role, Theme

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+$"),
]
FullName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f<>]+$"),
]
"""It is written in letters, where no name may look like a line or a tag of its own."""

Language = Literal["pt-BR", "en", "es"]


class PreferencesRead(BaseModel):
    """What follows a person to every browser. Null: they never chose, the browser decides."""

    model_config = ConfigDict(from_attributes=True)

    language: Language | None = None
    theme: Theme | None = None


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
    email_verified: bool
    phone_number: str | None
    avatar_url: str | None
    """For an `<img>`: needs no token, and is guessed by nobody."""
    role: Role
    organization: OrganizationRead
    permissions: list[Permission]
    """The role's, and what one was given besides: what a page need not offer to whoever lacks it."""
    preferences: PreferencesRead
    simulator_url: str | None = None
    """Where the simulated phone is, when this installation has one."""
