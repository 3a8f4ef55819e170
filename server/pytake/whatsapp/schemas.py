"""What the API of numbers tells."""

from uuid import UUID

from pydantic import BaseModel


class NumberRead(BaseModel):
    id: UUID
    display_name: str | None
    phone_number: str
    is_active: bool
    is_default: bool


class NumberList(BaseModel):
    items: list[NumberRead]
