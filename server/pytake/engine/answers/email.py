"""An e-mail address, judged by its form."""

import re
from typing import ClassVar, Final, Literal

from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.scope import Scope

_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(
    rf"([A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*)@((?:{_LABEL}\.)+[A-Za-z]{{2,63}})"
)
_MAX_LOCAL: Final = 64
_MAX_ADDRESS: Final = 254


class Email(Kind):
    title: ClassVar[str] = "E-mail"
    example: ClassVar[str] = "nome@exemplo.com"

    kind: Literal["email"] = "email"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        written = text.strip("<>()[].,;: ")
        found = _ADDRESS.fullmatch(written) if len(written) <= _MAX_ADDRESS else None
        if found is None or len(found[1]) > _MAX_LOCAL:
            return refuse("not_an_email")
        address = f"{found[1]}@{found[2].lower()}"
        return accept(address, address)
