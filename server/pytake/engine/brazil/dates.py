"""Days and hours as people in Brazil write them."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from pytake.engine.text import fold, loose

WEEKDAYS: Final = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)
MONTHS: Final = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)

_RELATIVE: Final = {
    "hoje": 0,
    "amanha": 1,
    "amanhan": 1,
    "depois de amanha": 2,
    "ontem": -1,
    "anteontem": -2,
}
_WEEKDAY_WORDS: Final = {fold(name).split()[0]: at for at, name in enumerate(WEEKDAYS)}
_MONTH_WORDS: Final = {word: at for at, name in enumerate(MONTHS, 1) for word in (fold(name), fold(name)[:3])}
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?:\s*[/.-]\s*([0-9]{4}|[0-9]{2}))?")
_SPELLED: Final = re.compile(r"(?:dia )?([0-9]{1,2})o? (?:de )?([a-z]{3,9})(?: (?:de |do )?([0-9]{4}))?")
_DAY: Final = re.compile(r"dia ([0-9]{1,2})")
_CLOCK: Final = re.compile(
    r"(?:(?:as|a|ao|pelas|por volta das|umas) )?"
    r"([0-9]{1,2})\s*(?::|h|hs|hrs|horas?)?\s*(?:e )?([0-9]{2}|meia)?"
    r"\s*(?:h|hs|hrs|min|m|horas?)?\s*(am|pm|da manha|da tarde|da noite|da madrugada)?"
)
_CENTURY: Final = 2000
_NOON: Final = 12


class NoSuchDayError(ValueError):
    """It is written like a date, but no calendar has it."""


def read_date(text: str, today: date, *, backwards: bool = False) -> date | None:
    """The day meant; without a year the next such day, or the last if `backwards`. Raises NoSuchDayError."""
    spoken = fold(text)
    if spoken in _RELATIVE:
        return today + timedelta(days=_RELATIVE[spoken])
    written = loose(text).rstrip(".!, ")
    if found := _ISO.fullmatch(written):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(re.sub(r"^(?:no )?dia ", "", written)):
        return _dated(int(found[1]), int(found[2]), found[3], today, backwards=backwards)
    if (found := _SPELLED.fullmatch(spoken)) and found[2] in _MONTH_WORDS:
        return _dated(int(found[1]), _MONTH_WORDS[found[2]], found[3], today, backwards=backwards)
    if found := _DAY.fullmatch(spoken):
        return _next_day_numbered(int(found[1]), today)
    return _next_weekday(spoken, today)


def _dated(day: int, month: int, year: str | None, today: date, *, backwards: bool) -> date:
    if year is not None:
        return _day(int(year) if len(year) > 2 else _CENTURY + int(year), month, day)  # noqa: PLR2004 - digits
    years = range(today.year, today.year - 9, -1) if backwards else range(today.year, today.year + 9)
    fitting = (
        found for found in _days(years, month, day) if (found <= today if backwards else found >= today)
    )
    found = next(fitting, None)
    if found is None:
        raise NoSuchDayError
    return found


def _days(years: range, month: int, day: int) -> Iterator[date]:
    """The 29th of February is not in every year."""
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDayError from error


def _next_day_numbered(day: int, today: date) -> date:
    for ahead in range(62):
        candidate = today + timedelta(days=ahead)
        if candidate.day == day:
            return candidate
    raise NoSuchDayError


def _next_weekday(spoken: str, today: date) -> date | None:
    words = re.sub(r"\b(?:na|no|nesta|neste|esta|este|proxima|proximo|que vem|feira)\b", " ", spoken).split()
    if len(words) != 1 or words[0] not in _WEEKDAY_WORDS:
        return None
    ahead = (_WEEKDAY_WORDS[words[0]] - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def read_time(text: str) -> time | None:
    """“14:30”, “14h30”, “2 e meia da tarde”, “meio-dia”."""
    spoken = re.sub(r"\s+", " ", loose(text)).rstrip(".!, ")
    if fold(text) in {"meio dia", "ao meio dia"}:
        return time(12)
    if fold(text) in {"meia noite", "a meia noite"}:
        return time(0)
    found = _CLOCK.fullmatch(spoken)
    if found is None:
        return None
    hour = _hour(int(found[1]), found[3] or "")
    minute = 30 if found[2] == "meia" else int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - the clock


def _hour(hour: int, part: str) -> int:
    if part in {"pm", "da tarde", "da noite"} and hour < _NOON:
        return hour + _NOON
    if part in {"am", "da manha", "da madrugada"} and hour == _NOON:
        return 0
    return hour
