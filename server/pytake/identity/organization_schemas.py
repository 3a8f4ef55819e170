"""What the API of organizations reads and writes."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from pytake.http.pages import Page
from pytake.identity.types import DEFAULT_TIMEZONE, PlanType

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^[^\x00]+$")
]
Slug = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Timezone = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
Locale = Literal["pt-BR", "en", "es"]
Allowance = Annotated[int | None, Field(ge=0, le=2_147_483_647, description="None is no limit.")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema["properties"].values():
        described.pop("default", None)


class Change(BaseModel):
    """What is left out stays as it is: defaults here are never used, and the API's description has none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


class OrganizationChange(Change):
    name: Name = ""
    slug: Slug = ""
    timezone: Timezone = ""
    locale: Locale = "pt-BR"


class LimitsRead(BaseModel):
    max_chatbots: int | None
    max_whatsapp_numbers: int | None
    max_contacts: int | None
    max_agents: int | None
    max_departments: int | None
    monthly_message_limit: int | None


class LimitsChange(Change):
    max_chatbots: Allowance = None
    max_whatsapp_numbers: Allowance = None
    max_contacts: Allowance = None
    max_agents: Allowance = None
    max_departments: Allowance = None
    monthly_message_limit: Allowance = None


class OrganizationDetail(BaseModel):
    id: UUID
    name: str
    slug: str
    timezone: str
    """A name of the IANA time zone database."""
    locale: str
    plan_type: PlanType
    plan_expires_at: datetime | None
    """From then on the free plan's limits hold, where they are lower."""
    limits: LimitsRead
    is_active: bool
    messages_paused_until: datetime | None
    """While this lies ahead the month's messages are used up, and no bot speaks."""
    created_at: datetime


class UseRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    allowed: int | None
    """None is no limit."""
    used: int
    is_more: bool
    """There are more than `used`: what nothing limits is counted up to 100 000."""


class UsesRead(BaseModel):
    max_chatbots: UseRead
    max_whatsapp_numbers: UseRead
    max_contacts: UseRead
    max_agents: UseRead
    max_departments: UseRead
    monthly_message_limit: UseRead


class MonthRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    month: date
    """Its first day, by the organization's clock."""
    sent: int
    received: int


class UsageRead(BaseModel):
    limits: UsesRead
    months: list[MonthRead]
    """The newest first; a month without messages is missing."""


class PlatformOrganizationCreate(Strict):
    name: Name
    slug: Slug
    timezone: Timezone = DEFAULT_TIMEZONE
    locale: Locale = "pt-BR"
    plan_type: PlanType | None = None
    """Without a plan there is no limit; with one, its limits, but for those that `limits` names."""
    limits: LimitsChange = Field(default_factory=LimitsChange)


class PlatformOrganizationChange(Change):
    """A new plan brings its limits, but for those that are named."""

    name: Name = ""
    is_active: bool = True
    plan_type: PlanType = PlanType.FREE
    plan_expires_at: AwareDatetime | None = None
    limits: LimitsChange = Field(default_factory=LimitsChange)


class PlatformOrganization(OrganizationDetail):
    deleted_at: datetime | None
    uses: UsesRead


class PlatformOrganizationPage(Page[PlatformOrganization]):
    pass


class AdministratorRead(BaseModel):
    id: UUID
    full_name: str
    email: str
    is_active: bool
    last_login_at: datetime | None


class AdministratorList(BaseModel):
    items: list[AdministratorRead]
