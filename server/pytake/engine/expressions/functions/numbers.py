"""Functions on numbers, written as Brazil writes them."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from pytake.engine.brazil.numbers import as_money, read_number, write_number
from pytake.engine.expressions.coercion import ARITHMETIC, as_is, as_number, as_whole, exact
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.functions.function import Function, function
from pytake.engine.values import Value, number

Number = int | Decimal
_MAX_PLACES: Final = 10


def _rounded(value: Number, places: int, rounding: str) -> Value:
    if not 0 <= places <= _MAX_PLACES:
        return Error("number_out_of_range")
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding, ARITHMETIC)
    return number(rounded) if rounded.is_finite() else Error("number_out_of_range")


@function(
    "numero",
    "número",
    "number",
    takes=(as_is,),
    summary="O número escrito no texto: “R$ 1.234,56” vira 1234,56.",
    example="{{ numero(valor) }}",
)
def parse(value: Value) -> Value:
    if not isinstance(value, str):
        return as_number(value)
    found = read_number(value)
    return Error("not_a_number", value[:40]) if found is None else number(found)


@function(
    "formatar_numero",
    "format_number",
    takes=(as_number, as_whole),
    optional=1,
    summary="Com ponto nos milhares e tantas casas depois da vírgula.",
    example="{{ total | formatar_numero(2) }}",
)
def written(value: Number, places: int = 0) -> Value:
    rounded = _rounded(value, places, ROUND_HALF_UP)
    return rounded if isinstance(rounded, Error) else write_number(Decimal(rounded), places)


@function(
    "reais",
    "format_brl",
    "brl",
    takes=(as_number,),
    summary="Em reais: “R$ 1.234,56”.",
    example="{{ quantidade * 0.75 | reais }}",
)
def brl(value: Number) -> Value:
    rounded = _rounded(value, 2, ROUND_HALF_UP)
    return rounded if isinstance(rounded, Error) else as_money(Decimal(rounded))


@function(
    "arredondar",
    "round",
    takes=(as_number, as_whole),
    optional=1,
    summary="Arredondado para tantas casas (nenhuma, se nada for dito).",
    example="{{ arredondar(media, 1) }}",
)
def nearest(value: Number, places: int = 0) -> Value:
    return _rounded(value, places, ROUND_HALF_UP)


@function("piso", "floor", takes=(as_number,), summary="O inteiro logo abaixo.", example="{{ piso(2.9) }}")
def floor(value: Number) -> Value:
    return _rounded(value, 0, ROUND_FLOOR)


@function("teto", "ceil", takes=(as_number,), summary="O inteiro logo acima.", example="{{ teto(2.1) }}")
def ceil(value: Number) -> Value:
    return _rounded(value, 0, ROUND_CEILING)


@function(
    "absoluto", "abs", takes=(as_number,), summary="O número sem o sinal.", example="{{ absoluto(saldo) }}"
)
def absolute(value: Number) -> Value:
    return exact(abs(Decimal(value)))


@function(
    "minimo",
    "mínimo",
    "min",
    takes=(as_number,),
    variadic=20,
    summary="O menor dos números.",
    example="{{ minimo(quantidade, 10) }}",
)
def least(*values: Number) -> Value:
    return min(values)


@function(
    "maximo",
    "máximo",
    "max",
    takes=(as_number,),
    variadic=20,
    summary="O maior dos números.",
    example="{{ maximo(quantidade, 1) }}",
)
def most(*values: Number) -> Value:
    return max(values)


FUNCTIONS: Final[tuple[Function, ...]] = (
    parse,
    written,
    brl,
    nearest,
    floor,
    ceil,
    absolute,
    least,
    most,
)
