"""What evaluating is done with: where names come from, what time it is, and how much may still be spent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pytake.engine.limits import CHARACTERS_PER_STEP, MAX_EVALUATION_STEPS
from pytake.engine.values import Value, size


@dataclass(slots=True)
class Evaluation:
    """One for a whole turn: a flow cannot spend more by saying less at a time."""

    look_up: Callable[[str], Value]
    now: datetime
    """Aware, in the organization's time zone."""
    steps_left: int = MAX_EVALUATION_STEPS

    def spend(self, *values: Value) -> bool:
        """Pay for an operation on these values, by their size; whether there was enough left."""
        self.steps_left -= 1 + sum(map(_weight, values))
        return self.steps_left >= 0


Evaluate = Callable[[Evaluation], Value]


def _weight(value: Value) -> int:
    if isinstance(value, str):
        return len(value) // CHARACTERS_PER_STEP
    return size(value) // CHARACTERS_PER_STEP if isinstance(value, list | dict) else 0
