"""Telephone numbers as WhatsApp spells them: several spellings, one line."""

import re
from functools import lru_cache

_PUNCTUATION = re.compile(r"[\s()\-.]")
_TWO_DIGIT_CODES = frozenset(
    str(code)
    for codes in ((20, 27), range(30, 35), (36, 39, 40, 41), range(43, 50), range(51, 59), range(60, 67))
    for code in codes
) | {"81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"}
# A mobile line with and without its extra digit: Brazil, Mexico, Argentina.
_SPELLINGS = (
    (re.compile(r"(55\d\d)9(\d{8})"), re.compile(r"(55\d\d)([6-9]\d{7})"), "9"),
    (re.compile(r"(52)1(\d{10})"), re.compile(r"(52)(\d{10})"), "1"),
    (re.compile(r"(54)9(\d{10})"), re.compile(r"(54)(\d{10})"), "9"),
)
_SHORTEST, _LONGEST = 5, 17
_COUNTRIES = {"55": "BR", "1": "US", "52": "MX", "54": "AR", "351": "PT", "34": "ES", "44": "GB"}


def country_code(digits: str) -> str:
    if digits[:1] in {"1", "7"}:
        return digits[:1]
    return digits[:2] if digits[:2] in _TWO_DIGIT_CODES else digits[:3]


def country(digits: str) -> str:
    """Two letters for a user id; ZZ where the simulator does not know the country."""
    return _COUNTRIES.get(country_code(digits), "ZZ")


def dialled(to: str, business_digits: str) -> str | None:
    """The digits that `to` reaches, None if it is no number.

    Without a plus Meta puts the business number's own country code in front, whatever follows.
    """
    bare = _PUNCTUATION.sub("", to)
    number = bare.removeprefix("+")
    if not number.isascii() or not number.isdigit() or not _SHORTEST <= len(number) <= _LONGEST:
        return None
    return number if bare.startswith("+") else country_code(business_digits) + number


def spellings(digits: str) -> list[str]:
    """Every wa_id the same mobile line may have; the given one first."""
    other = _other_spelling(digits)
    return [digits, other] if other else [digits]


def _other_spelling(digits: str) -> str | None:
    """With the mobile digit if it is missing, without it if it is there."""
    for long, short, mobile in _SPELLINGS:
        if match := long.fullmatch(digits):
            return match[1] + match[2]
        if match := short.fullmatch(digits):
            return match[1] + mobile + match[2]
    return None


@lru_cache(maxsize=4096)
def only_digits(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isdigit())
