"""Sends a template that Meta has approved: the only message that may go when 24 hours have passed."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints
from typing_extensions import override

from pytake.engine import steps
from pytake.engine.effects import Say
from pytake.engine.fields import Text
from pytake.engine.nodes.node import Node
from pytake.engine.scope import Scope
from pytake.engine.steps import Step

_HEADER = re.compile(r"(cards\.[0-9]\.)?header")
_PLACE = r"(header|body\.\w+|header\.\w+|buttons\.[0-9])"
Key = Annotated[str, StringConstraints(pattern=rf"^(limited_time_offer|(cards\.[0-9]\.)?{_PLACE})$")]


class Template(Node):
    """The host finds the template, fills it in, and tells why if it cannot be sent."""

    type: ClassVar[str] = "template"
    title: ClassVar[str] = "Modelo"
    summary: ClassVar[str] = "Envia um modelo de mensagem aprovado pela Meta."
    sample: ClassVar[dict[str, Any]] = {"name": "pedido_enviado"}

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,512}$")]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2,3})?$")] = "pt_BR"
    parameters: Annotated[dict[Key, Text], Field(max_length=50)] = Field(default_factory=dict)
    """By the keys of the template's form: `body.1`, `buttons.0`, `cards.2.body.1`; each `header` is the
    address of a file.
    """

    @override
    def enter(self, scope: Scope) -> Step:
        filled: dict[str, Any] = {
            key: _in_one_line(scope.render(text)) for key, text in self.parameters.items()
        }
        filled |= {key: {"link": text} for key, text in filled.items() if _HEADER.fullmatch(key)}
        said = Say("template", {"name": self.name, "language": self.language, "parameters": filled})
        return steps.leave("next", said)


def _in_one_line(text: str) -> str:
    """A template takes no line breaks in its values, and customers write them."""
    return " ".join(text.split())
