"""A number of ours at Meta, besides sending: registering it, proving it, and what customers see of it."""

from typing import Literal, Protocol

from pytake.kit.frozen import frozen
from pytake.ports.whatsapp import Json, PhoneNumber, Sender

CodeMethod = Literal["SMS", "VOICE"]

ABOUT_MOST = 139
ADDRESS_MOST = 256
DESCRIPTION_MOST = 256
"""Meta's pages say 512 and 256; the smaller is taken by both."""
EMAIL_MOST = 128
WEBSITES_MOST = 2
WEBSITE_MOST = 256

VERTICALS = (
    "OTHER",
    "AUTO",
    "BEAUTY",
    "APPAREL",
    "EDU",
    "ENTERTAIN",
    "EVENT_PLAN",
    "FINANCE",
    "GROCERY",
    "GOVT",
    "HOTEL",
    "HEALTH",
    "NONPROFIT",
    "PROF_SERVICES",
    "RETAIL",
    "TRAVEL",
    "RESTAURANT",
    "ALCOHOL",
    "ONLINE_GAMBLING",
    "PHYSICAL_GAMBLING",
    "OTC_DRUGS",
)


@frozen
class Profile:
    """What customers see when they look at who writes to them."""

    about: str | None = None
    address: str | None = None
    description: str | None = None
    email: str | None = None
    websites: tuple[str, ...] = ()
    vertical: str | None = None
    picture_url: str | None = None


class WhatsAppNumbers(Protocol):
    """Every call raises WhatsAppRefused or WhatsAppUnreachable."""

    async def get_phone_number(self, sender: Sender) -> PhoneNumber:
        """Ask Meta about the number. An answer proves that the token may speak for it."""
        ...

    async def list_phone_numbers(self, waba_id: str, access_token: str) -> list[PhoneNumber]:
        """The numbers of a business account."""
        ...

    async def subscribe(self, waba_id: str, access_token: str) -> None:
        """Have the account's webhooks sent to the token's app; without it none arrives."""
        ...

    async def register(self, sender: Sender, pin: str) -> None:
        """Let the number send. The PIN is the one it has, or becomes it."""
        ...

    async def deregister(self, sender: Sender) -> None: ...

    async def set_pin(self, sender: Sender, pin: str) -> None: ...

    async def request_code(self, sender: Sender, method: CodeMethod, language: str) -> None:
        """Have Meta call the number, or write to it, with a code that proves whose it is."""
        ...

    async def verify_code(self, sender: Sender, code: str) -> None: ...

    async def get_profile(self, sender: Sender) -> Profile: ...

    async def set_profile(self, sender: Sender, changes: Json) -> None:
        """Of `about`, `address`, `description`, `email`, `websites` and `vertical` those that change."""
        ...
