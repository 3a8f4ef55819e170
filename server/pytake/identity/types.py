"""Words of identity: roles, and what a request knows about who sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from pytake.kit.work import Actor


class PlanType(StrEnum):
    FREE = "free"
    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"


class Limit(StrEnum):
    """What an organization may have of something; the names are those of the columns, in their order."""

    CHATBOTS = "max_chatbots"
    NUMBERS = "max_whatsapp_numbers"
    CONTACTS = "max_contacts"
    AGENTS = "max_agents"
    DEPARTMENTS = "max_departments"
    MESSAGES = "monthly_message_limit"


Limits = Mapping[Limit, int | None]
"""None is no limit."""

UNLIMITED: Limits = MappingProxyType(dict.fromkeys(Limit))

OF_PLAN: Mapping[PlanType, Limits] = MappingProxyType(
    {
        plan: MappingProxyType(dict(zip(Limit, limits, strict=True)))
        for plan, limits in {
            PlanType.FREE: (1, 1, 1_000, 3, 3, 1_000),
            PlanType.STARTER: (3, 2, 10_000, 10, 5, 10_000),
            PlanType.PROFESSIONAL: (20, 10, 100_000, 50, 20, 100_000),
            PlanType.ENTERPRISE: (None,) * len(Limit),
        }.items()
    }
)
"""What choosing a plan sets, where nothing else is said. The free plan's are the specification's defaults."""


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"
    """As the system has it."""


LANGUAGES: Final = ("pt-BR", "en", "es")
DEFAULT_LOCALE = "pt-BR"
PERSON_CHANGED: Final = "person.changed"
"""In the journal: what somebody is called, may do or works in is another by now."""

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
    session_id: UUID
    expires_at: datetime
    token_hash: str
    """SHA-256 of the token, by which it is known when it is revoked."""

    @property
    def actor(self) -> Actor:
        return Actor("user", self.user_id)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks, before anything is proven."""

    organization_id: UUID
    actor: Actor
    claims: Claims | None = None
    """Of a person's token; None for a machine."""
    key_hash: str = ""
    """Of the API key that a machine has shown."""


@dataclass(frozen=True, slots=True)
class Organization:
    id: UUID
    name: str
    slug: str
    timezone: str = DEFAULT_TIMEZONE


@dataclass(frozen=True, slots=True)
class Preferences:
    """What follows a person to every browser. None: they never chose, the browser decides.

    Who was invited begins with the organization's language.
    """

    language: str | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class User:
    id: UUID
    full_name: str
    email: str
    role: Role
    organization: Organization
    permissions: tuple[str, ...] = ()
    """What they may do, their role's and their own, in the order of the alphabet."""
    email_verified: bool = False
    phone_number: str | None = None
    avatar_url: str | None = None
    preferences: Preferences = Preferences()
