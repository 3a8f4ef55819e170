"""Options a person can choose from, and which one they meant when they typed instead of tapping."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from pytake.engine.fields import Text
from pytake.engine.scope import Scope
from pytake.engine.text import fold

_ORDINAL: Final = re.compile(r"(?:(?:a )?(?:opcao|numero|item|n|no) )?([0-9]{1,3})")
_ID: Final = r"^[A-Za-z0-9_-]{1,40}$"


def _section_title(value: Any) -> Any:
    return value or None


class Option(BaseModel):
    """One button or row. Exits are named after its id; without one, the title serves as id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=_ID)]
    title: Text
    description: Text | None = None
    value: str | None = None
    """What the variable holds when this is chosen; the title if nothing is said."""

    @model_validator(mode="before")
    @classmethod
    def named_by_title(cls, given: Any) -> Any:
        """`"Sim"` and `{"title": "Sim"}` are options too; their id is the title, folded."""
        option = {"title": given} if isinstance(given, str) else given
        if isinstance(option, dict) and not option.get("id") and isinstance(option.get("title"), str):
            return {**option, "id": _id_of(option["title"])}
        return option


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[Text | None, BeforeValidator(_section_title)] = None
    rows: tuple[Option, ...]


def _id_of(title: str) -> str:
    """Readable where the title has words; any title has one."""
    codes = "-".join(f"{ord(character):x}" for character in title.strip())
    return (fold(title).encode("ascii", "ignore").decode().replace(" ", "-") or codes or "_")[:40]


def meant(options: Sequence[Option], scope: Scope) -> Option | None:
    """The option that was tapped; else whose title, number, beginning or some words of it were typed, in that
    order and only if it is one.

    The title goes before the number, because a title may be a number: of "2", "4" and "6", "2" is the first.
    """
    if scope.option is not None:
        return next((option for option in options if option.id == scope.option), None)
    typed = (scope.message or "").strip()
    titles = [scope.render(option.title, quiet=True).strip() for option in options]
    for found in _readings(typed, titles):
        if found is not None:
            return options[found]
    return None


def _readings(typed: str, titles: Sequence[str]) -> Iterator[int | None]:
    folded, known = fold(typed), [fold(title) for title in titles]
    yield titles.index(typed) if typed in titles else None
    if folded:
        yield known.index(folded) if folded in known else None
        yield _by_number(folded, len(titles))
        yield _only(title.startswith(folded) for title in known)
        yield _only(f" {folded} " in f" {title} " for title in known)


def _by_number(folded: str, count: int) -> int | None:
    found = _ORDINAL.fullmatch(folded)
    return int(found[1]) - 1 if found and 1 <= int(found[1]) <= count else None


def _only(fits: Iterable[bool]) -> int | None:
    """The place of the one that fits, if it is one."""
    places = [place for place, fit in enumerate(fits) if fit]
    return places[0] if len(places) == 1 else None
