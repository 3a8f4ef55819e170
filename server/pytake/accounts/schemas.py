"""What the API of getting in reads and writes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pytake.accounts.types import InvitationStatus, LinkPurpose, MailStatus
from pytake.identity.organization_schemas import Locale as OrganizationLocale
from pytake.identity.organization_schemas import Name, Slug, Timezone
from pytake.identity.schemas import Email, FullName, UserRead
from pytake.identity.types import DEFAULT_TIMEZONE, Role

Password = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=40)]
LinkToken = Annotated[str, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SignIn(Body):
    email: Email
    password: Password
    code: Code | None = None
    """Of the authenticator app, or a recovery code: asked for by `second_factor_needed`."""


class SignedInRead(Read):
    """The refresh token is in a cookie that no script can read."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the kind of token, as RFC 6750 names it
    expires_in: int
    """Seconds."""
    user: UserRead


class SessionRead(Read):
    id: UUID
    user_agent: str | None
    ip_address: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    """When it ends if it is not used any more."""
    is_current: bool


class SessionList(BaseModel):
    items: list[SessionRead]


class PasswordChange(Body):
    present_password: Password
    password: Password


class PasswordForgotten(Body):
    email: Email


class PasswordReset(Body):
    token: LinkToken
    password: Password


class LinkUse(Body):
    token: LinkToken


class LinkRead(BaseModel):
    purpose: LinkPurpose
    email: str
    full_name: str | None
    role: Role | None
    """Of an invitation."""
    inviter_name: str | None
    """Who invited; None when they have left."""
    organization_name: str
    expires_at: datetime


class EmailChange(Body):
    email: Email
    password: Password


class EmailChangeRead(BaseModel):
    email: str | None
    expires_at: datetime | None


class AddressRead(BaseModel):
    """The address to sign in with now."""

    email: str


class TwoFactorRead(Read):
    is_on: bool
    recovery_codes_left: int


class PasswordAgain(Body):
    password: Password


class TwoFactorSetupRead(Read):
    secret: str
    uri: str
    """For a QR code."""


class CodeGiven(Body):
    code: Code


class TwoFactorOff(CodeGiven):
    password: Password


class RecoveryCodesRead(BaseModel):
    """Told this once."""

    recovery_codes: list[str]


class Invite(Body):
    email: Email
    full_name: FullName
    role: Role = Role.AGENT


class InviteAdministrator(Body):
    email: Email
    full_name: FullName


class InvitationAccept(Body):
    token: LinkToken
    full_name: FullName | None = None
    password: Password


class InvitationRead(Read):
    id: UUID
    email: str
    full_name: str
    role: Role
    status: InvitationStatus
    created_at: datetime
    expires_at: datetime


class InvitationList(BaseModel):
    items: list[InvitationRead]


class InstallationRead(BaseModel):
    is_set_up: bool
    sends_mail: bool
    """Letters leave. Else they stay in the outbox."""
    shows_outbox: bool
    """To who asks: `GET /api/v1/outbox` answers them."""


class SetupLinkRead(BaseModel):
    expires_at: datetime


class SetUp(Body):
    token: LinkToken
    name: Name
    slug: Slug
    timezone: Timezone = DEFAULT_TIMEZONE
    locale: OrganizationLocale = "pt-BR"
    full_name: FullName
    email: Email
    password: Password


class LetterRead(BaseModel):
    id: UUID
    recipient: str
    subject: str
    text: str
    status: MailStatus
    created_at: datetime


class LetterList(BaseModel):
    items: list[LetterRead]
