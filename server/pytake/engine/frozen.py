"""What never changes once it is made, at the price of what may; as in `kit`, unknown to the engine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """A dataclass that the type checker holds to be frozen, for types made many times for each message.

    `dataclass(frozen=True)` sets each field by a call of `object.__setattr__`, and making one costs several
    times as much: a hundredth of all that a message costs. Here the interpreter stops nobody; the checks do.
    """
    make: Callable[[type[T]], type[T]] = dataclass(slots=True, unsafe_hash=True)
    return make(cls)
