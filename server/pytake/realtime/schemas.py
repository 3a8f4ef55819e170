"""What asking for a ticket answers."""

from pydantic import BaseModel


class TicketRead(BaseModel):
    ticket: str
    expires_in: int
    """Seconds."""
    cursor: str
    """Where the stream stood when the ticket was issued; what is loaded after this is not older."""
