"""Words of getting in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Final, Literal
from uuid import UUID

from pytake.identity.sessions import IDLE
from pytake.identity.types import Role, User

REFRESH_LIFETIME: Final = IDLE


class LinkPurpose(StrEnum):
    RESET_PASSWORD = auto()
    VERIFY_EMAIL = auto()
    INVITATION = auto()
    CHANGE_EMAIL = auto()


LINK_LIFETIMES: Final = {
    LinkPurpose.RESET_PASSWORD: timedelta(hours=1),
    LinkPurpose.VERIFY_EMAIL: timedelta(days=3),
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.CHANGE_EMAIL: timedelta(days=1),
}


class Template(StrEnum):
    RESET_PASSWORD = auto()
    VERIFY_EMAIL = auto()
    INVITATION = auto()
    PASSWORD_CHANGED = auto()
    CHANGE_EMAIL = auto()
    EMAIL_CHANGE_ASKED = auto()
    EMAIL_CHANGED = auto()
    NUMBER_ALERT = auto()


class Locale(StrEnum):
    PT_BR = "pt-BR"
    EN = "en"
    ES = "es"


class MailStatus(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    KEPT = "kept"
    """There is no mail server; the letter stays here."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from."""

    ip_address: str
    network: str
    user_agent: str | None
    locale: Locale = Locale.PT_BR


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in holds. Neither is stored anywhere."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int
    """Seconds, of the access token."""
    refresh_expires_in: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    tokens: Tokens
    user: User


@dataclass(frozen=True, slots=True)
class Link:
    id: UUID
    purpose: LinkPurpose
    email: str
    expires_at: datetime
    user_id: UUID | None
    full_name: str | None
    role: Role | None
    inviter_name: str | None = None


@dataclass(frozen=True, slots=True)
class SetupLink:
    url: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first organization and its owner are to be."""

    name: str
    slug: str
    timezone: str
    locale: str
    full_name: str
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    id: UUID
    user_agent: str | None
    ip_address: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


InvitationStatus = Literal["pending", "accepted", "expired", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Invitation:
    id: UUID
    email: str
    full_name: str
    role: Role
    status: InvitationStatus
    created_at: datetime
    expires_at: datetime
