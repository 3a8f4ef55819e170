"""Meta's limits on the buttons of a template: which, how many, in which order, with which words."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Final

from pytake.whatsapp.templates.definition import Button, Definition
from pytake.whatsapp.templates.issues import Issue, issue
from pytake.whatsapp.templates.text_rules import short
from pytake.whatsapp.templates.variables import MARK
from pytake.whatsapp.types import ButtonType, HeaderType

ALL: Final = 10
MOST: Final[Mapping[str, int]] = {
    ButtonType.URL: 2,
    ButtonType.PHONE_NUMBER: 1,
    ButtonType.COPY_CODE: 1,
    ButtonType.OTP: 1,
    ButtonType.FLOW: 1,
    ButtonType.CATALOG: 1,
    ButtonType.MPM: 1,
    ButtonType.SPM: 1,
    ButtonType.VOICE_CALL: 1,
    ButtonType.REQUEST_CONTACT_INFO: 1,
}
LABEL: Final = 25
URL: Final = 2000
PHONE: Final = 20
COUPON: Final = 15
APPS: Final = 5
PACKAGE: Final = 224

_UNLABELLED: Final = frozenset({ButtonType.COPY_CODE, ButtonType.OTP, ButtonType.REQUEST_CONTACT_INFO})
"""Kinds whose words are Meta's own."""

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{5,}")
_OTP_TYPES: Final = frozenset({"COPY_CODE", "ONE_TAP", "ZERO_TAP"})
_PACKAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9+/=]{11}")
"""As the tool that makes it prints it."""


def button_issues(definition: Definition) -> Iterator[Issue]:
    buttons = definition.buttons
    yield from _counts(buttons)
    if definition.is_authentication:
        if [each.type for each in buttons] not in ([ButtonType.OTP], [ButtonType.URL]):
            yield issue("buttons", "authentication_button")
    elif any(each.type == ButtonType.OTP for each in buttons):
        yield issue("buttons", "authentication_only")
    if any(each.type == ButtonType.SPM for each in buttons) and definition.header_type != HeaderType.PRODUCT:
        yield issue("header_type", "product_header")
    stretches = [
        is_reply for is_reply, _ in groupby(buttons, lambda each: each.type == ButtonType.QUICK_REPLY)
    ]
    if stretches.count(True) > 1:
        yield issue("buttons", "buttons_order")
    for at, button in enumerate(buttons):
        yield from issues_of_button(f"buttons.{at}", button)
    texts = Counter(each.text.strip().casefold() for each in buttons if each.text.strip())
    for at, button in enumerate(buttons):
        if texts[button.text.strip().casefold()] > 1:
            yield issue(f"buttons.{at}.text", "button_twice")


def _counts(buttons: tuple[Button, ...]) -> Iterator[Issue]:
    if len(buttons) > ALL:
        yield issue("buttons", "buttons_too_many", actual=len(buttons), limit=ALL)
    counts = Counter(each.type for each in buttons)
    for kind, most in MOST.items():
        if counts[kind] > most:
            yield issue("buttons", "buttons_too_many", actual=counts[kind], limit=most)


def issues_of_button(path: str, button: Button) -> Iterator[Issue]:
    if button.type not in ButtonType.__members__:
        yield issue(f"{path}.type", "button_unknown", type=button.type)
        return
    if button.type not in _UNLABELLED and not button.text.strip():
        yield issue(f"{path}.text", "required")
    yield from short(f"{path}.text", button.text, LABEL)
    if MARK.search(button.text):
        yield issue(f"{path}.text", "variable_not_here")
    yield from _KINDS.get(button.type, _nothing)(path, button)


def _nothing(_path: str, _button: Button) -> Iterator[Issue]:
    yield from ()


def _url(path: str, button: Button) -> Iterator[Issue]:
    url = button.url or ""
    if not url:
        yield issue(f"{path}.url", "required")
        return
    yield from short(f"{path}.url", url, URL)
    if not url.startswith(("http://", "https://")) or any(character.isspace() for character in url):
        yield issue(f"{path}.url", "url_invalid")
    marks = list(MARK.finditer(url))
    if not marks:
        return
    if len(marks) > 1 or marks[0].end() != len(url) or marks[0][1] != "1":
        yield issue(f"{path}.url", "url_variable")
        return
    beginning, example = url[: marks[0].start()], button.example or ""
    if not example:
        yield issue(f"{path}.example", "sample_required", name="1")
    elif not example.startswith(beginning) or len(example) <= len(beginning) or MARK.search(example):
        yield issue(f"{path}.example", "url_sample")


def _phone(path: str, button: Button) -> Iterator[Issue]:
    phone = button.phone_number or ""
    if not phone:
        yield issue(f"{path}.phone_number", "required")
        return
    yield from short(f"{path}.phone_number", phone, PHONE)
    if not _PHONE.fullmatch(phone):
        yield issue(f"{path}.phone_number", "phone_invalid")


def _copy_code(path: str, button: Button) -> Iterator[Issue]:
    if not button.example:
        yield issue(f"{path}.example", "required")
    yield from short(f"{path}.example", button.example or "", COUPON)


def _otp(path: str, button: Button) -> Iterator[Issue]:
    kind = button.more.get("otp_type")
    if kind not in _OTP_TYPES:
        yield issue(f"{path}.otp_type", "otp_type")
        return
    if kind == "COPY_CODE":
        return
    yield from short(f"{path}.autofill_text", str(button.more.get("autofill_text") or ""), LABEL)
    yield from _apps(f"{path}.supported_apps", button.more.get("supported_apps"))
    if kind == "ZERO_TAP" and button.more.get("zero_tap_terms_accepted") is not True:
        yield issue(f"{path}.zero_tap_terms_accepted", "otp_terms")


def _apps(path: str, apps: object) -> Iterator[Issue]:
    if not isinstance(apps, list) or not apps or not all(isinstance(app, dict) for app in apps):
        yield issue(path, "otp_apps")
        return
    if len(apps) > APPS:
        yield issue(path, "otp_apps_too_many", actual=len(apps), limit=APPS)
    for at, app in enumerate(apps):
        package, signature = str(app.get("package_name") or ""), str(app.get("signature_hash") or "")
        yield from short(f"{path}.{at}.package_name", package, PACKAGE)
        if not _PACKAGE.fullmatch(package):
            yield issue(f"{path}.{at}.package_name", "otp_package" if package else "required")
        if not _SIGNATURE.fullmatch(signature):
            yield issue(f"{path}.{at}.signature_hash", "otp_signature" if signature else "required")


def _flow(path: str, button: Button) -> Iterator[Issue]:
    if not any(button.more.get(key) for key in ("flow_id", "flow_name", "flow_json")):
        yield issue(f"{path}.flow_id", "required")


_KINDS: Final[Mapping[str, Callable[[str, Button], Iterator[Issue]]]] = {
    ButtonType.URL: _url,
    ButtonType.PHONE_NUMBER: _phone,
    ButtonType.COPY_CODE: _copy_code,
    ButtonType.OTP: _otp,
    ButtonType.FLOW: _flow,
}
