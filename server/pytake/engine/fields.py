"""The types of field a content is made of. Each reads what an author typed, or says what is wrong."""

import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pytake.engine.expressions import Expression, ExpressionError, Template
from pytake.engine.limits import MAX_OPERAND_ITEMS, MAX_PATTERN, MAX_TIMEOUT_SECONDS
from pytake.engine.patterns import Pattern, PatternError
from pytake.engine.scope import NAMES
from pytake.engine.text import clean
from pytake.engine.values import from_outside

_DURATION: Final = re.compile(r"([0-9]{1,7})\s*(s|m|min|h|d)")
_SECONDS: Final = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_VARIABLE: Final = re.compile(r"[^\W\d]\w{0,63}")


def wrong(code: str, **params: Any) -> PydanticCustomError:
    """The error of that code in `issues`; pydantic adds where."""
    return PydanticCustomError(code, "{code}", {"code": code, **params})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong("field_type", expected="um texto")
    return clean(value)


def _template(value: Any) -> Template:
    try:
        return value if isinstance(value, Template) else Template(_text(value))
    except ExpressionError as error:
        raise wrong(error.code, **error.params) from error


def _expression(value: Any) -> Expression:
    try:
        return value if isinstance(value, Expression) else Expression(_text(value))
    except ExpressionError as error:
        raise wrong(error.code, **error.params) from error


def _pattern(value: Any) -> Pattern:
    if isinstance(value, Pattern):
        return value
    if len(_text(value)) > MAX_PATTERN:
        raise wrong("text_too_long", found=len(value), most=MAX_PATTERN)
    try:
        return Pattern(_text(value))
    except PatternError as error:
        raise wrong("regex_invalid", reason=str(error)) from error


def _duration(value: Any) -> Any:
    if isinstance(value, str):
        found = _DURATION.fullmatch(value.strip().lower())
        value = int(found[1]) * _SECONDS[found[2]] if found else None
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong("duration_invalid")
    if value < 1:
        raise wrong("number_too_small", least=1)
    if value > MAX_TIMEOUT_SECONDS:
        raise wrong("number_too_large", most=MAX_TIMEOUT_SECONDS)
    return value


def _variable(value: Any) -> str:
    name = _text(value).strip()
    if not _VARIABLE.fullmatch(name):
        raise wrong("variable_invalid")
    if name in NAMES:
        raise wrong("variable_reserved", name=name)
    return name


def _operand(value: Any) -> Any:
    if isinstance(value, str | Template):
        return _template(value)
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, list | dict) for one in value)
    ):
        raise wrong("field_type", expected="um texto, um número, verdadeiro ou falso, ou uma lista deles")
    if isinstance(value, list) and len(value) > MAX_OPERAND_ITEMS:
        raise wrong("too_many_items", found=len(value), most=MAX_OPERAND_ITEMS)
    return from_outside(value)


def _written(value: Any) -> Any:
    if isinstance(value, Template):
        return value.source
    if isinstance(value, list):
        return [_written(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _source(value: Template | Expression | Pattern) -> str:
    return value.source


Text = Annotated[
    Template,
    PlainValidator(_template),
    PlainSerializer(_source),
    WithJsonSchema({"type": "string", "format": "template"}),
]
"""Text for people; `{{ … }}` in it is filled in."""

Formula = Annotated[
    Expression,
    PlainValidator(_expression),
    PlainSerializer(_source),
    WithJsonSchema({"type": "string", "format": "expression"}),
]
"""A variable's name or an expression, with or without braces."""

Regex = Annotated[
    Pattern,
    PlainValidator(_pattern),
    PlainSerializer(_source),
    WithJsonSchema({"type": "string", "format": "regex"}),
]
"""A regular expression in RE2's dialect."""

Seconds = Annotated[int, BeforeValidator(_duration)]
"""A duration: seconds, or `30m`, `2h`, `1d`."""

Operand = Annotated[Any, PlainValidator(_operand), PlainSerializer(_written)]
"""A value to compare with or to start from: text (`{{ … }}` is filled in), a number, true, false, a list."""

Variable = Annotated[str, PlainValidator(_variable), WithJsonSchema({"type": "string", "format": "variable"})]
"""The name of a variable of the run."""

CLEANED: Final = BeforeValidator(_text)
"""For a plain `str`: without what no database takes."""
