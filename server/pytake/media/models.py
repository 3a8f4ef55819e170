"""Files, the messages that carry them, and what Meta calls them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import (
    FALSE,
    Base,
    CreatedMixin,
    Identified,
    OwnedByOrganization,
    Tenant,
    belongs_to,
    one_of,
    one_per_tenant,
    refers_to,
)
from pytake.media.types import Kind, State


class MediaFileRow(Identified, OwnedByOrganization, CreatedMixin, Base):
    """The bytes are in the storage, under a key made of the organization and the hash."""

    __tablename__ = "media_files"
    __table_args__ = (
        one_per_tenant("id"),
        one_per_tenant("sha256"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", "sha256"),
        CheckConstraint("size > 0", "size"),
        Index("idx_media_files_check", "organization_id", "next_check_at"),
    )

    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    mime_type: Mapped[str] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_thumbnail: Mapped[bool] = mapped_column(server_default=FALSE)
    next_check_at: Mapped[datetime] = mapped_column(server_default=text("now() + '7 days'::interval"))
    is_leaving: Mapped[bool] = mapped_column(server_default=FALSE)


class Attachment(Tenant, Base):
    """The file of a message, from the moment that the message is known."""

    __tablename__ = "attachments"
    __table_args__ = (
        belongs_to("conversation_id", "conversations"),
        refers_to("media_file_id", "media_files"),
        Index("idx_attachments_conversation", "conversation_id"),
        Index("idx_attachments_file", "media_file_id"),
        Index(
            "idx_attachments_due",
            "organization_id",
            "next_try_at",
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_created_at: Mapped[datetime]
    conversation_id: Mapped[UUID]
    whatsapp_number_id: Mapped[UUID]
    kind: Mapped[Kind] = one_of(Kind, "kind", 20)
    media_id: Mapped[str | None] = mapped_column(String(255))
    mime_type: Mapped[str | None] = mapped_column(String(255))
    sha256: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None]
    state: Mapped[State] = one_of(State, "state", 20, State.WAITING)
    tries: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(server_default=func.now())
    error: Mapped[str | None] = mapped_column(String(50))
    media_file_id: Mapped[UUID | None]


class MediaUpload(Tenant, Base):
    """What Meta calls a file of ours that a number has uploaded."""

    __tablename__ = "media_uploads"
    __table_args__ = (
        belongs_to("media_file_id", "media_files"),
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        Index("idx_media_uploads_number", "whatsapp_number_id"),
    )

    media_file_id: Mapped[UUID] = mapped_column(primary_key=True)
    whatsapp_number_id: Mapped[UUID] = mapped_column(primary_key=True)
    media_id: Mapped[str] = mapped_column(String(255))
    expires_at: Mapped[datetime]


class MediaLeftover(Base):
    """An organization that is gone and whose files are still in the storage."""

    __tablename__ = "media_leftovers"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    left_at: Mapped[datetime] = mapped_column(server_default=func.now())
