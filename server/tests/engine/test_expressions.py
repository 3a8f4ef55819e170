"""The language between the braces: what it computes, what it refuses, and that it never raises."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pytake.engine.expressions import Error, Evaluation, Expression, ExpressionError, Template
from pytake.engine.expressions.functions import FAMILIES, FUNCTIONS
from pytake.engine.limits import MAX_EVALUATION_STEPS, MAX_EXPRESSION, MAX_TEMPLATE, MAX_VALUE_CHARACTERS
from pytake.engine.values import Value

NOW = datetime(2026, 11, 20, 10, 30, 15, tzinfo=ZoneInfo("America/Sao_Paulo"))
KNOWN: dict[str, Value] = {
    "nome": "joão DA silva",
    "q": 50,
    "preco": Decimal("12.5"),
    "vip": True,
    "nada": None,
    "vazia": "",
    "itens": ["pão", "bolo", 3],
    "contato": {"nome": "{{7*7}}", "cidade": "São Paulo", "filhos": [{"nome": "Bia"}]},
    "entrega": date(2026, 12, 25),
    "agora": NOW,
    "hoje": NOW.date(),
    "cpf": "52998224725",
    "e": 5,
    "ação": "ok",
    "longo": "x" * 60_000,
}


def evaluation() -> Evaluation:
    return Evaluation(KNOWN.get, NOW)


def value(source: str) -> Any:
    return Expression(source).evaluate(evaluation())


def render(source: str) -> str:
    return Template(source).render(evaluation())[0]


COMPUTED: list[tuple[str, Any]] = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("10 / 4", Decimal("2.5")),
    ("10 % 4", 2),
    ("0.1 + 0.2", Decimal("0.3")),
    ("-q + 1", -49),
    ("--2", 2),
    ("preco * 2", 25),
    ("'a' + 'b'", "ab"),
    ("'2' * 3", 6),
    ("'1,5' + 1", Decimal("2.5")),
    ("[1] + [2]", [1, 2]),
    ("entrega - hoje", 35),
    ("entrega + 1", date(2026, 12, 26)),
    ("hoje - 1 == somar_dias(hoje, -1)", True),
    ("q == 50 and vip", True),
    ("q = 50 e vip", True),
    ("q <> 50 ou não vip", False),
    ("not vip", False),
    ("nao nada", True),
    ("e e e", 5),
    ("nada ou 'x'", "x"),
    ("'SAO PAULO' == contato.cidade", True),
    ("'paulo' in contato.cidade", True),
    ("'Bolo' em itens", True),
    ("4 not in itens", True),
    ("'cidade' in contato", True),
    ("'9' < '10'", True),
    ("'b' > 'A'", True),
    ("entrega > '2026-12-24'", True),
    ("entrega == '2026-12-25'", True),
    ("agora > hoje", False),
    ("vip == 'sim'", True),
    ("vip == 1", False),
    ("1 == 1.0", True),
    ("nada == null", True),
    ("'x' == nulo", False),
    ("contato.filhos[0].nome", "Bia"),
    ("contato['cidade']", "São Paulo"),
    ("itens[-1]", 3),
    ("itens[9]", None),
    ("nada.x.y", None),
    ("contato.__class__", None),
    ("ação", "ok"),
    ("ac\u0327a\u0303o", "ok"),
    ("verdadeiro e nao falso", True),
    ("'a\\'b\\n'", "a'b\n"),
]

WRONG: list[tuple[str, str]] = [
    ("1 / 0", "division_by_zero"),
    ("1 % 0", "division_by_zero"),
    ("'a' + 1", "not_a_number"),
    ("nada + 1", "no_value"),
    ("vip + 1", "not_a_number"),
    ("itens * 2", "not_a_number"),
    ("1 < contato", "not_a_number"),
    ("nome.upper", "no_such_field"),
    ("itens.x", "no_such_field"),
    ("'2026-02-31' < hoje", "not_a_date"),
    ("entrega + 99999999", "number_out_of_range"),
    ("9999999999999999999999999" + " * 9999999999999999999999999" * 4, "number_out_of_range"),
    ("1 in 5", "not_a_list"),
    ("[1, 1 / 0]", "division_by_zero"),
    ("longo + longo", "value_too_large"),
    ("substituir(longo, 'x', 'xx')", "value_too_large"),
    ("palavra('a', 1.5)", "not_a_whole_number"),
    ("arredondar(1, 99)", "number_out_of_range"),
    ("dividir(longo, 'x')", "value_too_large"),
]

UNREADABLE: list[tuple[str, str]] = [
    ("", "expression_incomplete"),
    ("1 +", "expression_incomplete"),
    ("(1", "expression_incomplete"),
    ("1 2", "expression_syntax"),
    ("a ? b", "expression_syntax"),
    ("'aberto", "expression_syntax"),
    ("a < b < c", "expression_syntax"),
    ("nome | 3", "expression_syntax"),
    ("fala(1)", "expression_unknown_function"),
    ("nome | __import__", "expression_unknown_function"),
    ("maiusculo()", "expression_arguments"),
    ("se(1)", "expression_arguments"),
    ("(" * 40 + "1" + ")" * 40, "expression_too_complex"),
    ("1" + "+1" * 300, "expression_too_complex"),
    ("x" * (MAX_EXPRESSION + 1), "expression_too_long"),
]


@pytest.mark.parametrize(("source", "expected"), COMPUTED)
def test_computes(source: str, expected: Any) -> None:
    found = value(source)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("source", "code"), WRONG, ids=lambda text: text[:40])
def test_what_goes_wrong_is_a_value(source: str, code: str) -> None:
    found = value(source)

    assert isinstance(found, Error)
    assert found.code == code


@pytest.mark.parametrize(("source", "code"), UNREADABLE, ids=lambda text: text[:40])
def test_what_is_no_expression_is_refused_when_it_is_read(source: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression(source)

    assert caught.value.code == code


FUNCTION_CASES: list[tuple[str, Any]] = [
    ("nome | maiusculo", "JOÃO DA SILVA"),
    ("lower('ÁB')", "áb"),
    ("nome | titulo", "João da Silva"),
    ("'oi, TUDO' | capitalizar", "Oi, TUDO"),
    ("'  a   b ' | trim", "a b"),
    ("'a-b-c' | substituir('-', '')", "abc"),
    ("nome | primeira_palavra", "joão"),
    ("nome | palavra(-1)", "silva"),
    ("nome | palavra(9)", None),
    ("nome | encurtar(6)", "joão…"),
    ("contem(contato.cidade, 'SAO')", True),
    ("comeca_com('01310', '01')", True),
    ("termina_com('a@b.BR', '.br')", True),
    ("dividir('a; b', ';')", ["a", "b"]),
    ("sem_acentos('Olá, João!! 👋')", "ola joao"),
    ("digitos('+55 (11) 9')", "55119"),
    ("texto(preco)", "12,5"),
    ("concatenar(nome, ' ', q, preco)", "joão DA silva 5012,5"),
    ("cpf | mascara('###.###.###-##')", "529.982.247-25"),
    ("numero('R$ 1.234,56')", Decimal("1234.56")),
    ("1234567.891 | formatar_numero(2)", "1.234.567,89"),
    ("1234.5 | reais", "R$ 1.234,50"),
    ("-0.5 | brl", "-R$ 0,50"),
    ("2.5 | arredondar", 3),
    ("2.345 | round(2)", Decimal("2.35")),
    ("piso(-2.1)", -3),
    ("teto(2.1)", 3),
    ("absoluto(-3)", 3),
    ("minimo(3, 1, 2)", 1),
    ("maximo(3, preco)", Decimal("12.5")),
    (
        "agora | data('DDDD, D de MMMM de AAAA às HH:mm:ss')",
        "sexta-feira, 20 de novembro de 2026 às 10:30:15",
    ),
    ("entrega | data('DD/MM/AA')", "25/12/26"),
    ("entrega | data", "25/12/2026"),
    ("hora(agora)", "10:30"),
    ("ler_data('2026-12-25')", date(2026, 12, 25)),
    ("somar_dias('2026-12-25', 7)", date(2027, 1, 1)),
    ("dias_ate(entrega)", 35),
    ("dia_da_semana(entrega)", "sexta-feira"),
    ("tamanho(itens)", 3),
    ("tamanho(nada)", 0),
    ("primeiro(itens)", "pão"),
    ("ultimo([])", None),
    ("itens | juntar(' e ')", "pão e bolo e 3"),
    ("soma([1, 2.5])", Decimal("3.5")),
    ("json(contato.filhos)", '[{"nome": "Bia"}]'),
    ("nada | padrao('x')", "x"),
    ("(1 / 0) | padrao('x')", "x"),
    ("0 | padrao('x')", 0),
    ("se(q > 1, 'pães', 'pão')", "pães"),
    ("se(nada, dia_da_semana(nada))", None),
    ("vazio(vazia)", True),
    ("vazio(0)", False),
]


@pytest.mark.parametrize(("source", "expected"), FUNCTION_CASES)
def test_functions(source: str, expected: Any) -> None:
    assert value(source) == expected


def test_every_function_is_tried_and_its_example_can_be_read() -> None:
    tried = " ".join(source for source, _ in FUNCTION_CASES)
    for family in FAMILIES.values():
        for function in family:
            assert any(name in tried for name in function.names), function.names
            Template(function.example)
    assert len(FUNCTIONS) == sum(len(function.names) for family in FAMILIES.values() for function in family)


RENDERED: list[tuple[str, str]] = [
    ("sem nada", "sem nada"),
    ("Oi, {{ nome | titulo }}!", "Oi, João da Silva!"),
    ("{{q}}{{ q }}", "5050"),
    ("{0.__class__} {} %s ${nome}", "{0.__class__} {} %s ${nome}"),
    ("{{ contato.nome }}", "{{7*7}}"),
    ("{{ 7*7 }}", "49"),
    ("{{ '}}' }} {{ \"{{\" }}", "}} {{"),
    ("{{ nada }}|{{ 1/0 }}|{{ vip }}", "||sim"),
    ("{{ entrega }} {{ agora }} {{ itens }}", "25/12/2026 20/11/2026 10:30 pão, bolo, 3"),
    ("{{ contato.filhos[0] }}", '{"nome": "Bia"}'),
    ("}} solto", "}} solto"),
]


@pytest.mark.parametrize(("source", "expected"), RENDERED)
def test_renders(source: str, expected: str) -> None:
    assert render(source) == expected


def test_a_template_says_what_went_wrong_beside_the_text() -> None:
    text, errors = Template("a{{ 1/0 }}b{{ nada + 1 }}").render(evaluation())

    assert text == "ab"
    assert [error.code for error in errors] == ["division_by_zero", "no_value"]


def test_a_lone_expression_keeps_its_type() -> None:
    assert Template("{{ q }}").value(evaluation()) == 50
    assert Template(" {{ q }}").value(evaluation()) == " 50"


def test_the_names_it_starts_from_are_known_when_it_is_read() -> None:
    template = Template("{{ a.b + c[d] | padrao(f) }} {{ 'g' }} {{ maiusculo(h) }}")

    assert template.names == {"a", "c", "d", "f", "h"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ nome", "expression_unclosed"),
        ("{{ 'nome }}", "expression_unclosed"),
        ("{{}}", "expression_incomplete"),
        ("x" * (MAX_TEMPLATE + 1), "template_too_long"),
    ],
    ids=["open", "open text", "empty", "long"],
)
def test_a_template_that_cannot_be_read(source: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Template(source)

    assert caught.value.code == code


def test_what_is_rendered_has_an_end() -> None:
    text, _ = Template("{{longo}}" * 5).render(evaluation())

    assert len(text) == MAX_VALUE_CHARACTERS


@pytest.mark.parametrize(
    "source", ["nome | trim", "nome == nome", "contato.nome", "1 + 1", "1 not in itens"], ids=str
)
def test_evaluating_has_an_end(source: str) -> None:
    enough, spent = Evaluation(KNOWN.get, NOW, steps_left=3), Evaluation(KNOWN.get, NOW, steps_left=0)

    assert not isinstance(Expression(source).evaluate(enough), Error)
    assert Expression(source).evaluate(spent) == Error("evaluation_too_long")


def test_what_is_long_costs_more() -> None:
    left = Evaluation(KNOWN.get, NOW)
    Expression("longo == longo").evaluate(left)

    assert left.steps_left == MAX_EVALUATION_STEPS - 1 - 2 * (60_000 // 64)


def test_a_moment_from_another_zone_is_shown_where_the_organization_is() -> None:
    utc = Evaluation({"m": datetime(2026, 11, 20, 2, 0, tzinfo=UTC)}.get, NOW)

    assert Expression("m | data('DD HH:mm')").evaluate(utc) == "19 23:00"
