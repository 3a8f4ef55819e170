"""Functions on dates, where the organization is."""

import re
from datetime import date, datetime
from typing import Final

from pytake.engine.brazil.dates import MONTHS, WEEKDAYS
from pytake.engine.expressions.coercion import as_date, as_is, as_moment, as_number, as_text
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.functions.function import Function, function
from pytake.engine.expressions.operations import later
from pytake.engine.values import Value

_TOKENS: Final = re.compile("AAAA|YYYY|AA|YY|MMMM|MM|M|DDDD|DD|D|HH|mm|ss")


def _token(moment: datetime, token: str) -> str:
    match token:
        case "MMMM":
            return MONTHS[moment.month - 1]
        case "DDDD":
            return WEEKDAYS[moment.weekday()]
        case "M":
            return str(moment.month)
        case "D":
            return str(moment.day)
        case "AAAA" | "YYYY":
            return f"{moment.year:04}"
        case _:
            return f"{_two_digits(moment, token):02}"


def _two_digits(moment: datetime, token: str) -> int:
    return {
        "AA": moment.year % 100,
        "YY": moment.year % 100,
        "MM": moment.month,
        "DD": moment.day,
        "HH": moment.hour,
        "mm": moment.minute,
        "ss": moment.second,
    }[token]


@function(
    "data",
    "date",
    "format_date",
    takes=(as_is, as_text),
    optional=1,
    timed=True,
    summary="A data no formato pedido: D, DD, DDDD, M, MM, MMMM, AA, AAAA, HH, mm, ss.",
    example='{{ agora | data("DD/MM/AAAA HH:mm") }}',
)
def written(now: datetime, value: Value, pattern: str = "DD/MM/AAAA") -> Value:
    moment = as_moment(value, now)
    if isinstance(moment, Error):
        return moment
    return _TOKENS.sub(lambda token: _token(moment, token[0]), pattern)


@function(
    "hora",
    "time",
    takes=(as_is,),
    timed=True,
    summary="A hora, como “14:30”.",
    example="{{ agora | hora }}",
)
def clock(now: datetime, value: Value) -> Value:
    moment = as_moment(value, now)
    return moment if isinstance(moment, Error) else f"{moment:%H:%M}"


@function(
    "ler_data",
    "parse_date",
    takes=(as_date,),
    summary="A data escrita como AAAA-MM-DD.",
    example='{{ ler_data("2026-12-25") }}',
)
def parse(value: date) -> Value:
    return value


@function(
    "somar_dias",
    "add_days",
    takes=(as_is, as_number),
    summary="Tantos dias depois (ou antes, com número negativo).",
    example="{{ somar_dias(hoje, 2) }}",
)
def add_days(value: Value, days: Value) -> Value:
    day = value if isinstance(value, datetime) else as_date(value)
    return day if isinstance(day, Error) else later(day, days)


@function(
    "dias_ate",
    "days_until",
    takes=(as_date,),
    timed=True,
    summary="Quantos dias faltam; negativo se já passou.",
    example="{{ dias_ate(entrega) }}",
)
def days_until(now: datetime, day: date) -> int:
    return (day - now.date()).days


@function(
    "dia_da_semana",
    "weekday",
    takes=(as_date,),
    summary="O nome do dia da semana.",
    example="{{ dia_da_semana(entrega) }}",
)
def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


FUNCTIONS: Final[tuple[Function, ...]] = (written, clock, parse, add_days, days_until, weekday)
