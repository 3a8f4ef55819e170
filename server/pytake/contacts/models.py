"""The people who write to us, and the tags we give them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, PrimaryKeyConstraint, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.contacts.types import IdentityKind, IdentitySource, IdentityState, MergeReason, SuggestionState
from pytake.kit.models import (
    EMPTY_ARRAY,
    EMPTY_LIST,
    EMPTY_OBJECT,
    FALSE,
    Base,
    CreatedMixin,
    Identified,
    OwnedByOrganization,
    Tenant,
    TimestampsMixin,
    belongs_to,
    one_of,
    one_per_tenant,
    refers_to,
)

_LIVING = text("deleted_at IS NULL")
_SEARCH_TEXT = """
    ' ' || fold(COALESCE(name, '') || ' ' || COALESCE(whatsapp_name, '') || ' '
         || COALESCE(whatsapp_username, '') || ' ' || COALESCE(email, '')) || ' '
    || regexp_replace(COALESCE(phone, ''), '[^0-9]', '', 'g') || ' ' || COALESCE(whatsapp_id, '')
"""


class Contact(Identified, OwnedByOrganization, TimestampsMixin, Base):
    __tablename__ = "contacts"
    __table_args__ = (
        one_per_tenant("id"),
        CheckConstraint(
            "deleted_at IS NOT NULL"
            " OR num_nonnulls(whatsapp_id, whatsapp_user_id, phone, email, whatsapp_group_id) > 0",
            name="identity",
        ),
        Index(
            "contacts_organization_id_whatsapp_id_key",
            "organization_id",
            "whatsapp_id",
            unique=True,
            postgresql_where=_LIVING,
        ),
        Index(
            "contacts_organization_id_whatsapp_user_id_key",
            "organization_id",
            "whatsapp_user_id",
            unique=True,
            postgresql_where=_LIVING,
        ),
        Index(
            "contacts_organization_id_whatsapp_group_id_key",
            "organization_id",
            "whatsapp_group_id",
            unique=True,
            postgresql_where=text("whatsapp_group_id IS NOT NULL AND deleted_at IS NULL"),
        ),
        Index("idx_contacts_phone", "organization_id", "phone", postgresql_where=text("phone IS NOT NULL")),
        Index("idx_contacts_tags", "tags", postgresql_using="gin"),
        Index("idx_contacts_attributes", "attributes", postgresql_using="gin"),
        Index("idx_contacts_last_message", "organization_id", text("last_message_on DESC NULLS LAST")),
        refers_to("merged_into", "contacts"),
        Index("idx_contacts_merged_into", "merged_into", postgresql_where=text("merged_into IS NOT NULL")),
        Index("idx_contacts_search", text("trigrams(organization_id, search_text)"), postgresql_using="gin"),
        {"postgresql_with": {"fillfactor": "85"}},
    )

    whatsapp_id: Mapped[str | None] = mapped_column(String(255))
    whatsapp_user_id: Mapped[str | None] = mapped_column(String(255))
    """The business-scoped user id; a person who hides their phone has nothing else."""
    whatsapp_group_id: Mapped[str | None] = mapped_column(String(255))
    """It stands for a group of people; each of its messages says who wrote it."""
    whatsapp_parent_user_id: Mapped[str | None] = mapped_column(String(255))
    whatsapp_username: Mapped[str | None] = mapped_column(String(255))
    whatsapp_identity_key: Mapped[str | None] = mapped_column(String(255))
    """Another one: WhatsApp was installed anew. Only of numbers with the identity check on."""
    whatsapp_name: Mapped[str | None] = mapped_column(String(255))
    whatsapp_profile_pic_url: Mapped[str | None]
    name: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(20))
    tags: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    is_blocked: Mapped[bool] = mapped_column(server_default=FALSE)
    opt_in: Mapped[bool] = mapped_column(server_default=FALSE)
    opt_in_date: Mapped[datetime | None]
    opt_out_date: Mapped[datetime | None]
    marketing_source: Mapped[str | None] = mapped_column(String(20))
    """Who told what they want: `whatsapp` (their settings), `refusal` (Meta's answer to a send)."""
    attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    last_message_at: Mapped[datetime | None]
    last_message_on: Mapped[date | None] = mapped_column(
        Computed("(last_message_at AT TIME ZONE 'UTC')::date", persisted=True)
    )
    """The day of `last_message_at`, in UTC: order by this first, it is what the index knows."""
    total_conversations: Mapped[int] = mapped_column(server_default="0")
    total_messages: Mapped[int] = mapped_column(server_default="0")
    notes: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    is_merged: Mapped[bool] = mapped_column(server_default=FALSE)
    """Others were merged into it: its messages say by which phone or user id they came."""
    merged_into: Mapped[UUID | None]
    search_text: Mapped[str | None] = mapped_column(Computed(_SEARCH_TEXT, persisted=True))
    """What `find_contacts` looks in."""


class ContactIdentity(Tenant, Base):
    """One thing a contact is or was known by. A trigger keeps the current ones equal to the contact's row."""

    __tablename__ = "contact_identities"
    __table_args__ = (
        PrimaryKeyConstraint("organization_id", "contact_id", "kind", "value"),
        belongs_to("contact_id", "contacts"),
        Index(
            "contact_identities_current_key",
            "organization_id",
            "kind",
            "value",
            unique=True,
            postgresql_where=text("state = 'current' AND kind IN ('wa_id', 'user_id')"),
        ),
        Index(
            "idx_contact_identities_earlier",
            "organization_id",
            "value",
            postgresql_where=text("(state <> 'current' AND kind IN ('wa_id', 'user_id')) OR kind = 'phone'"),
        ),
    )

    contact_id: Mapped[UUID]
    kind: Mapped[IdentityKind] = one_of(IdentityKind, "kind", 20)
    value: Mapped[str] = mapped_column(String(255))
    state: Mapped[IdentityState] = one_of(IdentityState, "state", 10, IdentityState.CURRENT)
    source: Mapped[IdentitySource] = one_of(IdentitySource, "source", 20, IdentitySource.MESSAGE)
    first_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    told_with: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    """What else WhatsApp named as the same person's, when it told that this replaced something."""
    told_at: Mapped[datetime | None]


class ContactMerge(Identified, Tenant, Base):
    __tablename__ = "contact_merges"
    __table_args__ = (
        one_per_tenant("id"),
        belongs_to("kept_id", "contacts"),
        belongs_to("gone_id", "contacts"),
        refers_to("merged_by", "users"),
        refers_to("undone_by", "users"),
        Index(
            "contact_merges_standing_key", "gone_id", unique=True, postgresql_where=text("undone_at IS NULL")
        ),
        Index("idx_contact_merges_kept", "organization_id", "kept_id", "merged_at"),
    )

    kept_id: Mapped[UUID]
    gone_id: Mapped[UUID]
    reason: Mapped[MergeReason] = one_of(MergeReason, "reason", 20)
    merged_by: Mapped[UUID | None]
    merged_at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_by: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    """The kept contact's row."""
    after: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    moved: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_OBJECT)
    """Which rows came from the other."""


class ContactMergeSuggestion(Identified, Tenant, CreatedMixin, Base):
    __tablename__ = "contact_merge_suggestions"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant("one_id", "other_id"),
        belongs_to("one_id", "contacts"),
        belongs_to("other_id", "contacts"),
        refers_to("decided_by", "users"),
        Index(
            "idx_contact_merge_suggestions_waiting",
            "organization_id",
            "state",
            postgresql_where=text("state IN ('open', 'proven')"),
        ),
    )

    one_id: Mapped[UUID]
    other_id: Mapped[UUID]
    reason: Mapped[MergeReason] = one_of(MergeReason, "reason", 20)
    state: Mapped[SuggestionState] = one_of(SuggestionState, "state", 10, SuggestionState.OPEN)
    shows_id: Mapped[UUID]
    """Whose phone and user id are the person's now."""
    given_up: Mapped[list[Any]] = mapped_column(server_default=EMPTY_LIST)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class Tag(Identified, OwnedByOrganization, CreatedMixin, Base):
    __tablename__ = "tags"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant("name"),
        Index("idx_tags_organization", "organization_id"),
    )

    name: Mapped[str] = mapped_column(String(100))
    color: Mapped[str] = mapped_column(String(7), server_default="#3B82F6")
    description: Mapped[str | None]
