"""Meta's errors: the JSON envelope, and for each code its usual words and HTTP status."""

from dataclasses import dataclass, field
from typing import Any

from simulator.identifiers import trace_id

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class GraphError(Exception):
    code: int
    status: int
    message: str
    details: str | None = None
    subcode: int | None = None
    type: str = "OAuthException"
    extra: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> Json:
        error: Json = {"message": self.message, "type": self.type, "code": self.code, **self.extra}
        if self.details is not None:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = trace_id()
        return {"error": error}

    @property
    def title(self) -> str:
        return self.message.removeprefix(f"(#{self.code}) ")


_POLICY = (
    "The WhatsApp Business Account associated with the app has been restricted or disabled for violating a "
    "platform policy."
)

_NO_PERMISSION = (
    "You do not have the necessary permissions to send messages on behalf of this WhatsApp Business Account"
)
_NOT_ALLOWED = (
    "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."
)
_SPAM = (
    "Message failed to send because there are restrictions on how many messages can be sent from this phone "
    "number."
)
_PAIR = (
    "Message failed to send because there were too many messages sent from this phone number to the same "
    "phone number in a short period of time."
)

# code: HTTP status, title, details
_KNOWN: dict[int, tuple[int, str, str | None]] = {
    0: (401, "AuthException", None),
    1: (400, "API Unknown", None),
    2: (500, "An unexpected error has occurred. Please retry your request later.", None),
    3: (500, "API Method", None),
    4: (400, "Application request limit reached", None),
    10: (403, "Application does not have permission for this action", None),
    33: (400, "Parameter value is not valid", "The business phone number has been deleted."),
    100: (400, "Invalid parameter", None),
    104: (401, "An access token is required to request this resource.", None),
    190: (401, "Invalid OAuth access token - Cannot parse access token", None),
    200: (
        403,
        _NO_PERMISSION,
        None,
    ),
    368: (403, "Temporarily blocked for policies violations", _POLICY),
    80007: (
        400,
        "There have been too many calls to this WhatsApp Business account. Wait a bit and try again.",
        None,
    ),
    130403: (400, "User is blocked", "The business blocked this user."),
    130429: (429, "Rate limit hit", "Cloud API message throughput has been reached."),
    130472: (400, "User's number is part of an experiment", "Message was not sent as part of an experiment."),
    130497: (
        403,
        "Business account is restricted from messaging users in this country.",
        "The account may not message users in this country.",
    ),
    131000: (500, "Something went wrong", "Message failed to send due to an unknown error."),
    131005: (403, "Access denied", "Permission is either not granted or has been removed."),
    131008: (400, "Required parameter is missing", None),
    131009: (400, "Parameter value is not valid", None),
    131016: (503, "Service unavailable", "A service is temporarily unavailable."),
    131021: (400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    131026: (400, "Message undeliverable", "Message Undeliverable."),
    131030: (
        400,
        "Recipient phone number not in allowed list",
        _NOT_ALLOWED,
    ),
    131031: (403, "Business Account locked", _POLICY),
    131037: (400, "WhatsApp provided number needs display name approval before message can be sent.", None),
    131041: (400, "Group unknown", "The group does not exist or is not visible to this number."),
    131042: (400, "Business eligibility payment issue", "There was an error related to your payment method."),
    131045: (
        500,
        "Incorrect certificate",
        "Message failed to send due to a phone number registration error.",
    ),
    131047: (
        400,
        "Re-engagement message",
        "More than 24 hours have passed since the recipient last replied to the sender number.",
    ),
    131048: (
        400,
        "Spam rate limit hit",
        _SPAM,
    ),
    131049: (
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    131050: (
        400,
        "User has stopped marketing messages",
        "The user stopped marketing messages from this business.",
    ),
    131051: (400, "Unsupported message type", "Message type is currently not supported."),
    131052: (400, "Media download error", "Unable to download the media sent by the user."),
    131053: (400, "Media upload error", "Unable to upload the media used in the message."),
    131056: (
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        _PAIR,
    ),
    131057: (500, "Account in maintenance mode", "Business Account is in maintenance mode"),
    131062: (
        400,
        "Business-scoped user ID not supported",
        "Business-scoped User ID (BSUID) recipients are not supported for this message.",
    ),
    131063: (
        400,
        "Marketing templates disabled",
        "Marketing templates are disabled on Cloud API for this account.",
    ),
    131064: (400, "Messaging limit reached", "The account is limited because of mis-classified templates."),
    132000: (
        400,
        "Number of parameters does not match the expected number of params",
        "body: number of localizable_params (1) does not match the expected number of params (2)",
    ),
    132001: (
        404,
        "Template name does not exist in the translation",
        "template name does not exist in the language",
    ),
    132005: (400, "Translated text too long", "The template with its parameters is too long."),
    132007: (400, "Template content violates a policy", "The template content violates a WhatsApp policy."),
    132012: (
        400,
        "Parameter format does not match format in the created template",
        "header: Format mismatch, expected IMAGE, received UNKNOWN",
    ),
    132015: (
        400,
        "Template is paused",
        "Template is paused due to low quality so it cannot be sent in a template message.",
    ),
    132016: (400, "Template is disabled", "Template has been paused too many times and is now disabled."),
    132018: (400, "Template validation error", "There's an issue with the parameters in your template."),
    133000: (500, "Deregistration incomplete", "A previous deregistration attempt failed."),
    133004: (503, "Server Temporarily Unavailable", "The server is temporarily unavailable."),
    133005: (400, "Two step verification PIN Mismatch", "Two-step verification PIN incorrect."),
    133006: (
        400,
        "Phone number re-verification needed",
        "The phone number must be verified before registering.",
    ),
    133008: (400, "Too Many PIN Guesses", "Too many PIN guesses for this number; wait before the next."),
    133009: (400, "PIN Guessed Too Fast", "The PIN was entered too quickly; wait a moment."),
    133010: (400, "Account not registered", "Phone number not registered on the WhatsApp Business Platform."),
    133015: (400, "Please wait a few minutes before attempting to register this phone number", None),
    133016: (
        400,
        "Account register deregister rate limit exceeded",
        "There were too many attempts for this number.",
    ),
    135000: (
        400,
        "Generic user error",
        "Message failed to send because of an unknown error with your parameters.",
    ),
    136024: (400, "Request code error", "The phone number is verified already."),
    136025: (400, "Verify code error", "The code is not the one that was sent."),
    137000: (400, "Identity hash mismatch", "The recipient's identity hash does not match."),
}

_WITHOUT_NUMBER_IN_MESSAGE = {0, 2, 104, 190}
_TRANSIENT = {2, 4}
_MANAGEMENT_USAGE = (
    '{"account":[{"type":"whatsapp_business_management","call_count":100,"total_cputime":3,"total_time":4,'
    '"estimated_time_to_regain_access":1}]}'
)
_HEADERS = {
    4: {"X-App-Usage": '{"call_count":101,"total_cputime":20,"total_time":25}'},
    80007: {"X-Business-Use-Case-Usage": _MANAGEMENT_USAGE},
}


def error_for(
    code: int, details: str | None = None, *, status: int | None = None, subcode: int | None = None
) -> GraphError:
    """The error Meta answers for a code; a code the simulator does not know still gets the envelope."""
    usual, title, usual_details = _KNOWN.get(code, (400, "Something went wrong", None))
    message = title if code in _WITHOUT_NUMBER_IN_MESSAGE else f"(#{code}) {title}"
    return GraphError(
        code,
        status or usual,
        message,
        details if details is not None else usual_details,
        subcode,
        extra={"is_transient": True} if code in _TRANSIENT else {},
        headers=_HEADERS.get(code, {}),
    )


def missing(details: str) -> GraphError:
    return error_for(131008, details)


def invalid(details: str) -> GraphError:
    return error_for(131009, details)


def malformed(details: str) -> GraphError:
    return error_for(100, details)


def required_parameter(name: str) -> GraphError:
    return GraphError(100, 400, f"(#100) The parameter {name} is required.")


def expired_token() -> GraphError:
    message = "Error validating access token: The session has expired or the token is unknown."
    return GraphError(190, 401, message, subcode=463)


def missing_object(node: str, method: str) -> GraphError:
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{node}' does not exist, cannot be loaded due "
        "to missing permissions, or does not support this operation."
    )
    return GraphError(100, 400, message, subcode=33, type="GraphMethodException")


def unknown_path() -> GraphError:
    return GraphError(2500, 400, "Unknown path components")
