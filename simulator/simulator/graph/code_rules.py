"""What Meta refuses of an authentication template: it writes the words, and one button carries the code."""

import re
from collections.abc import Mapping
from typing import Any

from simulator.graph.template_refusal import refused

Json = dict[str, Any]

LABEL_MOST, APPS_MOST, PACKAGE_MOST, MINUTES_MOST = 25, 5, 224, 90
_KINDS = frozenset({"COPY_CODE", "ONE_TAP", "ZERO_TAP"})
_PACKAGE = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", re.ASCII)
_SIGNATURE = re.compile(r"[A-Za-z0-9+/=]{11}")


def check_code(by_type: Mapping[str, Json]) -> None:
    if "HEADER" in by_type or "text" in by_type["BODY"] or "text" in by_type.get("FOOTER", {}):
        raise refused(None, "Invalid component", "Meta writes the words of an authentication template.")
    minutes = by_type.get("FOOTER", {}).get("code_expiration_minutes", 1)
    if not isinstance(minutes, int) or not 1 <= minutes <= MINUTES_MOST:
        raise refused(None, "Invalid expiration", "A code expires after 1 to 90 minutes.")
    buttons = by_type.get("BUTTONS", {}).get("buttons")
    if not isinstance(buttons, list) or [each.get("type") for each in buttons] != ["OTP"]:
        raise refused(None, "Invalid button", "An authentication template has one button, of the type OTP.")
    _check_button(buttons[0])


def _check_button(button: Json) -> None:
    kind = button.get("otp_type")
    if kind not in _KINDS:
        raise refused(None, "Invalid button", "otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP.")
    for key in ("text", "autofill_text"):
        if len(str(button.get(key, ""))) > LABEL_MOST:
            raise refused(None, "Character limit", "A button has more than 25 characters.")
    if kind == "COPY_CODE":
        return
    apps = button.get("supported_apps")
    if not isinstance(apps, list) or not 1 <= len(apps) <= APPS_MOST:
        raise refused(None, "Invalid apps", "supported_apps takes 1 to 5 apps.")
    for app in apps:
        _check_app(app if isinstance(app, dict) else {})
    if kind == "ZERO_TAP" and button.get("zero_tap_terms_accepted") is not True:
        raise refused(None, "Terms not accepted", "zero_tap_terms_accepted must be true.")


def _check_app(app: Json) -> None:
    package = str(app.get("package_name", ""))
    if len(package) > PACKAGE_MOST or not _PACKAGE.fullmatch(package):
        raise refused(None, "Invalid app", "package_name must be the name of an Android package.")
    if not _SIGNATURE.fullmatch(str(app.get("signature_hash", ""))):
        raise refused(None, "Invalid app", "signature_hash must have exactly 11 characters.")
