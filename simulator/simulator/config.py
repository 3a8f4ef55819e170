"""Everything the simulator can be told at its start: one JSON file, one dataclass."""

from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import orjson

Json = dict[str, Any]


class ConfigError(ValueError):
    """A configuration nobody can follow; the message names the key."""


@dataclass(slots=True)
class StatusDelays:
    """Seconds between accepting a message and telling each status."""

    sent: float = 0.15
    delivered: float = 0.4
    read: float = 0.9


@dataclass(slots=True)
class Retries:
    """Meta repeats a refused webhook for seven days, ever more slowly. The default starts fast, for demos."""

    first: float = 0.5
    factor: float = 2.0
    ceiling: float = 60.0
    give_up_after: float = 7 * 86400.0


@dataclass(slots=True)
class Batching:
    """How many updates may share one webhook, and how long the first of them waits for company."""

    most: int = 1
    wait: float = 0.0


@dataclass(slots=True)
class Limits:
    number_per_second: float = 80.0
    """Per number, in messages we accept; 0 switches the limit off. A number may have its own."""
    pair_seconds: float = 6.0
    """One message per so many seconds to the same person; 0 switches the limit off."""
    pair_burst: int = 45


@dataclass(slots=True)
class Config:
    host: str = "127.0.0.1"
    port: int = 8001
    data: Path | None = None
    """Where the log and the state live. Without it everything is forgotten at the end."""
    seed: int | None = None
    statuses: StatusDelays = field(default_factory=StatusDelays)
    reads: Literal["when_open", "always", "never"] = "when_open"
    retries: Retries = field(default_factory=Retries)
    batching: Batching = field(default_factory=Batching)
    limits: Limits = field(default_factory=Limits)
    webhook_concurrency: int = 64
    webhook_timeout: float = 5.0
    webhooks_in_order: bool = True
    """One person's webhooks one after the other, unless a fault says otherwise. Meta promises no order."""
    window_hours: float = 24.0
    window_refusal: Literal["status", "answer"] = "status"
    """A closed window: accepted and then `failed`, as Meta does, or refused at once."""
    unknown_recipients: Literal["undeliverable", "create"] = "undeliverable"
    free_service_messages: int = 1000
    """Per number and month; after them a service message is billable."""
    templates: Literal["shape", "exact"] = "shape"
    """What a template message is held against: its own shape, or the template that exists."""
    template_review: Literal["by_rule", "approve", "by_hand"] = "by_rule"
    """Who decides about a template that was submitted; on the account's page anybody can at any time."""
    template_review_seconds: float = 3.0
    log_bodies: bool = True
    log_kept: int = 20_000
    chat_kept: int = 300
    messages_kept: int = 100_000
    apps: list[Json] = field(default_factory=list)
    wabas: list[Json] = field(default_factory=list)
    numbers: list[Json] = field(default_factory=list)
    customers: list[Json] = field(default_factory=list)


def load_config(path: Path) -> Config:
    try:
        raw = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ConfigError(f"{path} is not JSON: {error}") from error
    return read_config(raw)


def read_config(raw: object) -> Config:
    built = _build(Config, raw, "the configuration")
    if not isinstance(built, Config):
        raise ConfigError("The configuration is not an object.")
    return built


def _build(kind: Any, raw: object, where: str) -> object:
    if not isinstance(raw, dict):
        raise ConfigError(f"{where} must be an object.")
    hints = get_type_hints(kind)
    known = {each.name for each in fields(kind)}
    unknown = sorted(set(raw) - known)
    if unknown:
        raise ConfigError(
            f"{where} has unknown keys: {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
        )
    return kind(**{name: _value(hints[name], value, name) for name, value in raw.items()})


def _value(hint: Any, value: object, where: str) -> object:
    if is_dataclass(hint):
        return _build(hint, value, where)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ConfigError(f"{where} must be one of {', '.join(get_args(hint))}.")
        return value
    if Path in get_args(hint):
        return None if value is None else Path(str(value))
    if hint is float and isinstance(value, int):
        return float(value)
    if isinstance(hint, type) and not isinstance(value, hint):
        raise ConfigError(f"{where} must be {hint.__name__}, not {type(value).__name__}.")
    return value
