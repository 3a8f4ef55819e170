"""The kinds of refusal. Each kind carries the HTTP status; each refusal is a class in its own domain."""

from typing import Any, ClassVar


class PyTakeError(Exception):
    """A refusal with a code that machines branch on and a sentence that people read.

    `message` may hold `{placeholders}`; they are filled from the keyword arguments, which also
    become `details` on the wire.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    message: ClassVar[str] = "Something went wrong on our side."

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.message.format_map(details) if details else self.message)


class Invalid(PyTakeError):
    status = 422
    code = "invalid"
    message = "The request is not valid."


class UnknownReference(Invalid):
    """The same for what does not exist and for what is another organization's."""

    code = "unknown_reference"
    message = "There is no such {field}."


class Unauthenticated(PyTakeError):
    status = 401
    code = "unauthenticated"
    message = "Sign in first."


class Forbidden(PyTakeError):
    status = 403
    code = "forbidden"
    message = "You may not do this."


class NotFound(PyTakeError):
    status = 404
    code = "not_found"
    message = "This does not exist."


class MethodNotAllowed(PyTakeError):
    status = 405
    code = "method_not_allowed"
    message = "This address does not take that method."


class Conflict(PyTakeError):
    status = 409
    code = "conflict"
    message = "This is not possible in the present state."


class TooLarge(PyTakeError):
    status = 413
    code = "too_large"
    message = "The request is too large."


class TooMany(PyTakeError):
    status = 429
    code = "too_many"
    message = "Too many requests; try again later."


class Unavailable(PyTakeError):
    status = 503
    code = "unavailable"
    message = "This is not available right now; try again."
