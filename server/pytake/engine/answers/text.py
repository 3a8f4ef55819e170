"""Words."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, crossed, refuse
from pytake.engine.fields import Regex
from pytake.engine.limits import MAX_TEXT_BODY
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope


class Text(Kind):
    title: ClassVar[str] = "Texto"
    example: ClassVar[str] = "Maria da Silva"

    kind: Literal["text"] = "text"
    min: int | None = Field(default=None, ge=1, le=MAX_TEXT_BODY)
    max: int | None = Field(default=None, ge=1, le=MAX_TEXT_BODY)
    regex: Regex | None = None
    """The whole answer must match."""

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        if self.min is not None and len(text) < self.min:
            return refuse("too_short", min=self.min)
        if self.max is not None and len(text) > self.max:
            return refuse("too_long", max=self.max)
        if self.regex is not None and not self.regex.matches(text):
            return refuse("not_in_format")
        return accept(text, text)

    @override
    def problems(self) -> Iterator[Problem]:
        return crossed(self.min, self.max)
