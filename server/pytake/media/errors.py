"""Refusals about files."""

from pytake.kit.errors import Conflict, Invalid, NotFound, TooLarge


class FileTooLarge(TooLarge):
    code = "file_too_large"
    message = "This file is larger than {limit} bytes."


class FileEmpty(Invalid):
    code = "file_empty"
    message = "This file is empty."


class LinkExpired(NotFound):
    """Also for one that was never made: whoever tries learns nothing."""

    code = "link_expired"
    message = "This link is not good any more."


class NothingToRetry(Conflict):
    code = "nothing_to_retry"
    message = "The file of this message is there, or is being fetched."


class ImageUnreadable(Invalid):
    code = "image_unreadable"
    message = "This picture is broken, or has more than {pixels} pixels."
