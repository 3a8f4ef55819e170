"""What analytics counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from pytake.kit.models import Base, Tenant, belongs_to


class MessageCharge(Tenant, Base):
    """Messages that reached customers, by what they cost; a month of the organization's own time zone."""

    __tablename__ = "message_charges"
    __table_args__ = (
        belongs_to("whatsapp_number_id", "whatsapp_numbers"),
        CheckConstraint("month = date_trunc('month', month)", name="month"),
        Index("idx_message_charges_number", "whatsapp_number_id"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)
    month: Mapped[date] = mapped_column(primary_key=True)
    whatsapp_number_id: Mapped[UUID] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(String(50), primary_key=True)
    type: Mapped[str] = mapped_column(String(50), primary_key=True)
    messages: Mapped[int] = mapped_column(BigInteger, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
