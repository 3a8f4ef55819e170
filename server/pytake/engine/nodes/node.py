"""What every kind of node is: content that pydantic reads once, and what to do when a run comes by."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from pytake.engine.events import Event
from pytake.engine.expressions import Expression, Template
from pytake.engine.handles import NEXT, Handle
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope
from pytake.engine.steps import Step


class Node(BaseModel, ABC):
    """The fields are the node's `content`. Reading it compiles it; visiting it validates nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]
    title: ClassVar[str]
    """What people call it, in Portuguese."""
    summary: ClassVar[str]
    sample: ClassVar[dict[str, Any]]
    """The smallest content that is right."""
    events: ClassVar[Sequence[Any]] = ()
    """Classes of events of its own, beyond those every host knows."""
    spelled_before: ClassVar[Mapping[str, str]] = {}
    """Older names of fields that are still accepted: new → old."""

    @property
    def waits(self) -> bool:
        """Whether a run stops here until something happens."""
        return False

    def handles(self) -> tuple[Handle, ...]:
        return (NEXT,)

    @abstractmethod
    def enter(self, scope: Scope) -> Step: ...

    def resume(self, scope: Scope, event: Event) -> Step:
        """Only a node that waits is resumed; any other is simply visited again."""
        del event
        return self.enter(scope)

    def problems(self) -> Iterator[Problem]:
        """What pydantic cannot see: mistakes between fields, and WhatsApp's limits."""
        return iter(())

    def reads(self) -> frozenset[str]:
        """Names its texts and expressions start from."""
        return frozenset(_names(self))

    def writes(self) -> frozenset[str]:
        return frozenset()

    def targets(self) -> tuple[tuple[str, str], ...]:
        """Nodes it can go to without an exit, each with the field that says so."""
        return ()

    @property
    def restarts(self) -> bool:
        """Whether it can go back to the start."""
        return False

    def options(self) -> frozenset[str]:
        """Ids of what can be tapped in its messages."""
        return frozenset()


def _names(value: Any) -> Iterable[str]:
    if isinstance(value, Template | Expression):
        yield from value.names
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _names(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _names(item)
