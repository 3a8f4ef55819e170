"""CPF, CNPJ and CEP."""

from typing import ClassVar, Literal

from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.brazil import documents
from pytake.engine.scope import Scope


class Cpf(Kind):
    title: ClassVar[str] = "CPF"
    example: ClassVar[str] = "529.982.247-25"

    kind: Literal["cpf"] = "cpf"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        digits = documents.read_cpf(text)
        return refuse("not_a_cpf") if digits is None else accept(digits, documents.write_cpf(digits))


class Cnpj(Kind):
    title: ClassVar[str] = "CNPJ"
    example: ClassVar[str] = "12.ABC.345/01DE-35"

    kind: Literal["cnpj"] = "cnpj"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        characters = documents.read_cnpj(text)
        if characters is None:
            return refuse("not_a_cnpj")
        return accept(characters, documents.write_cnpj(characters))


class Cep(Kind):
    title: ClassVar[str] = "CEP"
    example: ClassVar[str] = "01310-100"

    kind: Literal["cep"] = "cep"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        digits = documents.read_cep(text)
        return refuse("not_a_cep") if digits is None else accept(digits, documents.write_cep(digits))
