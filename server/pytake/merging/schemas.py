"""What the API says about who somebody is."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from pytake.contacts.types import IdentityKind, IdentitySource, IdentityState, MergeReason


class IdentityRead(BaseModel):
    kind: IdentityKind
    value: str
    state: IdentityState
    source: IdentitySource
    first_seen_at: datetime
    last_seen_at: datetime


class Marketing(BaseModel):
    """Whether they want to be advertised to. Null: they never said."""

    wanted: bool | None
    since: datetime | None
    source: str | None


class MergeRead(BaseModel):
    """A contact that was merged into this one."""

    id: UUID
    name: str | None
    phone: str | None
    reason: MergeReason
    merged_at: datetime
    can_undo: bool
    """Only the latest can: the earlier ones after it."""


class Identities(BaseModel):
    contact_id: UUID
    country: str | None
    """ISO code, of a person whose phone nobody knows."""
    items: list[IdentityRead]
    marketing: Marketing
    merges: list[MergeRead]


class ContactGlance(BaseModel):
    id: UUID
    name: str | None
    phone: str | None
    username: str | None
    last_message_at: datetime | None


class SuggestionRead(BaseModel):
    id: UUID
    reason: MergeReason
    created_at: datetime
    one: ContactGlance
    other: ContactGlance


class SuggestionList(BaseModel):
    items: list[SuggestionRead]


class MergeWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    other_id: UUID
    """The contact that becomes part of this one."""


class Merged(BaseModel):
    contact_id: UUID
    """The one that is kept."""
    merge_id: UUID
    """By which it can be undone."""


class Unmerged(BaseModel):
    contact_id: UUID
    other_id: UUID
