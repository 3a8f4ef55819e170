"""What is told to go wrong: rules that fire a number of times, or by chance, on the calls they match."""

import random
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from simulator.identifiers import numeric_id

Json = dict[str, Any]
GraphAction = Literal["error", "html", "lost", "cut", "slow", "hang", "hold", "spoiled"]
StatusAction = Literal["late", "swapped", "duplicated", "dropped", "failed"]
WebhookAction = Literal["duplicated", "delayed", "unsigned", "badly_signed"]

ACTIONS: dict[str, tuple[str, ...]] = {
    "graph": get_args(GraphAction),
    "status": get_args(StatusAction),
    "webhook": get_args(WebhookAction),
}
_ACCEPTS_FIRST = frozenset({"lost", "slow", "hang", "hold"})


class FaultError(ValueError):
    """A rule that makes no sense."""


@dataclass(slots=True)
class Fault:
    side: Literal["graph", "status", "webhook"]
    action: str
    times: int | None = None
    """How often it still fires; None is without end."""
    probability: float = 1.0
    endpoint: str = "messages"
    """Of the Graph side; `*` is any."""
    to: str | None = None
    """Only for this person (wa_id or user id)."""
    number: str | None = None
    """Only for this phone_number_id."""
    type: str | None = None
    """Only for this type of message."""
    code: int | None = None
    http_status: int | None = None
    seconds: float = 0.0
    jitter: float = 0.0
    """Up to so many seconds more, by chance."""
    copies: int = 2
    statuses: list[str] = field(default_factory=list)
    """Only these statuses; empty is all."""
    accepts: bool | None = None
    """Whether the message was taken before the trouble; None leaves it to the action."""
    id: str = field(default_factory=lambda: numeric_id(8))
    fired: int = 0

    def __post_init__(self) -> None:
        if self.side not in ACTIONS:
            raise FaultError(f"side must be one of {', '.join(ACTIONS)}.")
        if self.action not in ACTIONS[self.side]:
            raise FaultError(f"action of {self.side} must be one of {', '.join(ACTIONS[self.side])}.")

    @property
    def takes_first(self) -> bool:
        return self.action in _ACCEPTS_FIRST if self.accepts is None else self.accepts

    def matches(self, *, number: str | None, to: tuple[str, ...], kind: str | None) -> bool:
        return (
            (self.number is None or self.number == number)
            and (self.to is None or self.to in to)
            and (self.type is None or self.type == kind)
        )


class Faults:
    def __init__(self, seed: int | None = None) -> None:
        self._rules: list[Fault] = []
        self.chance = random.Random(seed)

    def seed(self, seed: int | None) -> None:
        self.chance.seed(seed)

    def add(self, fault: Fault) -> Fault:
        self._rules.append(fault)
        return fault

    def clear(self, identity: str | None = None) -> int:
        before = len(self._rules)
        self._rules = [] if identity is None else [rule for rule in self._rules if rule.id != identity]
        return before - len(self._rules)

    def all(self) -> list[Json]:
        return [asdict(rule) for rule in self._rules]

    def seconds(self, fault: Fault) -> float:
        return fault.seconds + (self.chance.random() * fault.jitter if fault.jitter else 0.0)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def on_call(
        self, endpoint: str, *, number: str | None = None, to: tuple[str, ...] = (), kind: str | None = None
    ) -> Fault | None:
        for rule in self._rules:
            if (
                rule.side == "graph"
                and rule.endpoint in {endpoint, "*"}
                and rule.matches(number=number, to=to, kind=kind)
                and self._fires(rule)
            ):
                return rule
        return None

    def on_message(self, *, number: str, to: tuple[str, ...], kind: str) -> list[Fault]:
        """The status rules that fire for a message; several may."""
        return self._all_that_fire("status", number=number, to=to, kind=kind)

    def on_webhook(self, *, number: str, to: tuple[str, ...], kind: str) -> list[Fault]:
        return self._all_that_fire("webhook", number=number, to=to, kind=kind)

    def _all_that_fire(self, side: str, *, number: str, to: tuple[str, ...], kind: str) -> list[Fault]:
        if not self._rules:
            return []
        return [
            rule
            for rule in tuple(self._rules)
            if rule.side == side and rule.matches(number=number, to=to, kind=kind) and self._fires(rule)
        ]

    def _fires(self, rule: Fault) -> bool:
        if rule.times is not None and rule.fired >= rule.times:
            return False
        if rule.probability < 1.0 and self.chance.random() >= rule.probability:
            return False
        rule.fired += 1
        return True
