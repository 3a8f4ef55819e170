"""How large a run is: `make security` runs everything, `make test` a tenth."""

import os

FULL = os.environ.get("PYTAKE_SECURITY") == "full"  # noqa: TID251 - of the tests, no setting of PyTake


def full_or_tenth(full: int) -> int:
    return full if FULL else max(1, full // 10)
