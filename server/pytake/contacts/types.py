"""A contact as the message pipeline carries it, and the spellings of one phone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class Contact:
    """One row of `contacts`, with what this transaction has learnt about it but not written yet."""

    id: UUID
    whatsapp_id: str | None
    whatsapp_user_id: str | None
    name: str | None = None
    whatsapp_name: str | None = None
    whatsapp_username: str | None = None
    phone: str | None = None
    email: str | None = None
    is_blocked: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    messages: int = 0
    """Messages to be added to the stored counter."""
    conversations: int = 0
    last_message_at: datetime | None = None
    is_changed: bool = False

    @property
    def display_name(self) -> str:
        return self.name or self.whatsapp_name or self.phone or self.whatsapp_id or ""


BRAZIL_WITH_NINE, BRAZIL_WITHOUT_NINE = 13, 12
MEXICO_WITH_ONE, MEXICO_WITHOUT_ONE = 13, 12
ARGENTINA_WITH_NINE, ARGENTINA_WITHOUT_NINE = 13, 12


def spellings(wa_id: str) -> list[str]:
    """The wa_ids one mobile line may have, the given one first.

    Brazil's ninth digit, Mexico's 1 and Argentina's 9 come and go on Meta's side. They are good for finding
    a contact, never for addressing a message: 54 without the 9 may be somebody else's landline.
    """
    found = [wa_id]
    length = len(wa_id)
    if wa_id.startswith("55"):
        if length == BRAZIL_WITH_NINE and wa_id[4] == "9":
            found.append(wa_id[:4] + wa_id[5:])
        elif length == BRAZIL_WITHOUT_NINE and wa_id[4] in "6789":
            found.append(wa_id[:4] + "9" + wa_id[4:])
    elif wa_id.startswith("521") and length == MEXICO_WITH_ONE:
        found.append("52" + wa_id[3:])
    elif wa_id.startswith("52") and length == MEXICO_WITHOUT_ONE:
        found.append("521" + wa_id[2:])
    elif wa_id.startswith("549") and length == ARGENTINA_WITH_NINE:
        found.append("54" + wa_id[3:])
    elif wa_id.startswith("54") and length == ARGENTINA_WITHOUT_NINE:
        found.append("549" + wa_id[2:])
    return found
