"""What `pytake up` has decided, as the supervisor is told it."""

import json
from dataclasses import asdict, dataclass

VARIABLE = "PYTAKE_UP_PLAN"
"""In the environment rather than the arguments: addresses may carry passwords, and `ps` shows arguments."""


@dataclass(frozen=True, slots=True)
class Plan:
    data_dir: str
    host: str
    port: int
    simulator_port: int
    public_url: str
    database_url: str | None
    redis_url: str | None
    mongodb_url: str | None
    demo: bool
    """The simulator plays Meta, and there is an organization to begin with."""
    reset: bool
    as_json: bool

    @property
    def simulator_url(self) -> str:
        return f"http://{self.host}:{self.simulator_port}"

    def written(self) -> str:
        return json.dumps(asdict(self))


def read_plan(text: str) -> Plan:
    return Plan(**json.loads(text))
