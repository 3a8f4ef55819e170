"""What the operators do. Two texts are compared without case and accents: people answer with a thumb."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from pytake.engine.expressions.coercion import ARITHMETIC, as_date, as_number, as_text, bounded, exact
from pytake.engine.expressions.errors import Error
from pytake.engine.limits import MAX_ITEMS
from pytake.engine.text import loose
from pytake.engine.values import Value

Operation = Callable[[Value, Value], Value]

_MAX_DAYS: Final = 366 * 1_000


def add(left: Value, right: Value) -> Value:
    match left, right:
        case str(), str():
            return bounded(left + right)
        case list(), list():
            return left + right if len(left) + len(right) <= MAX_ITEMS else Error("value_too_large")
        case date(), _:
            return later(left, right)
        case _:
            return _arithmetic(ARITHMETIC.add, left, right)


def subtract(left: Value, right: Value) -> Value:
    if isinstance(left, date):
        if isinstance(right, date):
            return (as_date(left) - as_date(right)).days
        days = as_number(right)
        return days if isinstance(days, Error) else later(left, -days)
    return _arithmetic(ARITHMETIC.subtract, left, right)


def multiply(left: Value, right: Value) -> Value:
    return _arithmetic(ARITHMETIC.multiply, left, right)


def divide(left: Value, right: Value) -> Value:
    if as_number(right) == 0:
        return Error("division_by_zero")
    return _arithmetic(ARITHMETIC.divide, left, right)


def remainder(left: Value, right: Value) -> Value:
    if as_number(right) == 0:
        return Error("division_by_zero")
    return _arithmetic(ARITHMETIC.remainder, left, right)


def _arithmetic(operation: Callable[[Decimal, Decimal], Decimal], left: Value, right: Value) -> Value:
    first, second = as_number(left), as_number(right)
    if isinstance(first, Error):
        return first
    if isinstance(second, Error):
        return second
    return exact(operation(Decimal(first), Decimal(second)))


def later(day: date, days: Value) -> Value:
    """That many days after; a date stays a date, a moment a moment."""
    count = as_number(days)
    if isinstance(count, Error):
        return count
    if abs(count) > _MAX_DAYS:
        return Error("number_out_of_range")
    try:
        return day + timedelta(days=float(count) if isinstance(day, datetime) else int(count))
    except OverflowError:
        return Error("number_out_of_range")


def equal(left: Value, right: Value) -> bool:
    match left, right:
        case str(), str():
            return left == right or loose(left) == loose(right)
        case (bool(), _) | (_, bool()):
            return _same_claim(left, right)
        case (date(), _) | (_, date()):
            return _same_day(left, right)
        case (int() | Decimal(), str()) | (str(), int() | Decimal()):
            return bool(as_number(left) == as_number(right))
        case _:
            return bool(left == right)


def _same_claim(left: Value, right: Value) -> bool:
    """`true` is true and the text “sim”; it is not the number 1."""
    if isinstance(left, str) or isinstance(right, str):
        return loose(as_text(left)) == loose(as_text(right))
    return left is right


def _same_day(left: Value, right: Value) -> bool:
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left == right
    first, second = as_date(left), as_date(right)
    return bool(first == second) and not isinstance(first, Error)


def not_equal(left: Value, right: Value) -> bool:
    return not equal(left, right)


def compare(left: Value, right: Value) -> int | Error:
    """Negative, zero or positive; an error where the two have no order."""
    if isinstance(left, date) or isinstance(right, date):
        first, second = _as_days(left, right)
    elif isinstance(left, str) and isinstance(right, str) and isinstance(as_number(left), Error):
        first, second = loose(left), loose(right)
    else:
        first, second = as_number(left), as_number(right)
    if isinstance(first, Error):
        return first
    if isinstance(second, Error):
        return second
    return int(first > second) - int(first < second)


def _as_days(left: Value, right: Value) -> tuple[Value, Value]:
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left, right
    return as_date(left), as_date(right)


def less(left: Value, right: Value) -> Value:
    order = compare(left, right)
    return order if isinstance(order, Error) else order < 0


def at_most(left: Value, right: Value) -> Value:
    order = compare(left, right)
    return order if isinstance(order, Error) else order <= 0


def greater(left: Value, right: Value) -> Value:
    order = compare(left, right)
    return order if isinstance(order, Error) else order > 0


def at_least(left: Value, right: Value) -> Value:
    order = compare(left, right)
    return order if isinstance(order, Error) else order >= 0


def within(item: Value, container: Value) -> Value:
    match container:
        case list():
            return any(equal(item, other) for other in container)
        case dict():
            return as_text(item) in container
        case str():
            return loose(as_text(item)) in loose(container)
        case None:
            return False
        case _:
            return Error("not_a_list")


def member(container: Value, key: Value) -> Value:
    """`container.key` and `container[key]`. What is not there is null; Python is not there at all."""
    match container:
        case dict():
            return container.get(as_text(key))
        case list():
            index = as_number(key)
            if not isinstance(index, int):
                return Error("no_such_field")
            return container[index] if -len(container) <= index < len(container) else None
        case None:
            return None
        case _:
            return Error("no_such_field")


def propagating(operation: Operation) -> Operation:
    """The operation, which gives an error of an operand back instead of working on it."""

    def guarded(left: Value, right: Value) -> Value:
        if isinstance(left, Error):
            return left
        return right if isinstance(right, Error) else operation(left, right)

    return guarded


BINARY: Final[Mapping[str, Operation]] = {
    sign: propagating(operation)
    for sign, operation in {
        "+": add,
        "-": subtract,
        "*": multiply,
        "/": divide,
        "%": remainder,
        "==": equal,
        "!=": not_equal,
        "<": less,
        "<=": at_most,
        ">": greater,
        ">=": at_least,
        "in": within,
    }.items()
}
