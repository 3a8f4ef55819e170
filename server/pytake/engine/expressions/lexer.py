"""An expression cut into tokens."""

import re
from dataclasses import dataclass
from typing import Final

from pytake.engine.expressions.errors import ExpressionError
from pytake.engine.limits import MAX_EXPRESSION

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<number>[0-9]{1,28}(?:\.[0-9]{1,28})?)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<name>[^\W\d]\w*)
      | (?P<sign>==|!=|<>|<=|>=|[-+*/%<>=()\[\],.|])
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t"}
_SAME: Final = {"=": "==", "<>": "!="}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """number, text, name, sign or end."""
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    if len(source) > MAX_EXPRESSION:
        raise ExpressionError("expression_too_long", most=MAX_EXPRESSION)
    found, at = [], 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None:
            raise ExpressionError("expression_syntax", near=source[at:].strip()[:20])
        found.append(_token(match))
        at = match.end()
    return [*found, Token("end", "", at)]


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    text = match.group(kind)
    if kind == "text":
        text = re.sub(
            r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), text[1:-1], flags=re.DOTALL
        )
    return Token(kind, _SAME.get(text, text) if kind == "sign" else text, match.start(kind))
