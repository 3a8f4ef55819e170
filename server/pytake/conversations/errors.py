"""What conversations refuse."""

from pytake.kit.errors import Conflict


class ConversationOver(Conflict):
    code = "conversation_over"
    message = "This conversation is {status}; write in the customer's open one, or open it again."


class WindowClosed(Conflict):
    code = "window_closed"
    message = "The customer's last message is more than 24 hours old: only an approved template can be sent."


class GroupReadOnly(Conflict):
    code = "group_read_only"
    message = "This conversation is a WhatsApp group: it can be read, and nobody can be written to in it."


class NumberGone(Conflict):
    code = "number_gone"
    message = "The WhatsApp number of this conversation is not connected any more."
