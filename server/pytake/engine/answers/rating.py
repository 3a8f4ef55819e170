"""A mark on a scale."""

import re
from typing import ClassVar, Final, Literal

from pydantic import Field
from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, refuse
from pytake.engine.brazil.numbers import read_number
from pytake.engine.scope import Scope

_LONGEST: Final = 100
_STARS: Final = re.compile("(?:[⭐★🌟]\N{VARIATION SELECTOR-16}?\\s*)+")
_OF: Final = re.compile(r"(?:/|de) ?[0-9]{1,3}\Z")


def _mark(text: str, least: int, most: int) -> Answer:
    """“4”, “nota 4”, “4 de 5”, or as many stars."""
    stars = len(re.findall("[⭐★🌟]", text)) if _STARS.fullmatch(text) else None
    found = stars if stars is not None else read_number(_OF.sub("", text[:_LONGEST]))
    if found is None or found != int(found) or not least <= found <= most:
        return refuse("not_a_rating", min=least, max=most)
    return accept(int(found), str(int(found)))


class Rating(Kind):
    title: ClassVar[str] = "Nota"
    example: ClassVar[str] = "5"

    kind: Literal["rating"] = "rating"
    max: int = Field(default=5, ge=2, le=10)

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        return _mark(text, 1, self.max)


class Nps(Kind):
    title: ClassVar[str] = "NPS"
    example: ClassVar[str] = "10"

    kind: Literal["nps"] = "nps"

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        return _mark(text, 0, 10)
