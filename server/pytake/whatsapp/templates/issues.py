"""Every rule of Meta that a template can break: its code, its sentence, and the field it is about."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from pytake.kit.errors import Invalid
from pytake.kit.frozen import frozen

SENTENCES: Final[Mapping[str, str]] = {
    # the template
    "name_required": "A template needs a name.",
    "name_pattern": "The name takes lower-case letters, digits and underscores only.",
    "language_unknown": "WhatsApp has no templates in the language {language}.",
    "category_required": "A template needs a category.",
    "too_long": "There are {actual} characters; WhatsApp takes at most {limit}.",
    "required": "This must not be empty.",
    # variables
    "variable_name": "{{{{{name}}}}} is no name of a variable; special characters are not allowed.",
    "variable_positional": "{{{{{name}}}}} must be a number: this template counts its variables.",
    "variable_named": "{{{{{name}}}}} must be a name in small letters: this template names its variables.",
    "variable_gap": "Variables are numbered from 1 without gaps; {{{{{name}}}}} is missing.",
    "variable_at_start": "A variable cannot be at the start of the text.",
    "variable_at_end": "A variable cannot be at the end of the text.",
    "variables_adjacent": "Two variables cannot stand next to each other; put text between them.",
    "variables_too_many": "So many variables need a longer text: it has {actual} words of {limit}.",
    "variable_unclosed": "A variable is written {{{{1}}}}: two braces on each side.",
    "variable_not_here": "There can be no variable here.",
    "sample_required": "{{{{{name}}}}} needs a sample, so that Meta can see what will stand there.",
    # header
    "header_variables": "A header takes one variable at most.",
    "header_markup": "A header takes no formatting (*, _, ~, `) and no line breaks.",
    "header_sample_required": "A header with media needs a sample file.",
    # buttons
    "buttons_too_many": "There are {actual} buttons of this kind; WhatsApp takes at most {limit}.",
    "buttons_order": "Quick replies must stand together, before or after the other buttons.",
    "button_unknown": "WhatsApp knows no button of the type {type}.",
    "button_twice": "Two buttons cannot have the same text.",
    "url_invalid": "An address begins with http:// or https://.",
    "url_variable": "An address takes one variable, at its end.",
    "url_sample": "The sample must be the whole address as it will be, beginning like the address.",
    "phone_invalid": "A phone is written with its country: + and digits.",
    "otp_type": "The kind of code button must be COPY_CODE, ONE_TAP or ZERO_TAP.",
    "otp_apps": "This kind of code button needs the app's package and signature.",
    "otp_apps_too_many": "There are {actual} apps; WhatsApp takes at most {limit}.",
    "otp_package": "The package is the Android app's name, such as com.example.app.",
    "otp_signature": "The signature is the 11 characters by which WhatsApp knows the app's signing key.",
    "otp_terms": "Zero-tap codes need Meta's terms to be accepted.",
    # categories
    "authentication_button": "An authentication template has exactly one button, for the code.",
    "authentication_only": "Only an authentication template has a button for a code.",
    "authentication_words": "Meta writes the words of an authentication template: no header, text or footer.",
    "code_expiration": "A code expires after 1 to 90 minutes.",
    # products, offers, calls
    "product_header": "A button for one product needs a header with the product.",
    "offer_category": "Only a marketing template has a limited-time offer.",
    "offer_footer": "A limited-time offer has no footer.",
    "offer_header": "Above a limited-time offer there is a picture, a film or nothing.",
    "offer_code": "The button that copies the code comes first, and an offer that expires needs it.",
    "call_permission_category": "An authentication template cannot ask whether the business may call.",
    "call_permission_alone": "The question whether one may call stands alone, without buttons or cards.",
    # cards
    "cards_count": "A carousel has 2 to 10 cards; there are {actual}.",
    "cards_category": "Only a marketing template has cards.",
    "cards_alone": "With cards a template has words only: no header, footer, buttons or offer.",
    "cards_alike": "All cards need the same kind of header and the same buttons, and all or none have words.",
    "card_header": "A card needs a picture, a film or a product above its words.",
    "card_button": "A card takes quick replies, links, phone numbers and products only.",
    # parameters
    "parameter_missing": "A value is missing.",
    "parameter_unknown": "The template has no such place.",
    "parameter_empty": "The value must not be empty.",
    "parameter_whitespace": "A value takes no line breaks, no tabs and no more than four spaces in a row.",
    "parameter_media": "The header needs a file: either media_id or link, which begins with https:// or http://.",
    "parameter_media_of_card": "A card needs a picture or film: either media_id or link, which begins with "
    "https:// or http://.",
    "parameter_products": "This needs products of the catalog: {reason}",
    "parameter_moment": "This needs a moment with its time zone, such as 2026-12-24T18:00:00-03:00.",
    "parameter_call": "This takes ttl_minutes from 1 to 43200, payload of up to 512 characters, or both.",
    "parameter_location": "The header needs a place: latitude and longitude as numbers, name and address.",
    "parameter_shape": "This is not a value of the kind that belongs here.",
    "strange_component": "PyTake cannot send templates with {component}.",
}


@frozen
class Issue:
    path: str
    """The field, as `buttons.0.url`."""
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return SENTENCES[self.code].format_map(self.params)

    def dumped(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "code": self.code,
            "message": self.message,
            "params": dict(self.params),
        }


def issue(path: str, code: str, **params: Any) -> Issue:
    return Issue(path, code, params)


class TemplateInvalid(Invalid):
    """What Meta would refuse is refused here first, all of it at once."""

    code = "template_invalid"
    message = "WhatsApp would refuse this template: {reason}"

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(
            reason=f"{issues[0].path}: {issues[0].message}", issues=[each.dumped() for each in issues]
        )


class ParametersInvalid(Invalid):
    """The values do not fit the template."""

    code = "template_parameters_invalid"
    message = "The values do not fit the template: {reason}"

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(
            reason=f"{issues[0].path}: {issues[0].message}", issues=[each.dumped() for each in issues]
        )
