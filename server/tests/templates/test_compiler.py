"""Every exchange with Meta about templates: read, written back, shown, and sent as Meta's examples are."""

from dataclasses import replace
from typing import Any

import pytest

from pytake.whatsapp.templates.definition import (
    Button,
    Definition,
    of_components,
    to_components,
)
from pytake.whatsapp.templates.form import form_of
from pytake.whatsapp.templates.issues import ParametersInvalid
from pytake.whatsapp.templates.letter import compiled, parameter_issues
from pytake.whatsapp.templates.preview import in_one_text, preview
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.templates.stored import dumped, loaded
from pytake.whatsapp.types import HeaderType, ParameterFormat, TemplateCategory
from tests.templates.corpus import definition, exchange, listed, request

CREATED = ("template-create-named", "template-create-positional", "template-create-recategorised")
AUTHENTICATION = Definition(
    "codigo_login",
    "pt_BR",
    TemplateCategory.AUTHENTICATION,
    buttons=(Button("OTP", "Copiar código", more={"otp_type": "COPY_CODE"}),),
    add_security_recommendation=True,
    code_expiration_minutes=10,
)


def codes(template: Definition) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in issues_of(template)]


@pytest.mark.parametrize("name", CREATED)
def test_what_meta_takes_breaks_no_rule_and_is_written_back_as_it_was(name: str) -> None:
    asked = request(name)

    read = definition(asked)

    assert codes(read) == []
    assert to_components(read) == asked["components"]


@pytest.mark.parametrize("template", listed().values(), ids=lambda each: str(each["name"]))
def test_what_meta_lists_is_read_and_written_back(template: dict[str, Any]) -> None:
    read = definition(template)

    assert to_components(read) == template["components"]
    assert codes(read) == []
    assert loaded(dumped(read), name=read.name, language=read.language, category=read.category) == read


def test_an_edit_is_read_as_any_template() -> None:
    read = of_components(
        request("template-edit")["components"], name="novidades", language="pt_BR", category=None
    )

    assert (read.body_text, read.category) == ("Novidades da semana na loja.", None)


def test_what_meta_refuses_is_refused_by_name() -> None:
    dangling = definition(request("error-2388299-dangling-parameter"))

    assert ("body_text", "variable_at_start") in codes(dangling)
    assert (
        exchange("error-2388299-dangling-parameter")["response"]["body"]["error"]["error_subcode"] == 2388299
    )


@pytest.mark.parametrize(
    ("exchanged", "template", "parameters"),
    [
        (
            "send-template-positional",
            "confirma_agenda",
            {
                "header": {"media_id": "1002003004005006"},
                "body.1": "Maria",
                "body.2": "amanhã às 9h",
                "buttons.0": "CONFIRM|ag-552",
                "buttons.1": "ag-552",
            },
        ),
        ("send-template-named", "pedido_enviado", {"body.pedido": "1029", "body.primeiro_nome": "Maria"}),
        ("send-template-held", "promo_relampago", {}),
    ],
)
def test_what_is_sent_is_what_meta_s_examples_send(
    exchanged: str, template: str, parameters: dict[str, Any]
) -> None:
    sent = request(exchanged)["template"]

    assert compiled(definition(listed()[template]), parameters) == sent.get("components", [])


def test_a_code_goes_into_the_words_and_into_the_button() -> None:
    assert (
        compiled(AUTHENTICATION, {"body.1": "493871"})
        == request("send-template-auth")["template"]["components"]
    )
    assert codes(AUTHENTICATION) == []
    assert to_components(AUTHENTICATION) == [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {
            "type": "BUTTONS",
            "buttons": [{"type": "OTP", "text": "Copiar código", "otp_type": "COPY_CODE"}],
        },
    ]
    assert in_one_text(preview(AUTHENTICATION)) == (
        "*123456* é seu código de verificação. Para sua segurança, não o compartilhe.\n"
        "Este código expira em 10 minutos."
    )


APP = {"package_name": "com.example.app", "signature_hash": "K8a/AINcGX7"}


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ({"otp_type": "ONE_TAP", "supported_apps": [APP]}, "Preencher automaticamente"),
        ({"otp_type": "ONE_TAP", "supported_apps": [APP], "autofill_text": "Usar"}, "Usar"),
        (
            {"otp_type": "ZERO_TAP", "supported_apps": [APP], "zero_tap_terms_accepted": True},
            "Preencher automaticamente",
        ),
    ],
)
def test_a_code_for_an_app_is_sent_like_any_other(more: dict[str, Any], label: str) -> None:
    template = replace(AUTHENTICATION, buttons=(Button("OTP", "Copiar código", more=more),))

    assert issues_of(template) == []
    assert to_components(template)[-1]["buttons"] == [{"type": "OTP", "text": "Copiar código", **more}]
    sent = request("send-template-auth")["template"]["components"]
    assert compiled(template, {"body.1": "493871"}) == sent
    assert [button["text"] for button in preview(template)["buttons"]] == [label]


def test_a_code_as_meta_lists_it_is_sent_the_same_way() -> None:
    """Meta lists the button of a code as an address of its own."""
    read = of_components(
        [
            {
                "type": "BODY",
                "text": "*{{1}}* is your verification code.",
                "example": {"body_text": [["123456"]]},
            },
            {
                "type": "BUTTONS",
                "buttons": [
                    {
                        "type": "URL",
                        "text": "Copy code",
                        "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}",
                    }
                ],
            },
        ],
        name="codigo_login",
        language="en",
        category=TemplateCategory.AUTHENTICATION,
    )

    assert compiled(read, {"body.1": "493871"}) == request("send-template-auth")["template"]["components"]


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("error-132000-parameter-count", "confirma_agenda"),
        ("error-132012-parameter-format", "confirma_agenda"),
        ("error-132018-template-validation", "confirma_agenda"),
    ],
)
def test_parameters_that_meta_refuses_never_leave(name: str, template: str) -> None:
    body = request(name)["template"]["components"][0]["parameters"]
    values = {f"body.{at + 1}": each["text"] for at, each in enumerate(body)}

    with pytest.raises(ParametersInvalid) as refused:
        compiled(definition(listed()[template]), values)

    missing = {
        each["path"] for each in refused.value.details["issues"] if each["code"] == "parameter_missing"
    }
    assert missing == {"header", "body.2", "buttons.1"}


def test_the_form_says_what_a_send_needs() -> None:
    form = form_of(definition(listed()["confirma_agenda"]))

    assert [(each.key, each.kind.value, each.example, each.is_required) for each in form] == [
        ("header", "image", "", True),
        ("body.1", "text", "Maria", True),
        ("body.2", "text", "amanhã às 9h", True),
        ("buttons.0", "payload", "", False),
        ("buttons.1", "url_suffix", "ag-552", True),
    ]


def test_the_preview_shows_values_where_there_are_some_and_samples_where_nothing_was_given() -> None:
    template = definition(listed()["confirma_agenda"])

    assert preview(template) == {
        "header": {"type": "IMAGE", "text": None, "link": "https://scontent.example.net/h.jpg"},
        "body": "Olá Maria, confirma sua consulta amanhã às 9h? Obrigado.",
        "footer": "Clínica Modelo",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Confirmar"},
            {"type": "URL", "text": "Detalhes", "url": "https://example.com/a/ag-552"},
        ],
    }
    shown = preview(template, {"body.1": "José", "buttons.1": "ag 9%"})
    assert shown["body"] == "Olá José, confirma sua consulta {{2}}? Obrigado."
    assert shown["buttons"][1]["url"] == "https://example.com/a/ag%209%25"


@pytest.mark.parametrize(
    ("header_type", "value", "sent"),
    [
        (
            HeaderType.VIDEO,
            {"link": "https://a.example/v.mp4"},
            {"video": {"link": "https://a.example/v.mp4"}},
        ),
        (
            HeaderType.DOCUMENT,
            {"media_id": "77", "filename": "nota.pdf"},
            {"document": {"id": "77", "filename": "nota.pdf"}},
        ),
        (
            HeaderType.LOCATION,
            {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": "Rua A, 1"},
            {"location": {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": "Rua A, 1"}},
        ),
    ],
)
def test_every_kind_of_header_is_sent(
    header_type: HeaderType, value: dict[str, Any], sent: dict[str, Any]
) -> None:
    template = Definition("aviso", "pt_BR", TemplateCategory.UTILITY, "Olá.", header_type=header_type)

    kind = header_type.value.lower()
    assert compiled(template, {"header": value}) == [
        {"type": "header", "parameters": [{"type": kind, **sent}]}
    ]


@pytest.mark.parametrize(
    ("button", "value", "sub_type", "parameter"),
    [
        (
            Button("COPY_CODE", example="25OFF"),
            "25OFF",
            "copy_code",
            {"type": "coupon_code", "coupon_code": "25OFF"},
        ),
        (
            Button("FLOW", "Abrir", more={"flow_id": "9"}),
            {"flow_token": "tok-1"},
            "flow",
            {"type": "action", "action": {"flow_token": "tok-1"}},
        ),
        (
            Button("CATALOG", "Ver catálogo"),
            {"thumbnail_product_retailer_id": "p1"},
            "catalog",
            {"type": "action", "action": {"thumbnail_product_retailer_id": "p1"}},
        ),
    ],
)
def test_every_kind_of_button_is_sent(
    button: Button, value: Any, sub_type: str, parameter: dict[str, Any]
) -> None:
    template = Definition("aviso", "pt_BR", TemplateCategory.MARKETING, "Olá.", buttons=(button,))

    assert compiled(template, {"buttons.0": value}) == [
        {"type": "button", "sub_type": sub_type, "index": "0", "parameters": [parameter]}
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"body.1": ""}, "parameter_empty"),
        ({"body.1": "a\nb"}, "parameter_whitespace"),
        ({"body.1": "a     b"}, "parameter_whitespace"),
        ({"body.1": 7}, "parameter_shape"),
        ({"body.1": "x" * 1025}, "too_long"),
        ({"body.1": "x", "body.2": "y"}, "parameter_unknown"),
        ({"body.1": "x", "buttons.0": "y"}, "parameter_unknown"),
        ({}, "parameter_missing"),
    ],
)
def test_a_value_that_meta_would_refuse_is_refused(values: dict[str, Any], code: str) -> None:
    template = Definition("aviso", "pt_BR", TemplateCategory.UTILITY, "Olá {{1}}, tudo bem?")

    assert code in {each.code for each in parameter_issues(template, values)}


def test_named_variables_need_their_names() -> None:
    template = definition(listed()["pedido_enviado"])

    assert template.parameter_format == ParameterFormat.NAMED
    assert [field.key for field in form_of(template)] == ["body.primeiro_nome", "body.pedido"]
