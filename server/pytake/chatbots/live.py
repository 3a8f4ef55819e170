"""Bots, flows and runs as a transaction holds them: read once, changed in memory, written once."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pytake.engine.program import Program
from pytake.engine.run import Run
from pytake.engine.triggers import Trigger, choose
from pytake.kit.frozen import frozen


@frozen
class Bot:
    id: UUID
    name: str
    welcome_message: str | None
    fallback_message: str | None
    auto_handoff: bool


@frozen
class PublishedFlow:
    id: UUID
    chatbot_id: UUID
    version_id: UUID
    trigger: Trigger


@frozen
class Cast:
    """An organization's active bots and published flows, as they stand in this transaction."""

    organization: str
    timezone: str
    bots: dict[UUID, Bot]
    flows: dict[str, PublishedFlow]
    """Only those of an active bot, by the id as their trigger has it."""
    may_speak: bool = True
    """Not while the organization is switched off, or has used up its messages of the month."""

    def flow_for(self, text: str, number_id: UUID) -> PublishedFlow | None:
        """The flow these words start on this number."""
        trigger = choose((flow.trigger for flow in self.flows.values()), text, str(number_id))
        return self.flows[trigger.flow_id] if trigger else None

    def host_bot(self, chatbot_id: UUID | None) -> Bot | None:
        """The conversation's own bot, else the organization's first."""
        if chatbot_id in self.bots:
            return self.bots[chatbot_id]
        return next(iter(self.bots.values()), None)


@dataclass(slots=True)
class LiveRun:
    """One row of `flow_runs`, waiting or new, with the state this transaction has brought it to."""

    id: UUID
    conversation_id: UUID
    contact_id: UUID
    flow_id: UUID
    chatbot_id: UUID
    version_id: UUID
    state: Run
    updated_at: datetime
    has_timer: bool = False


@frozen
class Timer:
    run_id: UUID
    fire_at: datetime
    token: str


@dataclass(slots=True)
class Programs:
    """Compiled programs by version. A published version never changes, so nothing is ever stale."""

    most: int = 500
    _kept: OrderedDict[UUID, Program] = field(default_factory=OrderedDict)

    def get(self, version_id: UUID) -> Program | None:
        program = self._kept.get(version_id)
        if program is not None:
            self._kept.move_to_end(version_id)
        return program

    def keep(self, version_id: UUID, program: Program) -> Program:
        self._kept[version_id] = program
        if len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return program
