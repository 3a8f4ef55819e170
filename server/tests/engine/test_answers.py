"""What each kind of answer understands, and why it refuses the rest. Today is Friday, 20 November 2026."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from pytake.engine import answers
from pytake.engine.answers.sentences import SENTENCES, sentence
from pytake.engine.events import Replied
from pytake.engine.scope import Scope
from tests.engine.stories import context

INPUT: TypeAdapter[answers.Kind] = TypeAdapter(answers.Input)

UNDERSTOOD: list[tuple[Any, str, Any, str]] = [
    ("text", "  Ana Souza ", "Ana Souza", "Ana Souza"),
    ({"kind": "text", "regex": "[A-Z]{3}-?[0-9][A-Z0-9][0-9]{2}"}, "ABC1D23", "ABC1D23", "ABC1D23"),
    ("number", "R$ 1.234,56", Decimal("1234.56"), "1234,56"),
    ("number", "1234.56", Decimal("1234.56"), "1234,56"),
    ("number", "1,234.56", Decimal("1234.56"), "1234,56"),
    ("number", "1.234", 1234, "1234"),
    ("number", "1.5", Decimal("1.5"), "1,5"),
    ("number", "1,5", Decimal("1.5"), "1,5"),
    ("number", "-3", -3, "-3"),
    ("number", "− 3", -3, "-3"),
    ("number", "1.234.567", 1234567, "1234567"),
    ("integer", "uns 30 pães", 30, "30"),
    ("integer", "12,0", 12, "12"),
    ("integer", "１２", 12, "12"),
    ("integer", "vinte e cinco", 25, "25"),
    ("integer", "cento e vinte", 120, "120"),
    ("integer", "Duas!", 2, "2"),
    ("integer", "meia dúzia", 6, "6"),
    ({"kind": "integer", "min": 1, "max": 200}, "200", 200, "200"),
    ("currency", "R$25,9", Decimal("25.9"), "R$ 25,90"),
    ("currency", "1.000 reais", 1000, "R$ 1.000,00"),
    (
        "email",
        " <Ana.Souza+pao@Exemplo.COM.br>, ",
        "Ana.Souza+pao@exemplo.com.br",
        "Ana.Souza+pao@exemplo.com.br",
    ),
    ("phone", "(11) 98765-4321", "+5511987654321", "(11) 98765-4321"),
    ("phone", "011 98765 4321", "+5511987654321", "(11) 98765-4321"),
    ("phone", "+55 11 98765-4321", "+5511987654321", "(11) 98765-4321"),
    ("phone", "5511987654321", "+5511987654321", "(11) 98765-4321"),
    ("phone", "11 8765-4321", "+5511987654321", "(11) 98765-4321"),
    ("phone", "11 3000-0100", "+551130000100", "(11) 3000-0100"),
    ("phone", "55 3222-1000", "+555532221000", "(55) 3222-1000"),
    ("phone", "+1 (415) 555-2671", "+14155552671", "+14155552671"),
    ("phone", "+351 912 345 678", "+351912345678", "+351912345678"),
    ("date", "hoje", date(2026, 11, 20), "20/11/2026"),
    ("date", "Amanhã!", date(2026, 11, 21), "21/11/2026"),
    ("date", "depois de amanhã", date(2026, 11, 22), "22/11/2026"),
    ("date", "25/12", date(2026, 12, 25), "25/12/2026"),
    ("date", "1/3", date(2027, 3, 1), "01/03/2027"),
    ("date", "dia 25/12/26", date(2026, 12, 25), "25/12/2026"),
    ("date", "25-12-2026", date(2026, 12, 25), "25/12/2026"),
    ("date", "2026-12-25", date(2026, 12, 25), "25/12/2026"),
    ("date", "25 de dezembro", date(2026, 12, 25), "25/12/2026"),
    ("date", "1º de março de 2027", date(2027, 3, 1), "01/03/2027"),
    ("date", "dia 5", date(2026, 12, 5), "05/12/2026"),
    ("date", "sexta-feira que vem", date(2026, 11, 27), "27/11/2026"),
    ("date", "no sábado", date(2026, 11, 21), "21/11/2026"),
    ("date", "29/02", date(2028, 2, 29), "29/02/2028"),
    ({"kind": "date", "max": "today"}, "25/12", date(2025, 12, 25), "25/12/2025"),
    ({"kind": "date", "min": "today+1", "max": "hoje + 30"}, "amanhã", date(2026, 11, 21), "21/11/2026"),
    ("time", "14:30", "14:30", "14:30"),
    ("time", "14h30", "14:30", "14:30"),
    ("time", "às 9h", "09:00", "09:00"),
    ("time", "2 e meia da tarde", "14:30", "14:30"),
    ("time", "8 da noite", "20:00", "20:00"),
    ("time", "12 am", "00:00", "00:00"),
    ("time", "meio-dia", "12:00", "12:00"),
    ("time", "14 horas", "14:00", "14:00"),
    ("cpf", "529.982.247-25", "52998224725", "529.982.247-25"),
    ("cpf", "CPF: 52998224725", "52998224725", "529.982.247-25"),
    ("cnpj", "11.222.333/0001-81", "11222333000181", "11.222.333/0001-81"),
    ("cnpj", "12.abc.345/01de-35", "12ABC34501DE35", "12.ABC.345/01DE-35"),
    ("cep", "01310-100", "01310100", "01310-100"),
    ("cep", "cep 01310 100", "01310100", "01310-100"),
    ("yes_no", "SIM", True, "sim"),
    ("yes_no", "s", True, "sim"),
    ("yes_no", "Claro que sim!", True, "sim"),
    ("yes_no", "sim, por favor", True, "sim"),
    ("yes_no", "👍🏽", True, "sim"),
    ("yes_no", "NÃO", False, "não"),
    ("yes_no", "nao quero", False, "não"),
    ("yes_no", "Não, obrigada", False, "não"),
    ("yes_no", "❌", False, "não"),
    ({"kind": "choice", "options": ["2", "4", "6"]}, "2", "2", "2"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "#2", "Pão doce", "Pão doce"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "opção 1", "Pão francês", "Pão francês"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "pao fr", "Pão francês", "Pão francês"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "doce", "Pão doce", "Pão doce"),
    ({"kind": "choice", "options": [{"id": "a", "title": "👍", "value": "bom"}]}, "👍", "bom", "👍"),
    ("rating", "nota 4", 4, "4"),
    ("rating", "4/5", 4, "4"),
    ("rating", "⭐⭐⭐", 3, "3"),
    ({"kind": "rating", "max": 10}, "10", 10, "10"),
    ("nps", "0", 0, "0"),
    ("nps", "10", 10, "10"),
    ("any", " qualquer coisa ", "qualquer coisa", "qualquer coisa"),
]

REFUSED: list[tuple[Any, str, str]] = [
    ({"kind": "text", "min": 3}, "oi", "too_short"),
    ({"kind": "text", "max": 3}, "oito", "too_long"),
    ({"kind": "text", "regex": "[0-9]+"}, "12a", "not_in_format"),
    ("number", "muitos", "not_a_number"),
    ("number", "de 3 a 5", "not_a_number"),
    ("number", "1.2.3", "not_a_number"),
    ("number", "9" * 40, "not_a_number"),
    ("number", "٣", "not_a_number"),
    ("integer", "2,5", "not_a_whole_number"),
    ({"kind": "integer", "min": 1}, "0", "too_small"),
    ({"kind": "integer", "max": 200}, "201", "too_large"),
    ("integer", "vinte e trinta", "not_a_number"),
    ("currency", "-5", "not_an_amount"),
    ("currency", "1,999", "not_an_amount"),
    ("email", "ana@exemplo", "not_an_email"),
    ("email", "ana@@exemplo.com", "not_an_email"),
    ("email", "ana..b@exemplo.com", "not_an_email"),
    ("email", f"{'a' * 65}@exemplo.com", "not_an_email"),
    ("phone", "98765-4321", "phone_without_area"),
    ("phone", "(20) 98765-4321", "not_a_phone"),
    ("phone", "me liga", "not_a_phone"),
    ("phone", "11 1234-5678", "not_a_phone"),
    ("date", "sei lá", "not_a_date"),
    ("date", "31/02", "date_impossible"),
    ("date", "32/13/2026", "date_impossible"),
    ("date", "dia 32", "date_impossible"),
    ({"kind": "date", "min": "today+1"}, "hoje", "too_early"),
    ({"kind": "date", "max": "2026-12-31"}, "01/01/2027", "too_late"),
    ("time", "25:00", "not_a_time"),
    ("time", "cedo", "not_a_time"),
    ({"kind": "time", "min": "9h"}, "8h", "time_too_early"),
    ({"kind": "time", "max": "18h"}, "18:01", "time_too_late"),
    ("cpf", "529.982.247-24", "not_a_cpf"),
    ("cpf", "111.111.111-11", "not_a_cpf"),
    ("cnpj", "11.222.333/0001-80", "not_a_cnpj"),
    ("cnpj", "12.ABC.345/01DE-36", "not_a_cnpj"),
    ("cep", "00000-000", "not_a_cep"),
    ("cep", "1310-100", "not_a_cep"),
    ("yes_no", "talvez", "not_yes_or_no"),
    ("yes_no", "sim e não", "not_yes_or_no"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "pão", "not_an_option"),
    ({"kind": "choice", "options": ["Pão francês", "Pão doce"]}, "3", "not_an_option"),
    ("rating", "6", "not_a_rating"),
    ("rating", "4,5", "not_a_rating"),
    ("nps", "11", "not_a_rating"),
    ("text", "   ", "not_text"),
]


def judged(wanted: Any, text: str | None, **reply: Any) -> answers.Answer:
    kind = INPUT.validate_python({"kind": wanted} if isinstance(wanted, str) else wanted)
    scope = Scope(context(), "run", {}, "")
    scope.message = text
    return kind.hear(Replied(text, **reply), scope)


@pytest.mark.parametrize(
    ("wanted", "text", "value", "written"), UNDERSTOOD, ids=lambda value: str(value)[:30]
)
def test_understands(wanted: Any, text: str, value: Any, written: str) -> None:
    answer = judged(wanted, text)

    assert (answer.ok, answer.value, answer.text) == (True, value, written)
    assert type(answer.value) is type(value)


@pytest.mark.parametrize(("wanted", "text", "reason"), REFUSED, ids=lambda value: str(value)[:30])
def test_refuses(wanted: Any, text: str, reason: str) -> None:
    answer = judged(wanted, text)

    assert (answer.ok, answer.reason) == (False, reason)
    assert sentence(answer.reason, answer.params)


def test_every_sentence_is_the_answer_to_something() -> None:
    assert SENTENCES.keys() == {reason for _, _, reason in REFUSED}


def test_every_kind_is_in_the_table() -> None:
    tried = {wanted if isinstance(wanted, str) else wanted["kind"] for wanted, *_ in UNDERSTOOD}

    assert tried == {kind.model_fields["kind"].default for kind in answers.KINDS}


def test_what_a_kind_shows_as_an_example_is_understood() -> None:
    for kind in answers.KINDS:
        name = kind.model_fields["kind"].default
        wanted = {"kind": name, "options": ["Um", "Dois"]} if name == "choice" else name
        for example in kind.example.split(", ") if name in {"date", "time"} else [kind.example]:
            assert judged(wanted, example).ok, (name, example)


def test_media_without_words_is_an_answer_only_where_anything_is() -> None:
    picture = {"kind": "image", "content": {"media_id": "1", "width": 1.5}}

    assert judged("text", None, **picture).reason == "not_text"
    assert judged("any", None, **picture).value == {"media_id": "1", "width": Decimal("1.5"), "type": "image"}
