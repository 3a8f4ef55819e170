"""What the numbers refuse."""

from pytake.kit.errors import Conflict, Invalid, NotFound, TooLarge


class NumberTaken(Conflict):
    code = "number_taken"
    message = "The phone number id {phone_number_id} is connected already."


class NumberNotProven(Invalid):
    code = "number_not_proven"
    message = "Meta did not confirm that this token may use the phone number id {phone_number_id}: {reason}"


class NumberNotFound(NotFound):
    code = "number_not_found"
    message = "This number does not exist."


class NumberWithoutToken(Conflict):
    code = "number_without_token"
    message = "This number has no access token; give it one first."


class NumberWithoutAppId(Conflict):
    code = "number_without_app_id"
    message = "The Meta app of this number has no app id here; give it one first."


class PictureUnacceptable(Invalid):
    """`reason` is `not_a_jpeg`, `not_square` or `size`."""

    code = "picture_unacceptable"
    message = "A picture is a square JPEG of {smallest} to {largest} pixels and nothing else."


class PictureTooLarge(TooLarge):
    code = "picture_too_large"
    message = "A picture may have up to {limit} bytes."


class DefaultNumberNeeded(Conflict):
    code = "default_number_needed"
    message = "One number is the default; make another the default instead."


class ChannelInUse(Conflict):
    code = "channel_in_use"
    message = "Numbers are connected through this Meta app; disconnect them first."


class ChannelNameTaken(Conflict):
    code = "channel_name_taken"
    message = "A Meta app with this name is here already."
