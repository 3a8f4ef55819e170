"""Telephone numbers: Brazilian ones as people write them, any other with its plus sign."""

import re
from typing import Final

# Anatel's list of area codes in use.
_AREAS: Final = re.compile(
    "1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9]",
)
_COUNTRY: Final = "55"
_ABROAD: Final = re.compile(r"[1-9][0-9]{7,14}")
_LANDLINE: Final = re.compile(r"[2-5][0-9]{7}")
_MOBILE: Final = re.compile(r"9[0-9]{8}")
_OLD_MOBILE: Final = re.compile(r"[6-9][0-9]{7}")
_LOCAL_LENGTHS: Final = (8, 9)


def read_phone(text: str) -> str | None:
    """The number as E.164. A mobile number without its ninth digit is given it."""
    digits = re.sub(r"[^0-9]", "", text)
    if re.search(r"[^\W\d_]", text):
        return None
    if text.lstrip("( ").startswith("+") and not digits.startswith(_COUNTRY):
        return f"+{digits}" if _ABROAD.fullmatch(digits) else None
    national = digits.removeprefix("0")
    if len(national) > 11 and national.startswith(_COUNTRY):  # noqa: PLR2004 - area and number are 11 at most
        national = national[2:].removeprefix("0")
    return _brazilian(national[:2], national[2:])


def _brazilian(area: str, number: str) -> str | None:
    if not _AREAS.fullmatch(area):
        return None
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return f"+{_COUNTRY}{area}{number}"
    return f"+{_COUNTRY}{area}9{number}" if _OLD_MOBILE.fullmatch(number) else None


def lacks_area(text: str) -> bool:
    """Whether this would be a number if only it said where."""
    return len(re.sub(r"[^0-9]", "", text)) in _LOCAL_LENGTHS


def write_phone(number: str) -> str:
    """A Brazilian number as `(11) 98765-4321`; any other as it is."""
    national = number.removeprefix(f"+{_COUNTRY}")
    if national == number:
        return number
    return f"({national[:2]}) {national[2:-4]}-{national[-4:]}"
