import pytest

from simulator.graph.numbers import display
from simulator.phones import country, country_code, dialled, spellings


@pytest.mark.parametrize(
    ("digits", "other"),
    [
        ("5511900000011", "551100000011"),
        ("553190000012", "5531990000012"),
        ("5531990000012", "553190000012"),
        ("5215512345678", "525512345678"),
        ("525512345678", "5215512345678"),
        ("5491123456789", "541123456789"),
        ("541123456789", "5491123456789"),
    ],
)
def test_a_line_has_two_spellings(digits: str, other: str) -> None:
    assert spellings(digits) == [digits, other]


@pytest.mark.parametrize("digits", ["551130000100", "12025550143", "351912345678", "44"])
def test_other_lines_have_one(digits: str) -> None:
    assert spellings(digits) == [digits]


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ("+55 (11) 90000-0011", "5511900000011"),
        ("11900000011", "5511900000011"),
        ("5511900000011", "555511900000011"),
        ("+1-202-555-0143", "12025550143"),
        ("abc", None),
        ("", None),
        ("+", None),
        ("٣٣٣٣٣٣٣", None),
    ],
)
def test_dialling(to: str, reached: str | None) -> None:
    assert dialled(to, "551130000100") == reached


def test_countries() -> None:
    assert [country_code(digits) for digits in ("5511", "12025", "351912", "7903", "6590")] == [
        "55",
        "1",
        "351",
        "7",
        "65",
    ]
    assert [country(digits) for digits in ("5511", "12025", "99999")] == ["BR", "US", "ZZ"]


def test_numbers_are_written_as_people_write_them() -> None:
    assert display("551130000100") == "+55 11 3000-0100"
    assert display("5511900000011") == "+55 11 90000-0011"
    assert display("12025550143") == "+1 2025550143"
