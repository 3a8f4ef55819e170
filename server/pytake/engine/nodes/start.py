"""Where a flow begins."""

from typing import Any, ClassVar

from pydantic import Field
from typing_extensions import override

from pytake.engine.fields import Operand, Variable
from pytake.engine.limits import MAX_START_VARIABLES
from pytake.engine.nodes.node import Node
from pytake.engine.scope import Scope
from pytake.engine.steps import Step, leave


class Start(Node):
    """Exactly one per flow. Variables the run already has are kept."""

    type: ClassVar[str] = "start"
    title: ClassVar[str] = "Início"
    summary: ClassVar[str] = "Onde a conversa começa. Pode preencher variáveis com um valor inicial."
    sample: ClassVar[dict[str, Any]] = {}

    variables: dict[Variable, Operand] = Field(default_factory=dict, max_length=MAX_START_VARIABLES)

    @override
    def writes(self) -> frozenset[str]:
        return frozenset(self.variables)

    @override
    def enter(self, scope: Scope) -> Step:
        fresh = {
            name: scope.operand(value)
            for name, value in self.variables.items()
            if name not in scope.variables
        }
        return leave("next", remember=fresh)
