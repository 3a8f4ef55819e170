"""What Meta's answers mean: the error table, and the reading of an answer that may not be Meta's at all."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pytake.adapters.meta.body import JsonError, parse
from pytake.adapters.meta.lenient import array_of, integer_of, number_of, object_of, text_of
from pytake.ports.whatsapp import Accepted, Json, Outcome, Policy, Refused, Unknown

_PERMISSION_CODES = range(200, 300)

_OBJECT_MISSING = (100, 33)
"""(code, subcode): the number does not exist, or the token may not see it. Every message would fail."""

_MAINTENANCE = 131057
_MAINTENANCE_SECONDS = 60.0

FILE_UNUSABLE = 131053
_VALUE_INVALID = {100, 131009}
_FILE_ID = "media attachment ID"
"""How Meta calls what an image's or a document's `id` is not."""

_HELD = {"held_for_quality_assessment", "paused"}
"""What `message_status` says of a template that is accepted and not on its way yet."""

_CODES: dict[Policy, tuple[int, ...]] = {
    Policy.RETRY: (
        1,  # invalid request or server error
        2,  # temporary downtime
        131000,  # unknown failure
        131016,  # service unavailable
        133000,  # deregistration incomplete
        133004,  # server unavailable
        134101,  # template syncing for marketing messages
        2494100,  # number migration, maintenance
    ),
    Policy.THROTTLE_NUMBER: (
        4,  # calls of the app
        613,  # calls to this endpoint
        80007,  # calls to the business account
        130429,  # throughput of the number
        131057,  # maintenance, such as a throughput upgrade
        131208,  # groups
    ),
    Policy.THROTTLE_PAIR: (131056,),
    Policy.STOP_NUMBER: (
        0,  # token invalid
        3,  # capability missing
        10,  # permission removed
        33,  # number deleted
        104,  # token missing
        190,  # token expired
        368,  # blocked for policy violations
        803,  # object does not exist
        131005,  # access denied
        131031,  # account locked
        131037,  # display name not approved
        131042,  # payment
        131045,  # certificate of the number
        133006,  # number not verified
        133010,  # number not registered
    ),
    Policy.NEEDS_TEMPLATE: (131047,),
    Policy.OPT_OUT: (131050,),
    Policy.LATER: (
        131044,  # payment, calling
        131048,  # spam limit of the number
        131049,  # marketing limit of the person, at least 24 h
        131064,  # templates misclassified
        132015,  # template paused
        132069,  # WhatsApp Flow throttled
        133008,  # PIN guesses
        133009,
        133015,  # number recently deleted
        133016,  # registrations in 72 h
        2388039,  # template in review
    ),
    Policy.FAIL: (
        100,  # parameter invalid
        130403,  # we blocked this person
        130472,  # person in an experiment
        130497,  # country not allowed
        131008,  # parameter missing
        131009,  # parameter value invalid
        131020,  # group of one
        131021,  # sender is recipient
        131026,  # undeliverable
        131030,  # test number, recipient not listed
        131041,  # group unknown
        131051,  # type not supported
        131052,  # media of the person not downloadable
        131053,  # media of ours not usable
        131055,  # method not allowed
        131060,  # inbound message unavailable
        131062,  # needs a phone, not a user id
        131063,  # marketing templates disabled here
        132000,  # template: number of parameters
        132001,  # template or language missing
        132005,  # template text too long
        132007,  # template violates policy
        132008,  # template values malformed
        132012,  # template parameter format
        132016,  # template disabled
        132018,  # template parameters
        132068,  # WhatsApp Flow blocked
        134011,  # payment terms
        134100,  # only marketing
        134102,  # marketing messages unavailable
        135000,  # request parameters
        137000,  # identity changed
    ),
}

POLICIES: dict[int, Policy] = {code: policy for policy, codes in _CODES.items() for code in codes}
"""Codes a send or a status can end with; what is not here is judged by its HTTP status."""


def policy_of(
    code: int | None, *, subcode: int | None = None, status: int = 0, is_transient: bool = False
) -> Policy:
    """What to do about an error. The status counts only for codes the table does not know."""
    if code is not None:
        if code in _PERMISSION_CODES or (code, subcode) == _OBJECT_MISSING:
            return Policy.STOP_NUMBER
        if code in POLICIES:
            return POLICIES[code]
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Policy.THROTTLE_NUMBER
    if is_transient or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Policy.RETRY
    return Policy.FAIL


def outcome(status: int, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Read the answer to a send. Only Meta's own words decide; a gateway's page decides nothing."""
    answer = _object_in(body)
    if isinstance(answer.get("error"), dict):
        return refusal(status, headers, answer["error"])
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unknown(f"HTTP {status} without an error from Meta; the message may have been accepted")
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return _turned_away(status, headers)
    return _accepted(answer) or Unknown(f"HTTP {status} without a message id")


def _object_in(body: bytes) -> Json:
    try:
        return object_of(parse(body))
    except JsonError:
        return {}


def _accepted(answer: Json) -> Accepted | None:
    message = object_of(next(iter(array_of(answer.get("messages"))), None))
    contact = object_of(next(iter(array_of(answer.get("contacts"))), None))
    wamid = text_of(message.get("id"))
    if wamid is None:
        return None
    return Accepted(
        wamid,
        wa_id=text_of(contact.get("wa_id")),
        user_id=text_of(contact.get("user_id")),
        held=held if (held := text_of(message.get("message_status"))) in _HELD else None,
    )


def _turned_away(status: int, headers: Mapping[str, str]) -> Refused:
    """Refused on the way (Meta always says why): not accepted, so worth another try."""
    is_throttled = status == HTTPStatus.TOO_MANY_REQUESTS
    policy = Policy.THROTTLE_NUMBER if is_throttled else Policy.RETRY
    return Refused(
        policy, None, f"HTTP {status} without an error from Meta", retry_after=_retry_after(headers)
    )


def refusal(status: int, headers: Mapping[str, str], error: Json) -> Refused:
    code, subcode = integer_of(error.get("code")), integer_of(error.get("error_subcode"))
    title = text_of(error.get("error_user_title")) or text_of(error.get("message")) or f"HTTP {status}"
    details = _details_of(error)
    return Refused(
        policy_of(code, subcode=subcode, status=status, is_transient=error.get("is_transient") is True),
        code,
        title.removeprefix(f"(#{code}) "),
        details=details,
        subcode=subcode,
        trace_id=text_of(error.get("fbtrace_id")),
        is_about_file=code == FILE_UNUSABLE or (code in _VALUE_INVALID and _FILE_ID in f"{title} {details}"),
        retry_after=_MAINTENANCE_SECONDS if code == _MAINTENANCE else _retry_after(headers),
    )


def _details_of(error: Json) -> str | None:
    data: Any = error.get("error_data")
    said = text_of(data.get("details") if isinstance(data, dict) else data)
    return said or text_of(error.get("error_user_msg"))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from whichever header says so; the usage header counts in minutes."""
    if seconds := number_of(headers.get("Retry-After")):
        return seconds
    usage = _object_in(headers.get("X-Business-Use-Case-Usage", "").encode())
    waits = [
        number_of(object_of(use).get("estimated_time_to_regain_access")) or 0.0
        for uses in usage.values()
        for use in array_of(uses)
    ]
    return max(waits, default=0.0) * 60 or None
