"""What merging refuses."""

from pytake.kit.errors import Conflict, Invalid


class SameContact(Invalid):
    code = "same_contact"
    message = "A contact cannot be merged with itself."


class GroupIsNobody(Invalid):
    code = "contact_is_group"
    message = "One of the two contacts stands for a group, which is no person."


class AlreadyMerged(Conflict):
    code = "contact_already_merged"
    message = "One of the two contacts has been merged or deleted already."


class MergeUndone(Conflict):
    code = "merge_already_undone"
    message = "This merge has been undone already."


class LaterMergeStands(Conflict):
    code = "later_merge_stands"
    message = "Undo the later merges of this contact first."
