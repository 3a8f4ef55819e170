"""A line too long to draw: to another node of the same flow, or back to its beginning."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal
from uuid import UUID

from typing_extensions import override

from pytake.engine.handles import Handle
from pytake.engine.nodes.node import Node
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope
from pytake.engine.steps import Begin, Go, Step


class Jump(Node):
    type: ClassVar[str] = "jump"
    title: ClassVar[str] = "Salto"
    summary: ClassVar[str] = "Leva a outro bloco do mesmo fluxo, ou de volta ao início."
    sample: ClassVar[dict[str, Any]] = {"mode": "restart"}

    mode: Literal["goto", "restart"] = "goto"
    node_id: UUID | None = None
    """Where to, for `goto`."""
    keep_variables: bool = True
    """Whether `restart` keeps what was answered so far."""

    @override
    def handles(self) -> tuple[Handle, ...]:
        return ()

    @override
    def problems(self) -> Iterator[Problem]:
        if self.mode == "goto" and self.node_id is None:
            yield Problem("field_required", "node_id")

    @override
    def targets(self) -> tuple[tuple[str, str], ...]:
        return (("node_id", str(self.node_id)),) if self.mode == "goto" and self.node_id else ()

    @property
    @override
    def restarts(self) -> bool:
        return self.mode == "restart"

    @override
    def enter(self, scope: Scope) -> Step:
        if self.restarts:
            return Step(Begin(forget=not self.keep_variables))
        return Step(Go(str(self.node_id)))
