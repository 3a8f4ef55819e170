"""CPF, CNPJ and CEP: their form and their check digits."""

import re
from typing import Final

_CPF: Final = re.compile(r"[0-9]{11}")
_CNPJ: Final = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_CEP: Final = re.compile(r"[0-9]{8}")
_BETWEEN: Final = re.compile(r"[\s./_-]+")
_ZERO: Final = ord("0")
_MODULUS: Final = 11


def read_cpf(text: str) -> str | None:
    """The eleven digits, if their check digits are right."""
    digits = _bare(text)
    if not _CPF.fullmatch(digits) or len(set(digits)) == 1:
        return None
    return digits if digits.endswith(_checks(digits[:9], most=_MODULUS)) else None


def read_cnpj(text: str) -> str | None:
    """The fourteen characters, if they check. Since July 2026 the first twelve may be letters."""
    characters = _bare(text).upper()
    if not _CNPJ.fullmatch(characters) or len(set(characters)) == 1:
        return None
    return characters if characters.endswith(_checks(characters[:12], most=9)) else None


def read_cep(text: str) -> str | None:
    digits = _bare(text)
    return digits if _CEP.fullmatch(digits) and int(digits) else None


def write_cpf(digits: str) -> str:
    return f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"


def write_cnpj(characters: str) -> str:
    return f"{characters[:2]}.{characters[2:5]}.{characters[5:8]}/{characters[8:12]}-{characters[12:]}"


def write_cep(digits: str) -> str:
    return f"{digits[:5]}-{digits[5:]}"


def _bare(text: str) -> str:
    """Without the label in front and the marks between."""
    return _BETWEEN.sub("", re.sub(r"^\s*(?:cpf|cnpj|cep)\b[\s:]*", "", text, flags=re.IGNORECASE))


def _checks(base: str, most: int) -> str:
    """Two digits; weights rise from 2 to `most`, from the right; a character is its code less that of 0."""
    for _ in range(2):
        values = [ord(character) - _ZERO for character in reversed(base)]
        total = sum(value * (2 + at % (most - 1)) for at, value in enumerate(values))
        rest = total % _MODULUS
        base += "0" if rest < 2 else str(_MODULUS - rest)  # noqa: PLR2004 - the rule says "less than 2"
    return base[-2:]
