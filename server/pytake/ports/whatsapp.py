"""WhatsApp as PyTake sees it: what can arrive, what can be sent, and how a send can end."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from pytake.kit.errors import Conflict, Unavailable
from pytake.kit.frozen import frozen
from pytake.ports.whatsapp_templates import WhatsAppTemplates

Json = dict[str, Any]


# --- what arrives ---------------------------------------------------------------------------------------


@frozen
class Person:
    """Who wrote or receives. Any subset may be known; a phone is never invented from a user id."""

    wa_id: str | None = None
    user_id: str | None = None
    """The business-scoped user id (BSUID), `CC.…`."""
    parent_user_id: str | None = None
    username: str | None = None
    profile_name: str | None = None
    identity_key_hash: str | None = None
    """Changes when the person reinstalls WhatsApp; only for numbers with the identity check on."""

    @property
    def is_known(self) -> bool:
        return self.wa_id is not None or self.user_id is not None


def happened_at(timestamp: int, received_at: datetime) -> datetime:
    """The instant behind Meta's seconds; the moment of receipt when they were absent or impossible."""
    return datetime.fromtimestamp(timestamp, UTC) if timestamp else received_at


@frozen
class MessageArrived:
    """One inbound message, or the echo of one that the business sent from its phone (`echo`)."""

    waba_id: str | None
    phone_number_id: str
    wamid: str
    person: Person
    """The one on the other side: who wrote, or who an echo was written to."""
    timestamp: int
    """Unix seconds, by Meta's clock; 0 when absent or impossible (see `happened_at`)."""
    type: str
    """As Meta names it."""
    stored_type: str
    """As `messages.type` names it: `unsupported` for what cannot be shown, `system` for what is about another
    message or about the chat itself (edit, revoke, request_welcome)."""
    known_type: bool
    text: str | None
    """What a person would read: body, caption, button title … (`index.json` of the corpus has the rules)."""
    content: Json
    """The normalised body kept in `messages.content`, of the shape its `stored_type` has."""
    subtype: str | None = None
    reply_id: str | None = None
    """The id or payload behind a tapped button or list row."""
    context: Json = field(default_factory=dict)
    """replied_to, forwarded, frequently_forwarded, referred_product: only those present."""
    referral: Json | None = None
    errors: tuple[Json, ...] = ()
    group_id: str | None = None
    """Set for a message written in a group: never answer it in the chat with the person."""
    echo: bool = False
    business_number: str | None = None
    """For an echo: the number of ours it was written from, in digits."""

    @property
    def dedupe_key(self) -> str:
        """What makes it the same message again, within one number.

        The wamid, except for reactions: Meta reuses the wamid when one is removed.
        """
        if self.type == "reaction":
            return f"{self.wamid}:{self.content.get('emoji') or ''}:{self.timestamp}"
        return self.wamid


@frozen
class StatusChanged:
    """A status of a message we (or the phone app) sent."""

    waba_id: str | None
    phone_number_id: str
    wamid: str
    status: str
    timestamp: int
    """Unix seconds, by Meta's clock; 0 when absent or impossible (see `happened_at`)."""
    recipient: Person
    """Who it went to; in a group, the participant it is about. Empty in some failures."""
    callback_data: str | None = None
    """Our own message id, as we gave it in `biz_opaque_callback_data`."""
    group_id: str | None = None
    pricing: Json | None = None
    """category, model, type, billable."""
    conversation: Json | None = None
    """id, origin, expiration_timestamp."""
    errors: tuple[Json, ...] = ()
    """code, title, details, each as far as Meta gave it; the first decides."""

    @property
    def dedupe_key(self) -> str:
        """What makes it the same news again: in a group every participant has a status of their own."""
        participant = (self.recipient.wa_id or self.recipient.user_id) if self.group_id else None
        return ":".join(part for part in (self.wamid, self.status, participant) if part)


@frozen
class PreferenceChanged:
    """A person stopped or resumed marketing messages."""

    waba_id: str | None
    phone_number_id: str
    person: Person
    category: str
    value: str
    timestamp: int


@frozen
class UserIdChanged:
    """A person's BSUID was replaced."""

    waba_id: str | None
    phone_number_id: str
    wa_id: str | None
    previous: str
    current: str
    timestamp: int


@frozen
class AccountChanged:
    """News about the business account: templates, quality, restrictions; and every field not read here."""

    waba_id: str | None
    field: str
    timestamp: int | None
    value: Json

    @property
    def dedupe_key(self) -> str:
        """Such news have no id of their own; the same news again are the same words at the same time."""
        said = json.dumps([self.waba_id, self.timestamp, self.field, self.value], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@frozen
class SystemErrors:
    """`value.errors` that belong to no message."""

    waba_id: str | None
    phone_number_id: str | None
    errors: tuple[Json, ...]


@frozen
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


@frozen
class Sender:
    phone_number_id: str
    access_token: str = field(repr=False)


@frozen
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


@frozen
class Accepted:
    wamid: str
    wa_id: str | None = None
    user_id: str | None = None
    held: str | None = None
    """Of a template: Meta's word for why it does not go on yet (`held_for_quality_assessment`, `paused`). It
    is delivered later, or dropped (132015).
    """


@frozen
class Refused:
    """Clearly not accepted; sending again cannot double it."""

    policy: Policy
    code: int | None
    title: str
    details: str | None = None
    subcode: int | None = None
    trace_id: str | None = None
    is_about_file: bool = False
    """Meta does not take the id of the file: it has expired, or what is behind it is no use."""
    retry_after: float | None = None
    """Seconds Meta asks for, or is known to need; None leaves it to the policy."""


@frozen
class Unknown:
    """Nobody can say whether Meta took it: the answer was lost, or was not Meta's."""

    reason: str


Outcome = Accepted | Refused | Unknown


# --- the number and its webhook ---------------------------------------------------------------------------


@frozen
class PhoneNumber:
    """What Meta says about a number of ours."""

    id: str
    display_phone_number: str
    """As Meta writes it: `+55 11 3000-0100`."""
    verified_name: str | None = None
    status: str | None = None
    """`CONNECTED` is the only one that may send."""
    quality_rating: str | None = None
    throughput: str | None = None
    messaging_limit: str | None = None
    platform_type: str | None = None
    name_status: str | None = None
    code_verification_status: str | None = None
    """Whether a code has proven whose it is: `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`."""
    is_on_phone: bool = False
    """Coexistence: the WhatsApp Business app uses the number, too."""
    health: Json = field(default_factory=dict)
    """`can_send_message` and, for each entity that has a say, why."""


class WhatsAppRefused(Conflict):
    """Meta said no to a question about an account. `details` holds Meta's code and sentence."""

    code = "whatsapp_refused"
    message = "WhatsApp refused: {title}"


class WhatsAppUnreachable(Unavailable):
    """What was asked never left."""

    code = "whatsapp_unreachable"
    message = "WhatsApp did not answer: {reason}"


class WhatsAppLost(WhatsAppUnreachable):
    """What was asked has left and no answer of Meta's came: it may have been done."""


@frozen
class Verification:
    """The answer to Meta's handshake: 200 with the challenge as plain text, or a refusal without a body."""

    status: int
    challenge: str | None = None


class WhatsApp(WhatsAppTemplates, Protocol):
    async def send(self, sender: Sender, letter: Letter) -> Outcome:
        """Post one message. Network trouble is an outcome, never an exception."""
        ...

    async def mark_read(self, sender: Sender, wamid: str, *, typing: bool = False) -> None:
        """Turn the customer's ticks blue, up to this message. A courtesy: failing is no news to anybody.

        `typing`: show them that somebody is writing, until the answer comes or for 25 seconds.
        """
        ...

    def read(self, body: bytes) -> list[Item]:
        """Split a verified delivery into items, in payload order. Raises UnreadableDelivery."""
        ...

    def apart(self, body: bytes) -> Sequence[Callable[[], bytes]]:
        """For each item of `read`: how to write a delivery that holds it alone, to be put aside."""
        ...

    def signature_ok(self, secrets: Sequence[str], body: bytes, header: str | None) -> bool:
        """Whether one of the app secrets signed exactly these bytes. No secrets: nothing is genuine."""
        ...

    def verification(self, verify_token: str, query: Mapping[str, str]) -> Verification:
        """Answer the GET handshake."""
        ...

    def policy(self, code: int) -> Policy:
        """What an error asks for that came by itself, in a failed status."""
        ...
