"""Text with `{{ … }}` in it, and an expression by itself. What comes out is never read again."""

from typing import Any, Final, Self
from unicodedata import normalize

from pytake.engine.expressions.coercion import as_text
from pytake.engine.expressions.errors import Error, ExpressionError
from pytake.engine.expressions.evaluation import Evaluate, Evaluation
from pytake.engine.expressions.parser import Parser
from pytake.engine.limits import MAX_TEMPLATE, MAX_VALUE_CHARACTERS
from pytake.engine.text import clean
from pytake.engine.values import Value

_OPEN: Final = "{{"
_CLOSE: Final = "}}"


class Expression:
    """One expression, with or without its braces."""

    __slots__ = ("evaluate", "names", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        inner = normalize("NFC", source).strip()
        if inner.startswith(_OPEN) and inner.endswith(_CLOSE):
            inner = inner[2:-2]
        parser = Parser(inner)
        self.evaluate: Evaluate = parser.parse()
        self.names = frozenset(parser.names)


class Template:
    """Compiled once, rendered many times."""

    __slots__ = ("_parts", "literal_length", "names", "source")

    def __init__(self, source: str) -> None:
        if len(source) > MAX_TEMPLATE:
            raise ExpressionError("template_too_long", most=MAX_TEMPLATE)
        self.source = source
        self._parts = tuple(_parts(source))
        texts = [part for part in self._parts if isinstance(part, str)]
        self.literal_length = sum(map(len, texts))
        """What is there whatever the variables hold."""
        self.names = frozenset().union(*(part.names for part in self._parts if isinstance(part, Expression)))

    @property
    def is_literal(self) -> bool:
        return all(isinstance(part, str) for part in self._parts)

    @classmethod
    def empty(cls) -> Self:
        return cls("")

    def render(self, evaluation: Evaluation) -> tuple[str, tuple[Error, ...]]:
        """The text, and what went wrong on the way; a part that went wrong is empty."""
        if len(self._parts) == 1 and isinstance(self._parts[0], str):
            return self._parts[0], ()
        written, errors, room = [], [], MAX_VALUE_CHARACTERS
        for part in self._parts:
            text = part if isinstance(part, str) else as_text(part.evaluate(evaluation))
            if isinstance(text, Error):
                errors.append(text)
                continue
            written.append(text[:room])
            room -= len(written[-1])
        return clean("".join(written)), tuple(errors)

    def value(self, evaluation: Evaluation) -> Value:
        """A lone expression keeps its type; anything else is text. May be an `Error`."""
        if len(self._parts) == 1 and isinstance(self._parts[0], Expression):
            return self._parts[0].evaluate(evaluation)
        text, errors = self.render(evaluation)
        return errors[0] if errors else text


def _parts(source: str) -> list[Any]:
    """Literal texts and expressions by turns; empty texts are left out."""
    parts: list[str | Expression] = []
    at = 0
    while (opening := source.find(_OPEN, at)) >= 0:
        closing = _closing(source, opening + 2)
        if opening > at:
            parts.append(source[at:opening])
        parts.append(Expression(source[opening + 2 : closing]))
        at = closing + 2
    if source[at:]:
        parts.append(source[at:])
    return parts


def _closing(source: str, at: int) -> int:
    """Where the braces close that were opened just before `at`; those inside quotes do not count."""
    quote = ""
    while at < len(source):
        character = source[at]
        if quote:
            if character == "\\":
                at += 1
            elif character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif source.startswith(_CLOSE, at):
            return at
        at += 1
    raise ExpressionError("expression_unclosed")
