"""WhatsApp as PyTake sees it: what can arrive, what can be sent, and how a send can end."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

Json = dict[str, Any]


# --- what arrives ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote or receives. Any subset may be known; a phone is never invented from a user id."""

    wa_id: str | None = None
    user_id: str | None = None
    """The business-scoped user id (BSUID), `CC.…`."""
    parent_user_id: str | None = None
    username: str | None = None
    profile_name: str | None = None


@dataclass(frozen=True, slots=True)
class MessageArrived:
    """One inbound message, or the echo of one that the business sent from its phone (`echo`)."""

    waba_id: str | None
    phone_number_id: str
    wamid: str
    person: Person
    timestamp: int
    """Unix seconds, by Meta's clock."""
    type: str
    """As Meta names it; the stored type is `stored_type`."""
    known_type: bool
    text: str | None
    """What a person would read: body, caption, button title … (`index.json` of the corpus has the rules)."""
    content: Json
    """The normalised body kept in `messages.content`; for an unknown kind the raw object."""
    subtype: str | None = None
    reply_id: str | None = None
    """The id or payload behind a tapped button or list row."""
    context: Json = field(default_factory=dict)
    """replied_to, forwarded, frequently_forwarded, referred_product: only those present."""
    referral: Json | None = None
    errors: tuple[Json, ...] = ()
    group_id: str | None = None
    echo: bool = False

    @property
    def dedupe_key(self) -> str:
        """The wamid, except for reactions: Meta reuses the wamid when one is removed."""
        if self.type == "reaction":
            return f"{self.wamid}:{self.content.get('emoji') or ''}:{self.timestamp}"
        return self.wamid


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A status of a message we (or the phone app) sent."""

    waba_id: str | None
    phone_number_id: str
    wamid: str
    status: str
    timestamp: int
    recipient: Person
    callback_data: str | None = None
    """Our own message id, as we gave it in `biz_opaque_callback_data`."""
    participant: str | None = None
    pricing: Json | None = None
    conversation: Json | None = None
    errors: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    """A person stopped or resumed marketing messages."""

    waba_id: str | None
    phone_number_id: str
    person: Person
    category: str
    value: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class UserIdChanged:
    """A person's BSUID was replaced."""

    waba_id: str | None
    phone_number_id: str
    wa_id: str | None
    previous: str
    current: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """News about the business account: templates, quality, restrictions. Has no phone number id."""

    waba_id: str | None
    field: str
    timestamp: int | None
    value: Json


@dataclass(frozen=True, slots=True)
class SystemErrors:
    """`value.errors` that belong to no message."""

    waba_id: str | None
    phone_number_id: str | None
    errors: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """An item nobody could read, with the reason; the items beside it are unaffected."""

    reason: str
    raw: Json
    """A delivery that holds this item alone, so that replaying it is delivering it again."""


Item = (
    MessageArrived
    | StatusChanged
    | PreferenceChanged
    | UserIdChanged
    | AccountChanged
    | SystemErrors
    | Broken
)


class UnreadableDelivery(Exception):
    """The body is not a webhook of a WhatsApp business account at all (bad JSON, wrong shape)."""


# --- what is sent ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sender:
    phone_number_id: str
    access_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message ready to go: the stored type and content, and who it is for."""

    message_id: str
    """Ours; travels as `biz_opaque_callback_data` and comes back in every status."""
    to: Person
    type: str
    content: Json
    reply_to: str | None = None


class Policy(StrEnum):
    """What a refusal asks for. The table code → policy lives in `adapters/meta/errors.py`."""

    RETRY = "retry"
    """Transient: back off with jitter, a few times."""
    THROTTLE_NUMBER = "throttle_number"
    """The number is too fast (130429): slow the number down, then try again."""
    THROTTLE_PAIR = "throttle_pair"
    """Too fast to this person (131056): wait 4^n seconds for this person only."""
    STOP_NUMBER = "stop_number"
    """Token, permission, account or payment: stop the number's queue and tell somebody."""
    NEEDS_TEMPLATE = "needs_template"
    """The 24-hour window is closed (131047)."""
    OPT_OUT = "opt_out"
    """The person stopped marketing messages (131050)."""
    LATER = "later"
    """Not before hours have passed, and never by itself (131048, 131049)."""
    FAIL = "fail"
    """Final: this message will never be accepted."""


@dataclass(frozen=True, slots=True)
class Accepted:
    wamid: str
    wa_id: str | None = None
    user_id: str | None = None
    held: bool = False
    """Template pacing: accepted, but delivered later or dropped (132015)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Clearly not accepted; sending again cannot double it."""

    policy: Policy
    code: int | None
    title: str
    details: str | None = None
    subcode: int | None = None
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether Meta took it: the answer was lost, or was not Meta's."""

    reason: str


Outcome = Accepted | Refused | Unknown


class WhatsApp(Protocol):
    async def send(self, sender: Sender, letter: Letter) -> Outcome:
        """Post one message. Network trouble is an outcome, never an exception."""
        ...

    def read(self, body: bytes) -> list[Item]:
        """Split a verified delivery into items, in payload order. Raises UnreadableDelivery."""
        ...
