"""Numbers as people in Brazil write them, read and written."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from pytake.engine.text import fold

_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z.,])([+-]?)[ ]?(?:R\$|US\$|\$)?[ ]?([0-9][0-9.,]*)", re.IGNORECASE
)
_MAX_DIGITS: Final = 24
_TWENTY: Final = 20
_HUNDRED: Final = 100
_UNITS: Final[Mapping[str, int]] = {
    "zero": 0,
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "tres": 3,
    "quatro": 4,
    "cinco": 5,
    "seis": 6,
    "sete": 7,
    "oito": 8,
    "nove": 9,
    "dez": 10,
    "onze": 11,
    "doze": 12,
    "treze": 13,
    "catorze": 14,
    "quatorze": 14,
    "quinze": 15,
    "dezesseis": 16,
    "dezessete": 17,
    "dezoito": 18,
    "dezenove": 19,
    "vinte": 20,
    "trinta": 30,
    "quarenta": 40,
    "cinquenta": 50,
    "sessenta": 60,
    "setenta": 70,
    "oitenta": 80,
    "noventa": 90,
    "cem": 100,
    "cento": 100,
    "duzentos": 200,
    "duzentas": 200,
}
_PHRASES: Final[Mapping[str, int]] = {"meia duzia": 6, "uma duzia": 12, "duzia": 12, "duas duzias": 24}


def read_number(text: str) -> Decimal | None:
    """The one number in the text: in digits, or a small one in words. None if there is none, or several."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-")
    found = _NUMBER.findall(plain)
    if len(found) > 1:
        return None
    if found:
        sign, written = found[0]
        return _from_digits(sign, written)
    return _from_words(fold(text)) if not any(map(str.isdigit, plain)) else None


def _from_digits(sign: str, written: str) -> Decimal | None:
    written = written.rstrip(".,")
    decimals = _decimal_mark(written)
    if decimals is None:
        return None
    whole, _, fraction = written.rpartition(decimals) if decimals else (written, "", "")
    digits = whole.replace(".", "").replace(",", "")
    if len(digits) + len(fraction) > _MAX_DIGITS:
        return None
    return Decimal(f"{'-' if sign == '-' else ''}{digits or '0'}.{fraction or '0'}")


def _decimal_mark(written: str) -> str | None:
    """The mark before the decimals, "" where there are none, None where the marks make no sense."""
    dots, commas = written.count("."), written.count(",")
    if dots and commas:
        last, other = (",", ".") if written.rfind(",") > written.rfind(".") else (".", ",")
        fine = written.count(last) == 1 and _thousands(written.partition(last)[0], other)
        return last if fine else None
    if commas == 1:
        return ","
    if dots == 1 and not _thousands(written, "."):
        return "."
    mark = "." if dots else ","
    return "" if not (dots or commas) or _thousands(written, mark) else None


def _thousands(written: str, mark: str) -> bool:
    """Whether the marks stand where thousands are parted: 1.234.567."""
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{mark}[0-9]{{3}})+", written) is not None or (
        mark not in written
    )


def _from_words(folded: str) -> Decimal | None:
    if folded in _PHRASES:
        return Decimal(_PHRASES[folded])
    words = [word for word in folded.split() if word != "e"]
    if not words or any(word not in _UNITS for word in words):
        return None
    values = [_UNITS[word] for word in words]
    falling = all(_joins(first, second) for first, second in pairwise(values))
    return Decimal(sum(values)) if falling else None


def _joins(first: int, second: int) -> bool:
    """Vinte e dois, cento e vinte: a larger round number, then what fits under it."""
    under = 100 if first >= _HUNDRED else 10
    return first >= _TWENTY and 0 < second < under


def write_number(value: Decimal, places: int) -> str:
    """With dots between thousands and a comma before the decimals."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def as_money(value: Decimal) -> str:
    sign = "-" if value < 0 else ""
    return f"{sign}R$ {write_number(abs(value), 2)}"
