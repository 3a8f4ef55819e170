"""The tables of the journal. `kit/journal.py` reads and writes them with statements of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import Base, Tenant


class JournalEntry(Tenant, Base):
    """A fact. Read in the order (transaction_id, sequence), and only behind every open transaction."""

    __tablename__ = "events"
    __table_args__ = (Index("idx_events_organization", "organization_id", "transaction_id", "sequence"),)

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    transaction_id: Mapped[int] = mapped_column(
        BigInteger, server_default=text("(pg_current_xact_id()::text::bigint)")
    )
    type: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class JournalCursor(Base):
    """How far one reader has come in one organization's journal."""

    __tablename__ = "journal_cursors"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(String(64), primary_key=True)
    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    sequence: Mapped[int] = mapped_column(BigInteger, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
