"""What the API of templates reads and writes."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from pytake.http.pages import Page
from pytake.whatsapp.templates.languages import LANGUAGES
from pytake.whatsapp.types import (
    ButtonType,
    CallState,
    HeaderType,
    HistoryKind,
    HistorySource,
    ParameterFormat,
    SyncState,
    SyncStatus,
    TemplateCall,
    TemplateCategory,
    TemplateStatus,
)

_NO_NUL = r"^[^\x00]*$"

Text = Annotated[str, StringConstraints(max_length=4096, pattern=_NO_NUL)]
"""Longer than Meta takes: a draft may be wrong, and is told so by name."""

Word = Annotated[str, StringConstraints(max_length=2048, pattern=_NO_NUL)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", min_length=1, max_length=512)]
Detail = Word | bool | int | list[dict[Word, Word]]


def _of_meta(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError("WhatsApp has no templates in this language")
    return language


Language = Annotated[str, StringConstraints(max_length=10, pattern=_NO_NUL), AfterValidator(_of_meta)]


class ButtonContent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: ButtonType
    text: Text = ""
    url: Text | None = None
    phone_number: Word | None = None
    example: Text | None = None
    """The whole address of a URL button, or the coupon of a COPY_CODE button."""
    more: Annotated[dict[Word, Detail], Field(max_length=20)] = Field(default_factory=dict)
    """What only some kinds have, as Meta names it: otp_type, supported_apps, flow_id …"""


class VariableContent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    place: Literal["header", "body"]
    name: Annotated[str, StringConstraints(max_length=100, pattern=_NO_NUL)]
    example: Text = ""


class CardContent(BaseModel):
    """One of a carousel's."""

    model_config = ConfigDict(extra="forbid")

    header_type: HeaderType | None = None
    header_content: Word | None = None
    """The sample's handle where the header is media."""
    body_text: Text = ""
    buttons: Annotated[list[ButtonContent], Field(max_length=20)] = Field(default_factory=list)
    variables: Annotated[list[VariableContent], Field(max_length=100)] = Field(default_factory=list)


class TemplateContent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parameter_format: ParameterFormat = ParameterFormat.POSITIONAL
    header_type: HeaderType | None = None
    header_content: Word | None = None
    """The line of a TEXT header; the sample's handle where the header is media."""
    body_text: Text = ""
    footer_text: Text | None = None
    buttons: Annotated[list[ButtonContent], Field(max_length=20)] = Field(default_factory=list)
    variables: Annotated[list[VariableContent], Field(max_length=100)] = Field(default_factory=list)
    add_security_recommendation: bool = False
    code_expiration_minutes: Annotated[int | None, Field(ge=0, le=1000)] = None
    offer_text: Word | None = None
    """The line of a limited-time offer."""
    offer_expires: bool = False
    asks_to_call: bool = False
    """WhatsApp asks whether the business may call."""
    cards: Annotated[list[CardContent], Field(max_length=20)] = Field(default_factory=list)


class TemplateWrite(BaseModel):
    """A draft. It may break Meta's rules; `issues` of the answer says which."""

    model_config = ConfigDict(extra="forbid")

    whatsapp_number_id: UUID
    name: Name
    language: Language = "pt_BR"
    category: TemplateCategory
    content: TemplateContent


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema["properties"].values():
        described.pop("default", None)


class TemplateChange(BaseModel):
    """What is left out stays as it is: defaults here are never used."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    name: Name = ""
    language: Language = "pt_BR"
    category: TemplateCategory = TemplateCategory.UTILITY
    content: TemplateContent = Field(default_factory=TemplateContent)
    is_active: bool = True
    is_enabled_in_flows: bool = True


class TemplateCopy(BaseModel):
    """Another language of the same template, or another template."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    name: Name | None = None
    language: Language | None = None


class SyncWish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    whatsapp_number_id: UUID | None = None
    """Whose account; every account without it."""


class Place(BaseModel):
    """What stands in a header: a file, a place, or a product."""

    model_config = ConfigDict(extra="forbid")

    media_id: Word | None = None
    link: Word | None = None
    filename: Word | None = None
    latitude: float | None = None
    longitude: float | None = None
    name: Word | None = None
    address: Word | None = None
    catalog_id: Word | None = None
    product_retailer_id: Word | None = None


Parameters = Annotated[dict[Word, Text | Place | dict[Word, Detail]], Field(max_length=100)]
"""By the keys of the form: `body.1`, `header`, `buttons.0`, `cards.2.header`."""


class PreviewWish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=600, pattern=_NO_NUL)] = ""
    language: Annotated[str, StringConstraints(max_length=10, pattern=_NO_NUL)] = "pt_BR"
    category: TemplateCategory | None = None
    content: TemplateContent
    parameters: Parameters | None = None
    """None: the samples."""


class IssueRead(BaseModel):
    path: str
    code: str
    message: str
    params: dict[str, Any]


class FieldRead(BaseModel):
    key: str
    kind: str
    label: str
    example: str
    is_required: bool
    limit: int | None


class HeaderPreview(BaseModel):
    type: HeaderType
    text: str | None
    media_id: str | None = None
    link: str | None = None
    filename: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    name: str | None = None
    address: str | None = None
    catalog_id: str | None = None
    product_retailer_id: str | None = None


class ButtonPreview(BaseModel):
    type: str
    text: str
    url: str | None = None
    phone_number: str | None = None
    code: str | None = None


class CardPreview(BaseModel):
    header: HeaderPreview | None
    body: str
    buttons: list[ButtonPreview]


class OfferPreview(BaseModel):
    text: str
    expires_at: str | None


class PreviewRead(BaseModel):
    header: HeaderPreview | None
    offer: OfferPreview | None = None
    body: str
    footer: str | None
    buttons: list[ButtonPreview]
    asks_to_call: bool = False
    cards: list[CardPreview] = Field(default_factory=list)


class PreviewAnswer(BaseModel):
    preview: PreviewRead
    form: list[FieldRead]
    issues: list[IssueRead]
    parameter_issues: list[IssueRead]


class ButtonRead(BaseModel):
    type: str
    text: str
    url: str | None
    phone_number: str | None
    example: str | None
    more: dict[str, Any]


class CardRead(BaseModel):
    header_type: HeaderType | None
    header_content: str | None
    body_text: str
    buttons: list[ButtonRead]
    variables: list[VariableContent]


class ContentRead(BaseModel):
    parameter_format: ParameterFormat
    header_type: HeaderType | None
    header_content: str | None
    body_text: str
    footer_text: str | None
    buttons: list[ButtonRead]
    variables: list[VariableContent]
    add_security_recommendation: bool
    code_expiration_minutes: int | None
    offer_text: str | None
    offer_expires: bool
    asks_to_call: bool
    cards: list[CardRead]
    strange: list[str]
    """Parts that PyTake does not know: such a template cannot be sent or edited here."""


class RefusalRead(BaseModel):
    """Meta's own words."""

    call: TemplateCall
    title: str | None
    message: str | None
    code: int | None
    subcode: int | None


class QualityRead(BaseModel):
    score: str | None = None
    date: int | None = None


class TemplateRead(BaseModel):
    id: UUID
    whatsapp_number_id: UUID | None
    whatsapp_business_account_id: str
    meta_template_id: str | None
    name: str
    language: str
    category: TemplateCategory | None
    meta_status: TemplateStatus
    is_active: bool
    is_enabled_in_flows: bool
    content: ContentRead
    """As it is edited: with what was changed since Meta took it last."""
    has_changes: bool
    preview: PreviewRead
    form: list[FieldRead]
    """What a send needs; of what Meta has."""
    issues: list[IssueRead]
    """What keeps the content from being submitted."""
    call: TemplateCall | None
    call_state: CallState | None
    refusal: RefusalRead | None
    sync_status: SyncStatus
    sync_error: str | None
    last_synced_at: datetime | None
    rejection_reason: str | None
    quality_score: QualityRead
    previous_category: TemplateCategory | None
    correct_category: TemplateCategory | None
    category_changes_at: datetime | None
    missing_since: datetime | None
    created_at: datetime
    updated_at: datetime


class TemplatePage(Page[TemplateRead]):
    pass


class HistoryRead(BaseModel):
    id: UUID
    kind: HistoryKind
    source: HistorySource
    value: str | None
    reason: str | None
    details: dict[str, Any]
    happened_at: datetime


class HistoryList(BaseModel):
    items: list[HistoryRead]


class SyncRead(BaseModel):
    whatsapp_business_account_id: str
    whatsapp_number_ids: list[UUID]
    state: SyncState
    fetched: int
    started_at: datetime | None
    finished_at: datetime | None
    error: str | None


class SyncList(BaseModel):
    items: list[SyncRead]
