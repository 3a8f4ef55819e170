"""What bots refuse."""

from pytake.kit.errors import Invalid, NotFound


class FlowNotPublishable(Invalid):
    """`details["issues"]` lists every mistake: node, field, reason."""

    code = "flow_not_publishable"
    message = "The flow has {count} mistakes and cannot be published."


class FlowNotFound(NotFound):
    code = "flow_not_found"
    message = "This flow does not exist."
