"""How often a node asks again, and how long it waits."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pytake.engine.fields import Seconds, Text
from pytake.engine.limits import MAX_ATTEMPTS
from pytake.engine.scope import Scope


class Retry(BaseModel):
    """After `max` answers that cannot be used, the node is left by `invalid`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max: int = Field(default=3, ge=1, le=MAX_ATTEMPTS)
    messages: tuple[Text, ...] = Field(default=(), max_length=MAX_ATTEMPTS)
    """What to say at the first, second … time; the last one is repeated. Empty: a sentence for the reason."""

    @model_validator(mode="before")
    @classmethod
    def counted(cls, given: Any) -> Any:
        """A bare number is the count; a lone `text` is a list of one."""
        if isinstance(given, int) and not isinstance(given, bool):
            return {"max": given}
        if isinstance(given, dict) and "text" in given:
            rest = {name: value for name, value in given.items() if name != "text"}
            return {"messages": [given["text"]], **rest}
        return given

    def exhausted(self, scope: Scope) -> bool:
        return scope.attempts + 1 >= self.max

    def sentence(self, scope: Scope, otherwise: str) -> str:
        if not self.messages:
            return otherwise
        chosen = self.messages[min(scope.attempts, len(self.messages) - 1)]
        return scope.render(chosen).strip() or otherwise


class Timeout(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Seconds

    @model_validator(mode="before")
    @classmethod
    def bare(cls, given: Any) -> Any:
        return {"after": given} if isinstance(given, int | str) else given


def seconds(timeout: Timeout | None) -> int | None:
    return None if timeout is None else timeout.after
