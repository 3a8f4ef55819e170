"""Functions on lists and objects."""

import json
from typing import Final

from pytake.engine.expressions.coercion import as_is, as_list, as_text, bounded, joined
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.functions.function import Function, function
from pytake.engine.expressions.operations import add
from pytake.engine.limits import MAX_VALUE_CHARACTERS
from pytake.engine.values import Value, size, to_json


@function(
    "tamanho",
    "length",
    "count",
    takes=(as_is,),
    summary="Quantos itens tem a lista, ou caracteres o texto.",
    example="{{ tamanho(pedidos) }}",
)
def length(value: Value) -> Value:
    if value is None:
        return 0
    return len(value) if isinstance(value, str | list | dict) else Error("not_a_list")


@function("primeiro", "first", takes=(as_list,), summary="O primeiro item.", example="{{ primeiro(itens) }}")
def first(values: list[Value]) -> Value:
    return values[0] if values else None


@function(
    "ultimo", "último", "last", takes=(as_list,), summary="O último item.", example="{{ ultimo(itens) }}"
)
def last(values: list[Value]) -> Value:
    return values[-1] if values else None


@function(
    "juntar",
    "join",
    takes=(as_list, as_text),
    optional=1,
    summary="Os itens num texto só, com o separador entre eles.",
    example='{{ itens | juntar(" e ") }}',
)
def join(values: list[Value], separator: str = ", ") -> Value:
    return bounded(joined(values, separator))


@function("soma", "sum", takes=(as_list,), summary="A soma dos itens.", example="{{ soma(precos) }}")
def total(values: list[Value]) -> Value:
    result: Value = 0
    for value in values:
        result = add(result, value)
        if isinstance(result, Error):
            return result
    return result


@function("json", takes=(as_is,), summary="O valor escrito em JSON.", example="{{ json(pedido) }}")
def as_json(value: Value) -> Value:
    if size(value) > MAX_VALUE_CHARACTERS:
        return Error("value_too_large")
    return bounded(json.dumps(to_json(value), ensure_ascii=False))


FUNCTIONS: Final[tuple[Function, ...]] = (length, first, last, join, total, as_json)
