"""What the sign-in API reads and writes."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pytake.identity.types import Role

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=255, pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+$"),
]


class SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Annotated[str, Field(min_length=1, max_length=200)]


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
    simulator_url: str | None = None
    """Where the simulated phone is, when this installation has one."""


class SignedInRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the kind of token, as RFC 6750 names it
    expires_in: int
    user: UserRead
