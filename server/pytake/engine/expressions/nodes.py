"""The closures an expression is made of. Each pays for what it does, so evaluating has an end."""

from decimal import Decimal

from pytake.engine.expressions.coercion import as_number, truth
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.evaluation import Evaluate, Evaluation
from pytake.engine.expressions.functions import Function
from pytake.engine.expressions.operations import BINARY, member, propagating, within
from pytake.engine.values import Value

_SPENT = Error("evaluation_too_long")
_MEMBER = propagating(member)


def constant(value: Value) -> Evaluate:
    return lambda _: value


def name(word: str) -> Evaluate:
    return lambda evaluation: evaluation.look_up(word)


def binary(sign: str, left: Evaluate, right: Evaluate) -> Evaluate:
    operation = BINARY[sign]

    def evaluate(evaluation: Evaluation) -> Value:
        first, second = left(evaluation), right(evaluation)
        return operation(first, second) if evaluation.spend(first, second) else _SPENT

    return evaluate


def field(container: Evaluate, key: Evaluate) -> Evaluate:
    """`container.key`, which costs the same however much the container holds."""

    def evaluate(evaluation: Evaluation) -> Value:
        return _MEMBER(container(evaluation), key(evaluation)) if evaluation.spend() else _SPENT

    return evaluate


def both(left: Evaluate, right: Evaluate) -> Evaluate:
    """The first operand if it decides, else the second: `nome e sobrenome` is a value too."""

    def evaluate(evaluation: Evaluation) -> Value:
        first = left(evaluation)
        return right(evaluation) if truth(first) else first

    return evaluate


def either(left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(evaluation: Evaluation) -> Value:
        first = left(evaluation)
        return first if truth(first) or isinstance(first, Error) else right(evaluation)

    return evaluate


def inverse(operand: Evaluate) -> Evaluate:
    def evaluate(evaluation: Evaluation) -> Value:
        value = operand(evaluation)
        return value if isinstance(value, Error) else not truth(value)

    return evaluate


def within_not(left: Evaluate, right: Evaluate) -> Evaluate:
    contains = propagating(within)

    def evaluate(evaluation: Evaluation) -> Value:
        first, second = left(evaluation), right(evaluation)
        found = contains(first, second) if evaluation.spend(first, second) else _SPENT
        return found if isinstance(found, Error) else not found

    return evaluate


def negative(operand: Evaluate) -> Evaluate:
    subtract = BINARY["-"]

    def evaluate(evaluation: Evaluation) -> Value:
        value = as_number(operand(evaluation))
        return value if isinstance(value, Error) else subtract(Decimal(0), value)

    return evaluate


def items(operands: list[Evaluate]) -> Evaluate:
    def evaluate(evaluation: Evaluation) -> Value:
        values = [operand(evaluation) for operand in operands]
        return next((value for value in values if isinstance(value, Error)), values)

    return evaluate


def apply(function: Function, operands: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(evaluation: Evaluation) -> Value:
        given = [operand(evaluation) for operand in operands]
        return function.call(evaluation, given) if evaluation.spend(*given) else _SPENT

    return evaluate
