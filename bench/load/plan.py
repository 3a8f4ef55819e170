"""What a load process is told, and what it tells in the end. Both travel as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

CLOSED = "closed"
"""Each person writes again when the reply has come."""
OPEN = "open"
"""People write when their time has come, whatever became of the others' messages."""


@dataclass(frozen=True, slots=True)
class Number:
    """Whom people write to."""

    phone_number_id: str
    path: str
    """Of the webhook."""
    secret: str
    people: int
    """How many write to it at a time."""


@dataclass(frozen=True, slots=True)
class Plan:
    addresses: list[tuple[str, int]]
    """Where the webhook is; connections go to each in turn."""
    numbers: list[Number]
    graph: str
    """The socket of the stand-in that hears the replies; empty: only acknowledgements are expected."""
    seconds: float
    warm_up: float
    first_person: int
    """Phone numbers are made from here on."""
    mode: str = CLOSED
    rate: float = 0.0
    """Messages per second of an open load."""
    burst: int = 1
    """Messages that a person writes one behind the other before waiting for the replies."""
    twice: float = 0.0
    """Share of the deliveries that come twice, on two connections at the same instant."""
    statuses: tuple[str, ...] = ()
    """Told of every reply, a webhook each."""
    most_per_person: int = 40
    """Then somebody else writes: WhatsApp lets go 45 in a row, and one in six seconds behind them."""
    connections: int = 128
    patience: float = 60.0
    """Seconds that replies may take after the last message."""
    seed: int = 1

    def written(self) -> bytes:
        return orjson.dumps(asdict(self))


def read_plan(text: bytes) -> Plan:
    told = orjson.loads(text)
    told["numbers"] = [Number(**number) for number in told["numbers"]]
    told["addresses"] = [(host, port) for host, port in told["addresses"]]
    return Plan(**told)


@dataclass(slots=True)
class Outcome:
    posted: int = 0
    """Messages, whether delivered once or twice."""
    acknowledged: int = 0
    answered: int = 0
    rate: float = 0.0
    """Replies (or acknowledgements, where no reply is expected) per second of the measured time."""
    ack_ms: dict[str, float] = field(default_factory=dict)
    """p50, p99 and max over the webhooks of the measured time."""
    reply_ms: dict[str, float] = field(default_factory=dict)
    """The same from a message's time to the acceptance of its reply."""
    refused: dict[str, int] = field(default_factory=dict)
    """Answers other than 200, by status; the webhook was sent again each time, as Meta does."""
    resent: int = 0
    """Webhooks sent again because their connection had ended."""
    drained_after: float = 0.0
    """Seconds from the last message to the last reply."""
    cpu_seconds: float = 0.0
    said: dict[str, list[str]] = field(default_factory=dict)
    """By `phone_number_id:wa_id`, what the person wrote, in order."""

    def written(self) -> bytes:
        return orjson.dumps(asdict(self))


def read_outcome(text: bytes) -> Outcome:
    told: dict[str, Any] = orjson.loads(text)
    return Outcome(**told)
