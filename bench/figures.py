"""The arithmetic of the table."""

from collections.abc import Mapping, Sequence
from statistics import median

Figures = Mapping[str, float]
"""What one measurement found, by name; the name ends with the unit: `replies/s`, `ack p99 ms`."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed (nearest rank). Raises ValueError without values."""
    if not values:
        raise ValueError("there is no percentile of nothing")
    rank = max(1, -(-len(values) * round(share * 10_000) // 10_000))
    return sorted(values)[rank - 1]


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios round by round: what slows both in a round cancels itself."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))


def spread(values: Sequence[float]) -> float:
    """How many times the least the greatest is."""
    return max(values) / min(values)
