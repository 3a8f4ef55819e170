"""How large a run is, and the seed that repeats it."""

import os
import random

FULL = os.environ.get("PYTAKE_FAULTS") == "full"  # noqa: TID251 - of the tests, no setting of PyTake
SEED = int(os.environ.get("PYTAKE_FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))  # noqa: TID251 - of the tests, no setting of PyTake


def full_or_tenth(full: int, tenth: int | None = None) -> int:
    """The figure of the full form, or a tenth of it (or what is given for it)."""
    if FULL:
        return full
    return max(1, full // 10) if tenth is None else tenth
