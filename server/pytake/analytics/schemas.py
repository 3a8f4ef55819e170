"""What the API tells of analytics."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel


class ChargeRead(BaseModel):
    month: date
    """Its first day, by the organization's clock."""
    whatsapp_number_id: UUID
    display_name: str | None
    phone_number: str
    category: str
    """As Meta names it: `marketing`, `utility`, `authentication`, `service` …"""
    charged: int
    """Messages that reached the customer and are paid for."""
    free: int
    """… and are not: inside a free entry point, or within the month's free service messages."""


class ChargeList(BaseModel):
    items: list[ChargeRead]
    """The newest month first. Months without a priced message are missing."""
