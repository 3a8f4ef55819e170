"""Where a flow ends on purpose."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import StringConstraints
from typing_extensions import override

from pytake.engine import says, steps
from pytake.engine.fields import Text
from pytake.engine.handles import Handle
from pytake.engine.limits import MAX_TEXT_BODY
from pytake.engine.nodes.node import Node
from pytake.engine.problems import Problem, too_long
from pytake.engine.scope import Scope
from pytake.engine.steps import Step


class End(Node):
    type: ClassVar[str] = "end"
    title: ClassVar[str] = "Fim"
    summary: ClassVar[str] = "Encerra o fluxo, com uma despedida se quiser, e diz como terminou."
    sample: ClassVar[dict[str, Any]] = {}

    text: Text | None = None
    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,50}$")] = "completed"
    """completed, converted, abandoned, or a word of your own for the reports."""
    close: bool = False
    """Whether the conversation is resolved as well."""

    @override
    def handles(self) -> tuple[Handle, ...]:
        return ()

    @override
    def problems(self) -> Iterator[Problem]:
        return too_long("text", self.text, MAX_TEXT_BODY)

    @override
    def enter(self, scope: Scope) -> Step:
        farewell = says.text(scope.render(self.text)) if self.text else ()
        return steps.end(*farewell, outcome=self.outcome, close=self.close)
