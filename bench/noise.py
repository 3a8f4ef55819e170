"""Whether the machine was quiet enough for its figures to mean something.

Two witnesses: a fixed piece of work on every core at once, timed before and after each measurement; and the
processor time that was used during it by processes that are not ours.
"""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bench.figures import spread

BLOCK = bytes(1024 * 1024)
BLOCKS = 120
"""Some 100 ms on a processor of 2020."""

MOST_SPREAD = 1.25
MOST_STRANGERS = 0.10
"""A tenth of the machine."""


@dataclass(slots=True)
class Quiet:
    calibrations: list[float] = field(default_factory=list)
    """Seconds that the fixed work took, each time."""
    strangers: list[float] = field(default_factory=list)
    """Share of the machine that others used, during each measurement."""

    @property
    def spread(self) -> float:
        return spread(self.calibrations) if self.calibrations else 1.0

    @property
    def strangers_at_most(self) -> float:
        return max(self.strangers, default=0.0)

    @property
    def is_noisy(self) -> bool:
        return self.spread > MOST_SPREAD or self.strangers_at_most > MOST_STRANGERS

    def written(self) -> dict[str, Any]:
        return {
            "noisy": self.is_noisy,
            "calibration_spread": self.spread,
            "calibrations_ms": [round(seconds * 1000, 1) for seconds in self.calibrations],
            "others_share": [round(share, 3) for share in self.strangers],
        }


def calibrate(threads: int | None = None, blocks: int | None = None) -> float:
    """Seconds of fixed work on every core. Hashing lets go of the interpreter's lock."""
    count = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(count) as pool:
        began = time.perf_counter()
        list(pool.map(_hash, [blocks or BLOCKS] * count))
        return time.perf_counter() - began


def _hash(blocks: int) -> str:
    digest = hashlib.sha256()
    for _ in range(blocks):
        digest.update(BLOCK)
    return digest.hexdigest()


def strangers_share(busy: float, ours: float, elapsed: float, cores: int) -> float:
    """Of the machine's processor time, the share that was used and not by us."""
    return max(0.0, busy - ours) / (elapsed * cores)
