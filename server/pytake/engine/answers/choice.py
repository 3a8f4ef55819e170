"""One of several options."""

from typing import ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.choices import Option, meant
from pytake.engine.scope import Scope


class Choice(Kind):
    """The variable holds the title, or the option's `value`."""

    title: ClassVar[str] = "Escolha"
    example: ClassVar[str] = "2"

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=1)

    @override
    def choices(self) -> tuple[Option, ...]:
        return self.options

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        option = meant(self.options, scope)
        if option is None:
            return refuse("not_an_option")
        title = scope.render(option.title, quiet=True).strip()
        return accept(title if option.value is None else option.value, title, option.id)
