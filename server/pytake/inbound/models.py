"""Deliveries that are not applied yet, and the marker of a drain at work."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from pytake.inbound.types import DeliveryStatus
from pytake.kit.models import Base, Tenant, one_of


class InboundEvent(Tenant, Base):
    """A delivery as it came. No key to its channel: the check would lock that row for every delivery."""

    __tablename__ = "inbound_events"
    __table_args__ = (
        Index(
            "idx_inbound_events_pending",
            "organization_id",
            "id",
            postgresql_where=text("status = 'pending'"),
        ),
        Index(
            "idx_inbound_events_waiting",
            "organization_id",
            "waiting_for",
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "idx_inbound_events_parked",
            "organization_id",
            "id",
            postgresql_where=text("status = 'parked'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    channel_id: Mapped[UUID]
    body: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    status: Mapped[DeliveryStatus] = one_of(DeliveryStatus, "status", 20, DeliveryStatus.PENDING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    reason: Mapped[str | None]
    waiting_for: Mapped[str | None] = mapped_column(String(600))


class InboundDrain(Base):
    """Between which deliveries a drain is at work: what one that died leaves behind."""

    __tablename__ = "inbound_drains"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_id: Mapped[int | None] = mapped_column(BigInteger)
    last_id: Mapped[int | None] = mapped_column(BigInteger)
    batch_size: Mapped[int] = mapped_column(server_default="500")
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    backend_pid: Mapped[int | None]
    apart_until: Mapped[datetime | None]
