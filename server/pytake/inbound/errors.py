"""What the webhook refuses."""

from pytake.kit.errors import NotFound, Unauthenticated, Unavailable


class UnknownWebhook(NotFound):
    code = "unknown_webhook"
    message = "Nobody listens at this address."


class SignatureInvalid(Unauthenticated):
    code = "signature_invalid"
    message = "The delivery is not signed with this app's secret."


class DeliveryNotStored(Unavailable):
    code = "delivery_not_stored"
    message = "The delivery could not be stored; send it again."


class NothingParked(NotFound):
    code = "nothing_parked"
    message = "No parked item has the number {id}."
