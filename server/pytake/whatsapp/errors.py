"""What the numbers refuse."""

from pytake.kit.errors import Conflict, Invalid, NotFound


class NumberTaken(Conflict):
    code = "number_taken"
    message = "The phone number id {phone_number_id} is connected already."


class NumberNotProven(Invalid):
    code = "number_not_proven"
    message = "Meta did not confirm that this token may use the phone number id {phone_number_id}: {reason}"


class NumberNotFound(NotFound):
    code = "number_not_found"
    message = "This number does not exist."
