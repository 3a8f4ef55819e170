"""Each of Meta's limits: what keeps it passes, what breaks it is named with its field."""

from dataclasses import replace
from typing import Any

import pytest

from pytake.whatsapp.templates.definition import Button, Definition, Variable
from pytake.whatsapp.templates.issues import SENTENCES, TemplateInvalid
from pytake.whatsapp.templates.rules import issues_of
from pytake.whatsapp.types import HeaderType, ParameterFormat, TemplateCategory

GOOD = Definition(
    "confirma_agenda",
    "pt_BR",
    TemplateCategory.UTILITY,
    "Olá {{1}}, sua consulta é às {{2}} de amanhã.",
    variables=(Variable("body", "1", "Maria"), Variable("body", "2", "9h")),
)
OTP = Button("OTP", more={"otp_type": "COPY_CODE"})
APP = {"package_name": "com.example", "signature_hash": "K8a/AINcGX7"}
APPS = "buttons.0.supported_apps"


def one_tap(*apps: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"buttons": (Button("OTP", more={"otp_type": "ONE_TAP", "supported_apps": list(apps), **more}),)}


def reply(text: str) -> Button:
    return Button("QUICK_REPLY", text)


def link(
    text: str = "Ver", url: str = "https://a.example/{{1}}", example: str = "https://a.example/9"
) -> Button:
    return Button("URL", text, url=url, example=example)


def call(phone: str = "+551130000100") -> Button:
    return Button("PHONE_NUMBER", "Ligar", phone_number=phone)


def named(body: str, *names: str) -> dict[str, Any]:
    variables = tuple(Variable("body", name, "x") for name in names)
    return {"parameter_format": ParameterFormat.NAMED, "body_text": body, "variables": variables}


def plain(body: str, count: int) -> dict[str, Any]:
    return {"body_text": body, "variables": tuple(Variable("body", str(n + 1), "x") for n in range(count))}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "a" * 512},
        {"language": "en_US"},
        plain("x" * 1024, 0),
        {"footer_text": "x" * 60},
        {"header_type": HeaderType.TEXT, "header_content": "x" * 60},
        {
            "header_type": HeaderType.TEXT,
            "header_content": "Pedido {{1}}",
            "variables": (*GOOD.variables, Variable("header", "1", "1029")),
        },
        {"header_type": HeaderType.IMAGE, "header_content": "4::abc"},
        {"header_type": HeaderType.LOCATION},
        named("Oi {{primeiro_nome}}, tudo bem por aí?", "primeiro_nome"),
        {"buttons": tuple(reply(f"Opção {n}") for n in range(10))},
        {"buttons": (reply("Sim"), reply("Não"), link(), call())},
        {"buttons": (link(), call(), reply("Sim"))},
        {"buttons": (link("A"), link("B", "https://b.example", ""))},
        {"buttons": (Button("COPY_CODE", example="25OFF"),)},
        {"buttons": (Button("FLOW", "Abrir", more={"flow_id": "1"}),)},
        {"buttons": (Button("REQUEST_CONTACT_INFO"), Button("VOICE_CALL", "Ligar"))},
    ],
)
def test_what_meta_takes_passes(changes: dict[str, Any]) -> None:
    assert issues_of(replace(GOOD, **changes)) == []


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"name": ""}, "name", "name_required"),
        ({"name": "Confirma agenda"}, "name", "name_pattern"),
        ({"name": "a" * 513}, "name", "too_long"),
        ({"language": "pt"}, "language", "language_unknown"),
        ({"category": None}, "category", "category_required"),
        (plain("", 0), "body_text", "required"),
        (plain("x" * 1025, 0), "body_text", "too_long"),
        (plain("{{1}} bom dia para você", 1), "body_text", "variable_at_start"),
        (plain("Bom dia para você {{1}}", 1), "body_text", "variable_at_end"),
        (plain("Bom dia, {{1}} {{2}} e bem vindo por aqui", 2), "body_text", "variables_adjacent"),
        (plain("Olá {{1}} e {{2}} oi", 2), "body_text", None),
        (plain("Olá {{1}}, {{2}} oi", 2), "body_text", "variables_too_many"),
        ({"body_text": "Olá {{1}}, sua consulta é às {{3}} de amanhã."}, "body_text", "variable_gap"),
        ({"body_text": "Olá {{1}}, sua consulta é às {2}} de amanhã."}, "body_text", "variable_unclosed"),
        ({"body_text": "Olá {{$x}}, bom dia para você."}, "body_text", "variable_name"),
        ({"body_text": "Olá {{nome}}, bom dia para você."}, "body_text", "variable_positional"),
        (named("Olá {{1}}, bom dia para você.", "1"), "body_text", "variable_named"),
        ({"variables": GOOD.variables[:1]}, "variables.body.2", "sample_required"),
        ({"footer_text": "x" * 61}, "footer_text", "too_long"),
        ({"footer_text": "Até {{1}}"}, "footer_text", "variable_not_here"),
        ({"header_type": HeaderType.TEXT}, "header_content", "required"),
        ({"header_type": HeaderType.TEXT, "header_content": "x" * 61}, "header_content", "too_long"),
        ({"header_type": HeaderType.TEXT, "header_content": "*Oi*"}, "header_content", "header_markup"),
        (
            {"header_type": HeaderType.TEXT, "header_content": "{{1}} {{2}}"},
            "header_content",
            "header_variables",
        ),
        (
            {"header_type": HeaderType.TEXT, "header_content": "Oi {{1}}"},
            "variables.header.1",
            "sample_required",
        ),
        ({"header_type": HeaderType.VIDEO}, "header_content", "header_sample_required"),
        ({"buttons": tuple(reply(str(n)) for n in range(11))}, "buttons", "buttons_too_many"),
        ({"buttons": (link("A"), link("B"), link("C"))}, "buttons", "buttons_too_many"),
        ({"buttons": (reply("A"), link(), reply("B"))}, "buttons", "buttons_order"),
        ({"buttons": (reply("Sim"), reply("sim"))}, "buttons.1.text", "button_twice"),
        ({"buttons": (reply(""),)}, "buttons.0.text", "required"),
        ({"buttons": (reply("x" * 26),)}, "buttons.0.text", "too_long"),
        ({"buttons": (reply("Oi {{1}}"),)}, "buttons.0.text", "variable_not_here"),
        ({"buttons": (Button("TELEPATHY", "x"),)}, "buttons.0.type", "button_unknown"),
        ({"buttons": (link(url=""),)}, "buttons.0.url", "required"),
        ({"buttons": (link(url="a.example"),)}, "buttons.0.url", "url_invalid"),
        ({"buttons": (link(url="https://a.example/" + "x" * 2000),)}, "buttons.0.url", "too_long"),
        ({"buttons": (link(url="https://a.example/{{1}}/x"),)}, "buttons.0.url", "url_variable"),
        ({"buttons": (link(example=""),)}, "buttons.0.example", "sample_required"),
        ({"buttons": (link(example="https://b.example/9"),)}, "buttons.0.example", "url_sample"),
        ({"buttons": (call(""),)}, "buttons.0.phone_number", "required"),
        ({"buttons": (call("ligue já"),)}, "buttons.0.phone_number", "phone_invalid"),
        ({"buttons": (call("+" + "1" * 20),)}, "buttons.0.phone_number", "too_long"),
        ({"buttons": (Button("COPY_CODE"),)}, "buttons.0.example", "required"),
        ({"buttons": (Button("COPY_CODE", example="x" * 16),)}, "buttons.0.example", "too_long"),
        ({"buttons": (Button("FLOW", "Abrir"),)}, "buttons.0.flow_id", "required"),
        ({"buttons": (OTP,)}, "buttons", "authentication_only"),
    ],
)
def test_what_meta_refuses_is_named(changes: dict[str, Any], path: str, code: str | None) -> None:
    found = [(each.path, each.code) for each in issues_of(replace(GOOD, **changes))]

    assert ((path, code) in found) if code else found == []


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({}, "", None),
        ({"buttons": (Button("OTP", more={"otp_type": "ONE_TAP", "supported_apps": [APP]}),)}, "", None),
        ({"buttons": ()}, "buttons", "authentication_button"),
        ({"buttons": (OTP, reply("x"))}, "buttons", "authentication_button"),
        ({"body_text": "Seu código"}, "body_text", "authentication_words"),
        ({"code_expiration_minutes": 91}, "code_expiration_minutes", "code_expiration"),
        ({"buttons": (Button("OTP"),)}, "buttons.0.otp_type", "otp_type"),
        ({"buttons": (Button("OTP", more={"otp_type": "ONE_TAP"}),)}, "buttons.0.supported_apps", "otp_apps"),
        (
            {"buttons": (Button("OTP", more={"otp_type": "ZERO_TAP", "supported_apps": [APP]}),)},
            "buttons.0.zero_tap_terms_accepted",
            "otp_terms",
        ),
        (one_tap(APP, zero_tap_terms_accepted=True, otp_type="ZERO_TAP"), "", None),
        (one_tap(*[APP] * 5, autofill_text="x" * 25), "", None),
        (one_tap(APP, autofill_text="x" * 26), "buttons.0.autofill_text", "too_long"),
        (one_tap(*[APP] * 6), APPS, "otp_apps_too_many"),
        (one_tap(), APPS, "otp_apps"),
        (one_tap(APP, {}), f"{APPS}.1.package_name", "required"),
        (one_tap(APP, {}), f"{APPS}.1.signature_hash", "required"),
        (one_tap(APP | {"package_name": "com.a" + "b" * 220}), f"{APPS}.0.package_name", "too_long"),
        *[
            (one_tap(APP | {"package_name": wrong}), f"{APPS}.0.package_name", "otp_package")
            for wrong in ("app", "com..app", "com.1app", "com.exámple", "com.example.", "com.ex ample")
        ],
        *[
            (one_tap(APP | {"signature_hash": wrong}), f"{APPS}.0.signature_hash", "otp_signature")
            for wrong in ("K8a/AINcGX", "K8a/AINcGX77", "K8a/AINcGX-", "K8a/AINcGX\n")
        ],
    ],
)
def test_an_authentication_template_has_rules_of_its_own(
    changes: dict[str, Any], path: str, code: str | None
) -> None:
    template = Definition("codigo", "pt_BR", TemplateCategory.AUTHENTICATION, buttons=(OTP,))

    found = [(each.path, each.code) for each in issues_of(replace(template, **changes))]

    assert ((path, code) in found) if code else found == []


def test_a_refusal_says_everything_at_once() -> None:
    refused = TemplateInvalid(issues_of(replace(GOOD, name="", footer_text="x" * 61)))

    assert [each["code"] for each in refused.details["issues"]] == ["name_required", "too_long"]
    assert str(refused) == "WhatsApp would refuse this template: name: A template needs a name."


def test_every_sentence_can_be_said() -> None:
    known = {
        "language": "xx",
        "actual": 9,
        "limit": 8,
        "name": "1",
        "type": "X",
        "component": "Y",
        "reason": "Z",
    }

    assert all(sentence.format_map(known) for sentence in SENTENCES.values())
