"""A day, and an hour."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator
from typing_extensions import override

from pytake.engine.answers.answer import Answer, Kind, accept, crossed, refuse
from pytake.engine.brazil.dates import NoSuchDayError, read_date, read_time
from pytake.engine.fields import wrong
from pytake.engine.problems import Problem
from pytake.engine.scope import Scope

_RELATIVE: Final = re.compile(r"(?:today|hoje)(?:\s*([+-])\s*([0-9]{1,4}))?")


def _bound(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value.strip().lower() if value else None
    raise wrong("field_type", expected="uma data como 2026-12-25, today ou today+2")


def _checked(value: str | None) -> str | None:
    if value is not None and not _RELATIVE.fullmatch(value) and _iso(value) is None:
        raise wrong("field_pattern")
    return value


def _iso(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


DayBound = Annotated[str | None, BeforeValidator(_bound), AfterValidator(_checked)]


def _resolved(bound: str | None, today: date) -> date | None:
    found = _RELATIVE.fullmatch(bound or "")
    if bound is None or found is None:
        return None if bound is None else _iso(bound)
    days = int(found[2] or 0)
    return today + timedelta(days=-days if found[1] == "-" else days)


class Date(Kind):
    title: ClassVar[str] = "Data"
    example: ClassVar[str] = "amanhã, 25/12, 25/12/2026, sexta"

    kind: Literal["date"] = "date"
    min: DayBound = None
    """A day as 2026-12-25, or `today`, `today+2`."""
    max: DayBound = None

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        today = scope.now.date()
        least, most = _resolved(self.min, today), _resolved(self.max, today)
        try:
            found = read_date(text, today, backwards=most is not None and most <= today)
        except NoSuchDayError:
            return refuse("date_impossible")
        if found is None:
            return refuse("not_a_date")
        if least is not None and found < least:
            return refuse("too_early", min=f"{least:%d/%m/%Y}")
        if most is not None and found > most:
            return refuse("too_late", max=f"{most:%d/%m/%Y}")
        return accept(found, f"{found:%d/%m/%Y}")

    @override
    def problems(self) -> Iterator[Problem]:
        return crossed(_iso(self.min or ""), _iso(self.max or ""))


def _clock(value: Any) -> Any:
    found = read_time(value) if isinstance(value, str) else None
    if value is not None and found is None:
        raise wrong("field_type", expected="um horário como 14:30")
    return None if found is None else f"{found:%H:%M}"


HourBound = Annotated[str | None, BeforeValidator(_clock)]


class Time(Kind):
    title: ClassVar[str] = "Horário"
    example: ClassVar[str] = "14:30, 14h, 2 da tarde"

    kind: Literal["time"] = "time"
    min: HourBound = None
    max: HourBound = None

    @override
    def read(self, text: str, scope: Scope) -> Answer:
        found: time | None = read_time(text)
        if found is None:
            return refuse("not_a_time")
        written = f"{found:%H:%M}"
        if self.min is not None and written < self.min:
            return refuse("time_too_early", min=self.min)
        if self.max is not None and written > self.max:
            return refuse("time_too_late", max=self.max)
        return accept(written, written)

    @override
    def problems(self) -> Iterator[Problem]:
        return crossed(self.min, self.max)
