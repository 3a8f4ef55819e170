"""Whatever comes."""

from typing import ClassVar, Literal

from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept
from pytake.engine.events import Replied
from pytake.engine.scope import Scope
from pytake.engine.values import from_outside


class Anything(Kind):
    """Words are kept as text; a picture, an audio or a place as an object with its `type`."""

    title: ClassVar[str] = "Qualquer resposta"
    example: ClassVar[str] = "(um áudio)"

    kind: Literal["any"] = "any"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        return accept(text, text)

    @override
    def hear(self, reply: Replied, scope: Scope) -> Answer:
        text = (reply.text or "").strip()
        if reply.kind in {"text", "interactive", "button"} or not reply.content:
            return self.read(text, scope)
        return accept({**from_outside(reply.content), "type": reply.kind}, text)
