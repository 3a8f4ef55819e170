"""What time it is, here. It can be shifted, so that a day passes in a test without waiting for it."""

import time


class Clock:
    def __init__(self, shifted_by: float = 0.0) -> None:
        self.shifted_by = shifted_by

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.shifted_by

    def shift(self, seconds: float) -> None:
        self.shifted_by += seconds
