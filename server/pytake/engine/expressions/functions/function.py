"""What a function of the language is: its names, how its arguments are read, and the Python that does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pytake.engine.expressions.coercion import Coercion
from pytake.engine.expressions.errors import Error
from pytake.engine.expressions.evaluation import Evaluation
from pytake.engine.values import Value


@dataclass(frozen=True, slots=True)
class Function:
    names: tuple[str, ...]
    """Portuguese first; all of them are accepted."""
    summary: str
    """Portuguese, for the reference."""
    example: str
    takes: tuple[Coercion, ...]
    """One per parameter; the last one also reads what follows when `variadic`."""
    least: int
    most: int
    does: Callable[..., Value]
    timed: bool = False
    """Gets the present moment as its first argument."""
    forgiving: bool = False
    """Receives errors as arguments instead of passing them on."""

    def call(self, evaluation: Evaluation, given: Sequence[Value]) -> Value:
        read: list[Any] = [evaluation.now] if self.timed else []
        last = len(self.takes) - 1
        for index, value in enumerate(given):
            argument = self.takes[min(index, last)](value)
            if isinstance(argument, Error) and not self.forgiving:
                return argument
            read.append(argument)
        return self.does(*read)


def function(
    *names: str,
    takes: tuple[Coercion, ...],
    summary: str,
    example: str,
    optional: int = 0,
    variadic: int = 0,
    timed: bool = False,
    forgiving: bool = False,
) -> Callable[[Callable[..., Value]], Function]:
    """Declare a function: `optional` of its parameters may be left out, `variadic` more may follow."""

    def declare(does: Callable[..., Value]) -> Function:
        least, most = len(takes) - optional, len(takes) + variadic
        return Function(names, summary, example, takes, least, most, does, timed, forgiving)

    return declare
