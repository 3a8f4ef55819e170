"""Words of identity: roles, and what a request knows about who sent it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class PlanType(StrEnum):
    FREE = "free"
    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"


DEFAULT_TIMEZONE = "America/Sao_Paulo"


class Role(StrEnum):
    SUPER_ADMIN = "super_admin"
    ORG_ADMIN = "org_admin"
    AGENT = "agent"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says; that the user still exists and may do things is for the database to say."""

    user_id: UUID
    organization_id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Organization:
    id: UUID
    name: str
    slug: str
    timezone: str = DEFAULT_TIMEZONE


@dataclass(frozen=True, slots=True)
class User:
    id: UUID
    full_name: str
    email: str
    role: Role
    organization: Organization


@dataclass(frozen=True, slots=True)
class SignedIn:
    access_token: str
    expires_in: int
    user: User
