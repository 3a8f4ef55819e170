"""Regular expressions of flow authors: RE2 only, which takes linear time whatever they wrote."""

from typing import Final

import re2

from pytake.engine.text import clean

_MAX_MEMORY: Final = 1 << 20


class PatternError(Exception):
    """The source is not a regular expression RE2 takes; the message says why."""


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    return options


class Pattern:
    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            self._compiled = re2.compile(source, _options())
        except re2.error as error:
            raise PatternError(_reason(error)) from error

    def matches(self, text: str) -> bool:
        """Whether the whole text is of the pattern."""
        return self._compiled.fullmatch(clean(text)) is not None

    def found_in(self, text: str) -> bool:
        return self._compiled.search(clean(text)) is not None


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
