"""Choosing between values."""

from typing import Final

from pytake.engine.expressions.coercion import as_is, truth
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.functions.function import Function, function
from pytake.engine.values import Value


@function(
    "padrao",
    "padrão",
    "default",
    takes=(as_is, as_is),
    forgiving=True,
    summary="O valor, ou outro no lugar dele quando está vazio ou deu erro.",
    example='{{ contato.nome | padrao("cliente") }}',
)
def default(value: Value, instead: Value) -> Value:
    return instead if value in (None, "") or isinstance(value, Error) else value


@function(
    "se",
    "if",
    takes=(as_is, as_is, as_is),
    optional=1,
    forgiving=True,
    summary="O segundo valor quando o primeiro é verdadeiro, senão o terceiro.",
    example='{{ se(quantidade > 1, "pães", "pão") }}',
)
def choose(condition: Value, then: Value, otherwise: Value = None) -> Value:
    """What is wrong with the value that was not chosen does not matter."""
    if isinstance(condition, Error):
        return condition
    return then if truth(condition) else otherwise


@function(
    "vazio",
    "empty",
    takes=(as_is,),
    forgiving=True,
    summary="Verdadeiro quando não há valor.",
    example="{{ vazio(cupom) }}",
)
def empty(value: Value) -> bool:
    return isinstance(value, Error) or value is None or value in ("", [], {})


FUNCTIONS: Final[tuple[Function, ...]] = (default, choose, empty)
