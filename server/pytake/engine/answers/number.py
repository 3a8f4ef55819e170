"""A number, whole or not, and an amount of money."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, PlainSerializer
from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, crossed, refuse
from pytake.engine.brazil.numbers import as_money, read_number
from pytake.engine.expressions.coercion import as_text
from pytake.engine.fields import wrong
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope
from pytake.engine.values import from_outside, number

_CENTS = 2


def _bound(value: Any) -> Any:
    if value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool)):
        found = from_outside(value)
        return found if found is None else Decimal(found)
    raise wrong("field_type", expected="um número")


Bound = Annotated[
    Decimal | None, BeforeValidator(_bound), PlainSerializer(lambda value: value and float(value))
]


class Number(Kind):
    title: ClassVar[str] = "Número"
    example: ClassVar[str] = "1.234,56"

    kind: Literal["number"] = "number"
    min: Bound = None
    max: Bound = None

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        found = read_number(text)
        return refuse("not_a_number") if found is None else self._judge(found)

    def _judge(self, found: Decimal) -> Answer:
        if self.min is not None and found < self.min:
            return refuse("too_small", min=self._spoken(self.min))
        if self.max is not None and found > self.max:
            return refuse("too_large", max=self._spoken(self.max))
        return accept(number(found), self._spoken(found))

    def _spoken(self, value: Decimal) -> str:
        return str(as_text(number(value)))

    @override
    def problems(self) -> Iterator[Problem]:
        return crossed(self.min, self.max)


class Integer(Number):
    title: ClassVar[str] = "Número inteiro"
    example: ClassVar[str] = "12"

    kind: Literal["integer"] = "integer"  # type: ignore[assignment]  # the discriminator of its own kind

    @override
    def _judge(self, found: Decimal) -> Answer:
        return super()._judge(found) if found == found.to_integral_value() else refuse("not_a_whole_number")


class Currency(Number):
    title: ClassVar[str] = "Valor em reais"
    example: ClassVar[str] = "R$ 25,90"

    kind: Literal["currency"] = "currency"  # type: ignore[assignment]  # the discriminator of its own kind

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        found = read_number(text)
        exponent = 0 if found is None else found.normalize().as_tuple().exponent
        if found is None or found < 0 or not isinstance(exponent, int) or exponent < -_CENTS:
            return refuse("not_an_amount")
        return self._judge(found)

    @override
    def _spoken(self, value: Decimal) -> str:
        return as_money(value)
