"""A contact as the message pipeline carries it, and the spellings of one phone."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class IdentityKind(StrEnum):
    """What somebody can be known by."""

    WA_ID = "wa_id"
    USER_ID = "user_id"
    PARENT_USER_ID = "parent_user_id"
    USERNAME = "username"
    PHONE = "phone"
    """As it was dialled or typed, where WhatsApp spells it otherwise."""
    IDENTITY_KEY = "identity_key"


class IdentityState(StrEnum):
    CURRENT = "current"
    FORMER = "former"
    """Was theirs, and may be still: who comes by it is them."""
    GIVEN_UP = "given_up"
    """WhatsApp said that it is theirs no longer: who comes by it with a user id of their own is not them."""


class IdentitySource(StrEnum):
    """Who told."""

    MESSAGE = "message"
    SEND = "send"
    """Meta's answer to a send: the phone as WhatsApp spells it."""
    NUMBER_CHANGE = "number_change"
    USER_ID_CHANGE = "user_id_change"
    MERGE = "merge"
    EARLIER = "earlier"
    """Known before identities were remembered."""


class MergeReason(StrEnum):
    """Why two contacts are, or may be, one person."""

    SAME_PERSON = "same_person"
    """One message showed the user id of the one and the phone of the other."""
    SAME_PHONE = "same_phone"
    """Two spellings of one phone."""
    NUMBER_CHANGE = "number_change"
    USER_ID_CHANGE = "user_id_change"
    BY_HAND = "by_hand"


class SuggestionState(StrEnum):
    OPEN = "open"
    """Somebody has to decide."""
    PROVEN = "proven"
    """WhatsApp has said so; a job merges them."""
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a contact was known by, for people who are not found by what is current."""

    contact_id: UUID
    kind: IdentityKind
    value: str
    state: IdentityState
    last_seen_at: datetime


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
    parent_user_id: str | None = None
    identity_key: str | None = None
    is_merged: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False
    messages: int = 0
    """Messages to be added to the stored counter."""
    conversations: int = 0
    last_message_at: datetime | None = None
    is_changed: bool = False

    def move_to(self, wa_id: str) -> None:
        """Another phone. The one shown goes with it, unless somebody wrote another."""
        if self.phone in (None, f"+{self.whatsapp_id}"):
            self.phone = f"+{wa_id}"
        self.whatsapp_id, self.is_changed = wa_id, True

    @property
    def display_name(self) -> str:
        return self.name or self.whatsapp_name or self.phone or self.whatsapp_id or ""


@dataclass(frozen=True, slots=True)
class Double:
    """Two contacts that are found to be one person, or may be."""

    shows: Contact
    """Whose phone and user id are the person's now."""
    other: Contact
    reason: MergeReason
    is_proven: bool
    given_up: tuple[tuple[IdentityKind, str], ...] = ()


BRAZIL_WITH_NINE, BRAZIL_WITHOUT_NINE = 13, 12
_MOBILE = "6789"
"""How the eight digits of a Brazilian mobile began; 2 to 5 is a landline, which never had a ninth."""
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
        if length == BRAZIL_WITH_NINE and wa_id[4] == "9" and wa_id[5] in _MOBILE:
            found.append(wa_id[:4] + wa_id[5:])
        elif length == BRAZIL_WITHOUT_NINE and wa_id[4] in _MOBILE:
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
