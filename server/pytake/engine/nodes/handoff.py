"""Calls a person of the team; the bot is silent from then on."""

from collections.abc import Iterator
from typing import Any, ClassVar

from typing_extensions import override

from pytake.engine import says, steps
from pytake.engine.effects import HandOff
from pytake.engine.fields import Text
from pytake.engine.handles import Handle
from pytake.engine.limits import MAX_TEXT_BODY
from pytake.engine.nodes.node import Node
from pytake.engine.problems import Problem, too_long
from pytake.engine.scope import Scope
from pytake.engine.steps import Step


class Handoff(Node):
    """Drawn on purpose, it does not ask whether the bot may hand off by itself."""

    type: ClassVar[str] = "handoff"
    title: ClassVar[str] = "Atendente"
    summary: ClassVar[str] = "Passa a conversa para uma pessoa da equipe."
    sample: ClassVar[dict[str, Any]] = {}

    text: Text | None = None
    """What the bot says before it falls silent."""

    @override
    def handles(self) -> tuple[Handle, ...]:
        return ()

    @override
    def problems(self) -> Iterator[Problem]:
        return too_long("text", self.text, MAX_TEXT_BODY)

    @override
    def enter(self, scope: Scope) -> Step:
        spoken = says.text(scope.render(self.text)) if self.text else ()
        return steps.hand_off(*spoken, HandOff("asked_for"))
