"""What the API of people and API keys reads and writes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from pytake.http.pages import Page
from pytake.identity.organization_schemas import Change, Name, Strict
from pytake.identity.permissions import Permission
from pytake.identity.schemas import FullName, Language
from pytake.identity.types import Role, Theme

Phone = Annotated[str, StringConstraints(max_length=20, pattern=r"^\+?[0-9 ()-]{5,20}$")]
Preset = Literal["supervisor"]
Grants = Annotated[list[Permission], Field(max_length=len(Permission))]


class DepartmentBrief(BaseModel):
    id: UUID
    name: str
    is_primary: bool


class PersonRead(BaseModel):
    id: UUID
    full_name: str
    email: str
    phone_number: str | None
    avatar_url: str | None
    role: Role
    preset: Preset | None
    """A bundle of permissions beyond the role."""
    permissions: list[Permission]
    """Single permissions beyond role and preset."""
    granted: list[Permission]
    """Everything they may do, by role, preset and permissions."""
    is_active: bool
    is_online: bool
    email_verified: bool
    last_seen_at: datetime | None
    last_login_at: datetime | None
    departments: list[DepartmentBrief]
    created_at: datetime


class PersonPage(Page[PersonRead]):
    pass


class PersonChange(Change):
    full_name: FullName = ""
    phone_number: Phone | None = None
    role: Role = Role.AGENT
    preset: Preset | None = None
    permissions: Grants = Field(default_factory=list)
    is_active: bool = True


class ProfileChange(Change):
    full_name: FullName = ""
    phone_number: Phone | None = None
    language: Language | None = None
    theme: Theme | None = None
    """Null: as the browser has it."""


class ApiKeyRead(BaseModel):
    id: UUID
    name: str
    prefix: str
    """How the key begins; the rest is known to whoever was shown it."""
    scopes: list[Permission]
    created_by: UUID | None
    created_by_name: str | None
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime


class ApiKeyMade(ApiKeyRead):
    key: str
    """Shown now and never again."""


class ApiKeyPage(Page[ApiKeyRead]):
    pass


class ApiKeyCreate(Strict):
    name: Name
    scopes: Annotated[list[Permission], Field(min_length=1, max_length=len(Permission))]
    expires_at: AwareDatetime | None = None


class ApiKeyChange(Change):
    name: Name
