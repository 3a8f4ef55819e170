"""One evaluation: where names come from, what time it is, and how much may still be spent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pytake.engine.limits import MAX_EVALUATION_STEPS
from pytake.engine.values import Value


@dataclass(slots=True)
class Evaluation:
    look_up: Callable[[str], Value]
    now: datetime
    """Aware, in the organization's time zone."""
    steps_left: int = MAX_EVALUATION_STEPS


Evaluate = Callable[[Evaluation], Value]
