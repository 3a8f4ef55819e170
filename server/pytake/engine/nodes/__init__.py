"""Every kind of node: one file each, one line here."""

from collections.abc import Mapping
from typing import Final

from pytake.engine.nodes.condition import Condition
from pytake.engine.nodes.end import End
from pytake.engine.nodes.handoff import Handoff
from pytake.engine.nodes.jump import Jump
from pytake.engine.nodes.message import Message
from pytake.engine.nodes.node import Node
from pytake.engine.nodes.question import Question
from pytake.engine.nodes.start import Start
from pytake.engine.nodes.template import Template

NODES: Final[Mapping[str, type[Node]]] = {
    kind.type: kind
    for kind in (
        Start,
        Message,
        Template,
        Question,
        Condition,
        Jump,
        Handoff,
        End,
    )
}

__all__ = ["NODES", "Node"]
