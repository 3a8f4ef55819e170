"""Which flow a message starts."""

from datetime import UTC, datetime

import pytest

from pytake.engine.text import clean, fold, loose, shorten, split
from pytake.engine.triggers import Match, Trigger, choose

OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("OLÁ!!! 👋🏽", "ola"),
        ("  Bom   dia,\n João ", "bom dia joao"),
        ("ﬁm ①", "fim 1"),
        ("e\u0301", "e"),
        ("pão_de-queijo", "pao de queijo"),
        ("👍", ""),
        ("Straße", "strasse"),
        ("İ", "i"),
    ],
)
def test_words_alone(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("match", "text", "heard"),
    [
        (Match.EQUALS, "Olá!", True),
        (Match.EQUALS, "olá, tudo bem?", False),
        (Match.FIRST_WORD, "olá, tudo bem?", True),
        (Match.FIRST_WORD, "e aí, olá", False),
        (Match.FIRST_WORD, "olaria", False),
        (Match.CONTAINS, "oi, OLA de novo", True),
        (Match.CONTAINS, "na olaria", False),
        (Match.CONTAINS, "", False),
    ],
)
def test_how_much_must_be_the_keyword(match: Match, text: str, heard: bool) -> None:
    assert (choose([Trigger("a", ("olá",), match)], text, None) is not None) is heard


def test_a_keyword_of_several_words() -> None:
    greeting = Trigger("a", ("bom dia",), Match.CONTAINS)

    assert choose([greeting], "Oi, BOM DIA!", None) is greeting
    assert choose([greeting], "bom te ver neste dia", None) is None


def test_which_of_many() -> None:
    one_number = Trigger("number", ("menu",), Match.CONTAINS, number_id="1")
    exact = Trigger("exact", ("menu",))
    first = Trigger("first", ("menu",), Match.FIRST_WORD)
    inside = Trigger("inside", ("menu",), Match.CONTAINS)
    anything = Trigger("anything", catch_all=True)
    everyone = [anything, inside, first, exact, one_number]

    assert choose(everyone, "menu", "1") is one_number
    assert choose(everyone, "menu", "2") is exact
    assert choose(everyone, "menu por favor", "2") is first
    assert choose(everyone, "o menu", "2") is inside
    assert choose(everyone, "boleto", "2") is anything
    assert choose(everyone, None, "2") is anything
    assert choose([exact, first], "boleto", "2") is None


def test_equals_is_decided_by_priority_then_age_then_id() -> None:
    plain, loud = Trigger("a", ("oi",), created_at=NEW), Trigger("b", ("oi",), priority=1, created_at=OLD)
    older, newer = Trigger("c", ("oi",), created_at=OLD), Trigger("d", ("oi",), created_at=NEW)

    assert choose([plain, loud], "oi", None) is loud
    assert choose([newer, older], "oi", None) is newer
    assert choose([older, newer], "oi", None) is newer
    assert choose([Trigger("x", ("oi",)), Trigger("y", ("oi",))], "oi", None) == Trigger("y", ("oi",))


def test_a_keyword_without_letters_is_never_heard() -> None:
    assert choose([Trigger("a", ("👍", ""))], "👍", None) is None


def test_text_is_made_safe_and_cut() -> None:
    assert clean("a\x00b\x1bc\ud800\r\nd\te\r") == "abc\nd\te\n"
    assert loose(" AÇÃO! ") == "acao!"
    assert shorten("abcdef", 4) == "abc…"
    assert split("aaa bbb\nccc", 8) == ["aaa bbb", "ccc"]
    assert split("a" * 10, 4) == ["aaaa", "aaaa", "aa"]
    assert split("   ", 2) == []
