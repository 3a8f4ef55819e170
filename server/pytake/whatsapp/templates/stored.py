"""A definition as the row keeps it, and as the API has it: without name, language and category."""

from collections.abc import Mapping
from typing import Any

from pytake.whatsapp.templates.definition import Button, Definition, Variable
from pytake.whatsapp.types import HeaderType, ParameterFormat, TemplateCategory

Json = dict[str, Any]


def dumped(definition: Definition) -> Json:
    return {
        "parameter_format": definition.parameter_format.value,
        **_dumped_part(definition),
        "footer_text": definition.footer_text,
        "add_security_recommendation": definition.add_security_recommendation,
        "code_expiration_minutes": definition.code_expiration_minutes,
        "offer_text": definition.offer_text,
        "offer_expires": definition.offer_expires,
        "asks_to_call": definition.asks_to_call,
        "cards": [_dumped_part(card) for card in definition.cards],
        "strange": list(definition.strange),
    }


def _dumped_part(definition: Definition) -> Json:
    """What a template and each of its cards have."""
    return {
        "header_type": definition.header_type.value if definition.header_type else None,
        "header_content": definition.header_content,
        "body_text": definition.body_text,
        "buttons": [
            {
                "type": each.type,
                "text": each.text,
                "url": each.url,
                "phone_number": each.phone_number,
                "example": each.example,
                "more": each.more,
            }
            for each in definition.buttons
        ],
        "variables": [
            {"place": each.place, "name": each.name, "example": each.example} for each in definition.variables
        ],
    }


def loaded(content: Mapping[str, Any], *, name: str, language: str, category: str | None) -> Definition:
    """Of what `dumped` wrote, or of a request that was validated to have its shape."""
    parameter_format = ParameterFormat(content.get("parameter_format") or ParameterFormat.POSITIONAL)
    return Definition(
        name=name,
        language=language,
        category=TemplateCategory(category) if category else None,
        parameter_format=parameter_format,
        **_loaded_part(content),
        footer_text=content.get("footer_text") or None,
        add_security_recommendation=bool(content.get("add_security_recommendation")),
        code_expiration_minutes=content.get("code_expiration_minutes"),
        offer_text=content.get("offer_text") or None,
        offer_expires=bool(content.get("offer_expires")),
        asks_to_call=bool(content.get("asks_to_call")),
        cards=tuple(
            Definition("", language, None, parameter_format=parameter_format, **_loaded_part(card))
            for card in content.get("cards") or ()
        ),
        strange=tuple(content.get("strange") or ()),
    )


def _loaded_part(content: Mapping[str, Any]) -> Json:
    header_type = content.get("header_type")
    return {
        "header_type": HeaderType(header_type) if header_type else None,
        "header_content": content.get("header_content") or None,
        "body_text": content.get("body_text") or "",
        "buttons": tuple(Button(**each) for each in content.get("buttons") or ()),
        "variables": tuple(Variable(**each) for each in content.get("variables") or ()),
    }
