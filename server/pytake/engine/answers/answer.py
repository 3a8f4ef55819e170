"""What a kind of answer gives back, and what every kind is."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from pytake.engine.choices import Option
from pytake.engine.events import Replied
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope
from pytake.engine.values import Value


class Answer(NamedTuple):
    ok: bool
    value: Value
    """What the variable will hold."""
    text: str
    """How the answer reads, tidied."""
    reason: str
    """Why it is of no use; picks the sentence in `sentences`."""
    params: Mapping[str, Any]
    option: str | None = None
    """The option chosen, of a kind that has options."""


def accept(value: Value, text: str, option: str | None = None) -> Answer:
    return Answer(ok=True, value=value, text=text, reason="", params={}, option=option)


def refuse(reason: str, **params: Any) -> Answer:
    return Answer(ok=False, value=None, text="", reason=reason, params=params)


class Kind(BaseModel, ABC):
    """A kind of answer. The fields are what the author may ask of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[str]
    example: ClassVar[str]
    """Something that would be accepted."""

    @abstractmethod
    def read(self, text: str, scope: Scope) -> Answer:
        """Judge what was written."""

    def hear(self, reply: Replied, scope: Scope) -> Answer:
        """Judge what was sent; most kinds want words, of a caption as well."""
        if not (reply.text or "").strip():
            return refuse("not_text")
        return self.read(str(reply.text).strip(), scope)

    def choices(self) -> tuple[Option, ...]:
        """Options to show with the question."""
        return ()

    def problems(self) -> Iterator[Problem]:
        return iter(())


def crossed(least: Any, most: Any) -> Iterator[Problem]:
    if least is not None and most is not None and least > most:
        yield Problem("bounds_crossed", "min")
