"""Rows as a file that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final, Literal

from fastapi import Query

Separator = Annotated[
    Literal["comma", "semicolon"],
    Query(description="Spreadsheets of countries that write 1,5 want a semicolon."),
]

REFUSED_AS_JSON: Final[dict[int | str, dict[str, Any]]] = {
    "4XX": {
        "description": "Refused.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
    }
}
"""Else the description would have refusals come as CSV, too."""

BEGINNING: Final = b"\xef\xbb\xbf"
"""By this a spreadsheet knows that it is UTF-8."""

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(rows: Iterable[Sequence[object]], separator: str) -> bytes:
    """A whole file."""
    return BEGINNING + lines(rows, separator)


def lines(rows: Iterable[Sequence[object]], separator: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter="," if separator == "comma" else ";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _harmless(value: object) -> str:
    """A spreadsheet computes what begins like a formula, whoever wrote it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
