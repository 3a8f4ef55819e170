"""Who is not let onto the live stream."""

from pytake.kit.errors import Forbidden, Invalid, TooMany, Unauthenticated


class ForeignOrigin(Forbidden):
    code = "foreign_origin"
    message = "This page may not open a socket here."


class TicketRefused(Unauthenticated):
    code = "ticket_refused"
    message = "The ticket was used, has expired or was never issued."


class CursorInvalid(Invalid):
    code = "invalid_cursor"
    message = "This is not a cursor that we gave out."


class TooManySockets(TooMany):
    code = "too_many_sockets"
    message = "A user may have {most} sockets open at a time."
