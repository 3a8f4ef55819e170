"""Every kind of answer a question can ask for: one line each."""

from typing import Annotated, Final

from pydantic import Field

from pytake.engine.answers.answer import Answer, Kind
from pytake.engine.answers.anything import Anything
from pytake.engine.answers.choice import Choice
from pytake.engine.answers.date import Date, Time
from pytake.engine.answers.documents import Cep, Cnpj, Cpf
from pytake.engine.answers.email import Email
from pytake.engine.answers.number import Currency, Integer, Number
from pytake.engine.answers.phone import Phone
from pytake.engine.answers.rating import Nps, Rating
from pytake.engine.answers.text import Text
from pytake.engine.answers.yes_no import YesNo

Input = Annotated[
    Text
    | Number
    | Integer
    | Currency
    | Email
    | Phone
    | Date
    | Time
    | Cpf
    | Cnpj
    | Cep
    | YesNo
    | Choice
    | Rating
    | Nps
    | Anything,
    Field(discriminator="kind"),
]

KINDS: Final[tuple[type[Kind], ...]] = (
    Text,
    Number,
    Integer,
    Currency,
    Email,
    Phone,
    Date,
    Time,
    Cpf,
    Cnpj,
    Cep,
    YesNo,
    Choice,
    Rating,
    Nps,
    Anything,
)

__all__ = ["KINDS", "Answer", "Input", "Kind"]
