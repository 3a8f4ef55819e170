"""What goes wrong: when an expression is read, an exception; when it is run, a value."""

from dataclasses import dataclass


class ExpressionError(Exception):
    """The source is not an expression. `code` and `params` become an issue of the drawing."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


@dataclass(frozen=True, slots=True)
class Error:
    """A value that is no value. It travels through operators and functions until `default` or the end."""

    code: str
    detail: str = ""
