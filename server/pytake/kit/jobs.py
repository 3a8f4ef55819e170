"""Work for later, as typed declarations. A job is a nudge: it carries no data, only where to look.

A job is declared with `@job(Queue.X)` in a domain's `jobs.py` (name and arguments, no body) and done by a
function decorated with `handles(...)` from `pytake.runtime` in its `tasks.py`.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, ParamSpec, Protocol
from uuid import UUID

from pytake.kit.frozen import frozen

P = ParamSpec("P")


class Queue(StrEnum):
    """The four queues of the specification; each has its own routing key and its own Redis list."""

    HIGH = "celery:high_priority"
    DEFAULT = "celery:default"
    LOW = "celery:low_priority"
    SCHEDULED = "celery:scheduled"


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    name: str
    queue: Queue
    signature: inspect.Signature = field(repr=False, compare=False)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> "Nudge":
        """Bind the arguments; nothing is queued yet."""
        bound = self.signature.bind(*args, **kwargs)
        return Nudge(self, tuple(bound.arguments.values()))

    def read(self, arguments: Sequence[str]) -> tuple[Any, ...]:
        """Give JSON arguments back their declared types."""
        kinds = [parameter.annotation for parameter in self.signature.parameters.values()]
        return tuple(kind(value) for kind, value in zip(kinds, arguments, strict=True))


@frozen
class Nudge:
    """A job with its arguments: hashable, so that a batch of nudges is a set."""

    job: Job[...]
    arguments: tuple[UUID | str | int, ...]

    def written(self) -> list[str]:
        return [str(argument) for argument in self.arguments]


def job(queue: Queue) -> Callable[[Callable[P, None]], Job[P]]:
    """Declare a job. Its name is `<domain>.<function>`; annotations must be UUID, str or int."""

    def declare(function: Callable[P, None]) -> Job[P]:
        domain = function.__module__.split(".")[-2]
        return Job(f"{domain}.{function.__name__}", queue, inspect.signature(function))

    return declare


class JobQueue(Protocol):
    """Where nudges go. Losing one costs delay, never data: a sweep finds what nobody was told about."""

    async def push(self, nudges: Sequence[Nudge]) -> None:
        """Hand the nudges over, soon. Never raises and never waits for a broker that is away."""
        ...
