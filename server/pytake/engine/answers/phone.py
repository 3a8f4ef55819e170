"""A telephone number."""

from typing import ClassVar, Literal

from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.brazil.phones import lacks_area, read_phone, write_phone
from pytake.engine.scope import Scope


class Phone(Kind):
    title: ClassVar[str] = "Telefone"
    example: ClassVar[str] = "(11) 98765-4321"

    kind: Literal["phone"] = "phone"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        number = read_phone(text)
        if number is not None:
            return accept(number, write_phone(number))
        return refuse("phone_without_area" if lacks_area(text) else "not_a_phone")
