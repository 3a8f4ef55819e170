"""What is measured while a load lasts."""

import time

from bench.figures import percentile


class Timings:
    """Only what is due within the measured time counts; `begin` says when that starts."""

    def __init__(self, warm_up: float, seconds: float) -> None:
        self.started = time.perf_counter()
        self.begin = self.started + warm_up
        self.end = self.begin + seconds
        self.seconds = seconds
        self.acks: list[float] = []
        self.replies: list[float] = []
        self.in_window = 0
        """Replies, by the time of their acceptance."""
        self.acks_in_window = 0
        self.last_message = self.last_reply = self.started

    def is_over(self) -> bool:
        return time.perf_counter() >= self.end

    def acknowledged(self, since: float) -> None:
        now = time.perf_counter()
        self.acks_in_window += self.begin <= now < self.end
        if self.begin <= since < self.end:
            self.acks.append(now - since)

    def answered(self, since: float, at: float) -> None:
        self.in_window += self.begin <= at < self.end
        self.last_reply = max(self.last_reply, at)
        if self.begin <= since < self.end:
            self.replies.append(at - since)


def milliseconds(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    return {
        "p50": percentile(values, 0.50) * 1000,
        "p99": percentile(values, 0.99) * 1000,
        "max": max(values) * 1000,
    }
