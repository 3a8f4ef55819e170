"""What the API of numbers tells and takes."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pytake.ports.whatsapp_numbers import (
    ABOUT_MOST,
    ADDRESS_MOST,
    DESCRIPTION_MOST,
    EMAIL_MOST,
    VERTICALS,
    WEBSITE_MOST,
    WEBSITES_MOST,
)
from pytake.whatsapp.types import AlertKind, AlertSeverity

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^[^\x00]+$")
]
MetaId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,32}$")]
"""Meta's ids are digits, and longer than numbers of JavaScript."""
Token = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096, pattern=r"^[!-~]+$")
]
Phone = Annotated[str, StringConstraints(max_length=40, pattern=r"^[+0-9 ()./-]+$")]
Pin = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}-?[0-9]{3}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema["properties"].values():
        described.pop("default", None)


class Change(BaseModel):
    """What is left out stays as it is: defaults here are never used, and the API's description has none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


# --- numbers ---------------------------------------------------------------------------------------------


class NumberRead(BaseModel):
    id: UUID
    display_name: str | None
    phone_number: str
    is_active: bool
    is_default: bool


class NumberList(BaseModel):
    items: list[NumberRead]


class NumberDetail(NumberRead):
    channel_id: UUID | None
    channel_name: str | None
    phone_number_id: str
    whatsapp_business_account_id: str | None
    has_access_token: bool
    status: str | None
    """As Meta names it; `CONNECTED` is the only one that may send."""
    name_status: str | None
    code_verification_status: str | None
    """`VERIFIED`, `NOT_VERIFIED` or `EXPIRED`: whether a code has proven whose it is, as registering asks."""
    verified_name: str | None
    quality_rating: str | None
    messaging_limit_tier: str | None
    """To how many people a day the business may write first, in Meta's word; all its numbers share it."""
    customers_reached: int
    """To how many it has in the last 24 hours, from all its numbers."""
    messages_waiting: int
    """Messages of this number that wait for room in that limit."""
    platform_type: str | None
    throughput_per_second: int
    sending_stopped_at: datetime | None
    sending_stopped_reason: str | None
    webhook_verified_at: datetime | None
    last_event_at: datetime | None
    """When Meta was last heard through the number's app."""
    last_synced_at: datetime | None
    created_at: datetime


class NumberDetailList(BaseModel):
    items: list[NumberDetail]


class NumberConnect(Strict):
    channel_id: UUID
    whatsapp_business_account_id: MetaId
    phone_number_id: MetaId
    access_token: Token
    phone_number: Phone | None = None
    """When given, Meta has to know the number by it."""
    display_name: Name | None = None


class NumberChange(Change):
    display_name: Name = ""
    is_active: bool = True
    is_default: bool = True


class AccountLook(Strict):
    whatsapp_business_account_id: MetaId
    access_token: Token


class NumberSeen(BaseModel):
    phone_number_id: str
    phone_number: str
    verified_name: str | None
    status: str | None
    quality_rating: str | None
    is_connected: bool


class NumberSeenList(BaseModel):
    items: list[NumberSeen]


class TokenWrite(Strict):
    access_token: Token


class PinWrite(Strict):
    pin: Pin


class CodeRequest(Strict):
    method: Literal["SMS", "VOICE"] = "SMS"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")] = "pt_BR"


class CodeWrite(Strict):
    code: Code


# --- what customers see ----------------------------------------------------------------------------------

Website = Annotated[str, StringConstraints(max_length=WEBSITE_MOST, pattern=r"^https?://[^\s\x00]+$")]
Vertical = Annotated[
    str, Field(json_schema_extra={"enum": list(VERTICALS)}, pattern=f"^({'|'.join(VERTICALS)})$")
]


class BusinessProfileRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    about: str | None
    address: str | None
    description: str | None
    email: str | None
    websites: list[str]
    vertical: str | None
    picture_url: str | None


class BusinessProfileChange(Change):
    about: Annotated[str, Field(min_length=1, max_length=ABOUT_MOST, pattern=r"^[^\x00]*$")] = ""
    address: Annotated[str, Field(max_length=ADDRESS_MOST, pattern=r"^[^\x00]*$")] = ""
    description: Annotated[str, Field(max_length=DESCRIPTION_MOST, pattern=r"^[^\x00]*$")] = ""
    email: Annotated[str, Field(max_length=EMAIL_MOST, pattern=r"^([^\s@\x00]+@[^\s@\x00]+)?$")] = ""
    websites: Annotated[list[Website], Field(max_length=WEBSITES_MOST)] = Field(default_factory=list)
    vertical: Vertical = "OTHER"


# --- Meta apps -------------------------------------------------------------------------------------------


class ChannelCreate(Strict):
    name: Name
    meta_app_id: MetaId | None = None
    app_secret: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[!-~]{8,255}$")]


class ChannelChange(Change):
    name: Name = ""
    meta_app_id: MetaId | None = None


class SecretWrite(Strict):
    app_secret: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[!-~]{8,255}$")]


class ChannelRead(BaseModel):
    id: UUID
    name: str
    meta_app_id: str | None
    webhook_url: str
    """Where Meta is to send what happens."""
    is_active: bool
    numbers: int
    webhook_verified_at: datetime | None
    last_event_at: datetime | None
    previous_secret_until: datetime | None
    """The secret before the present one is good until then."""
    created_at: datetime


class ChannelMade(ChannelRead):
    verify_token: str
    """Told now and never again."""


class ChannelList(BaseModel):
    items: list[ChannelRead]


# --- alerts ----------------------------------------------------------------------------------------------


class AlertRead(BaseModel):
    id: UUID
    whatsapp_number_id: UUID
    phone_number: str
    display_name: str | None
    kind: AlertKind
    severity: AlertSeverity
    details: dict[str, Any]
    created_at: datetime


class AlertList(BaseModel):
    items: list[AlertRead]
