"""Letters to people."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    id: UUID
    """The same at every attempt, so that mail programs show one that arrives twice once."""
    recipient: str
    subject: str
    text: str


class MailAway(Exception):
    """The server does not answer, or asks to come back later."""


class MailRefused(Exception):
    """The server will not take this letter, now or later."""


class Mailer(Protocol):
    is_local: bool
    """Nothing leaves: letters stay in the database, to be read there."""
    web_url: str
    """Where the links in letters lead."""

    async def deliver(self, letter: Letter) -> None:
        """Raises MailAway and MailRefused."""
        ...
