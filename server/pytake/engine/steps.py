"""What a node answers with: what to say, what to remember, and where to go."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytake.engine.effects import Say
from pytake.engine.values import Value


@dataclass(frozen=True, slots=True)
class Leave:
    """Through one of the node's own exits."""

    handle: str


@dataclass(frozen=True, slots=True)
class Go:
    """To another node, without an exit."""

    node_id: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Back to the start; `forget` drops the variables."""

    forget: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Here, until the person answers or the time is up."""

    timeout: int | None = None
    attempts: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class End:
    """The run is complete."""

    outcome: str = "completed"
    close: bool = False


Then = Leave | Go | Begin | Wait | End


@dataclass(frozen=True, slots=True)
class Step:
    then: Then
    says: tuple[Say, ...] = ()
    remember: Mapping[str, Value] = field(default_factory=dict)


def leave(handle: str, *says: Say, remember: Mapping[str, Value] | None = None) -> Step:
    return Step(Leave(handle), says, remember or {})


def wait(*says: Say, timeout: int | None = None, attempts: int = 0, page: int = 0) -> Step:
    return Step(Wait(timeout, attempts, page), says)


def end(*says: Say, outcome: str = "completed", close: bool = False) -> Step:
    return Step(End(outcome, close), says)
