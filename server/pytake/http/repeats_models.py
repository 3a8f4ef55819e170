"""The table behind `Idempotency-Key`. `repeats.py` reads and writes it."""

from uuid import UUID

from sqlalchemy import Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import Base, CreatedMixin, Identified, OwnedByOrganization, one_per_tenant


class IdempotencyKey(Identified, OwnedByOrganization, CreatedMixin, Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = (
        one_per_tenant("actor_id", "key"),
        Index("idx_idempotency_keys_created", "created_at"),
    )

    actor_id: Mapped[UUID]
    """A user or an API key."""
    key: Mapped[str] = mapped_column(String(255))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None] = mapped_column(SmallInteger)
    response_encrypted: Mapped[str | None]
