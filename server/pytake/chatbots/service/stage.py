"""The stage a transaction gives its bots: who may speak, where each run stands, and what they ask for.

Everything the batch needs is read when the stage opens; turns are played in memory, in the order of what
happened; runs and timers are written back as sets. The conversations are locked by the caller.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from pytake.chatbots import repository
from pytake.chatbots.live import Bot, Cast, LiveRun, Programs, PublishedFlow, Timer
from pytake.contacts.types import Contact
from pytake.conversations.pipeline import Conversation, NewMessage
from pytake.conversations.service.say import say
from pytake.engine.advance import Turn, advance
from pytake.engine.context import Context
from pytake.engine.effects import CancelTimer, Finish, HandOff, Say, SetTimer, Warn
from pytake.engine.events import Event, Replied, Started
from pytake.engine.program import Program
from pytake.engine.run import Run, RunStatus
from pytake.kit.ids import new_id
from pytake.kit.work import Work
from pytake.ports.whatsapp import MessageArrived, Person

FORGOTTEN = timedelta(days=1)
"""A run without a timer that nobody answered for this long is over; what the person writes begins anew."""

STALE = timedelta(hours=6)
"""A message older than this (Meta delivers for up to 7 days) is left to people: no bot answers it. Nor does
one say what it should have said so long ago.
"""

SILENT = frozenset({"system", "reaction"})
"""Stored types that no bot answers."""

_programs = Programs()

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Played:
    """Runs as they stand now, to be written."""

    runs: dict[UUID, LiveRun]
    timers: dict[UUID, Timer | None]
    """The timer each run has now; None: it has none any more."""

    async def write(self, work: Work) -> None:
        if self.runs:
            await repository.write_runs(work, list(self.runs.values()))
        if over := [run_id for run_id, timer in self.timers.items() if timer is None]:
            await repository.remove_timers(work, over)
        if running := [timer for timer in self.timers.values() if timer]:
            await repository.set_timers(work, running)


class Stage:
    def __init__(
        self, work: Work, cast: Cast, runs: Sequence[LiveRun], programs: Mapping[UUID, Program]
    ) -> None:
        self.work = work
        self.cast = cast
        self.programs = programs
        self.waiting = {run.conversation_id: run for run in runs}
        self.changed: dict[UUID, LiveRun] = {}
        self.timers: dict[UUID, Timer | None] = {}

    @classmethod
    async def open(cls, work: Work, conversations: Sequence[Conversation]) -> "Stage":
        known = [conversation.id for conversation in conversations if not conversation.is_new]
        runs = await repository.waiting_runs(work, known) if known else []
        cast = await repository.cast(work)
        versions = {run.version_id for run in runs} | {flow.version_id for flow in cast.flows.values()}
        return cls(work, cast, runs, await _read(work, versions))

    def hear(
        self, conversation: Conversation, contact: Contact, message: MessageArrived, message_id: UUID
    ) -> list[NewMessage]:
        """What the bot answers to a customer's message, in order; nothing when it is not its turn."""
        if message.echo or not self._is_listening(conversation, contact, message):
            return []
        said = _Speaker(self.work, conversation, contact, message.wamid)
        run = self._waiting_run(conversation)
        if run is not None:
            reply = Replied(
                message.text, message.reply_id, message.stored_type, message.content, event_id=str(message_id)
            )
            self._play(run, reply, conversation, contact, said)
        elif flow := self.cast.flow_for(message.text or "", conversation.whatsapp_number_id):
            begun = self._begin(flow, conversation)
            started = Started(message.text or "", event_id=str(message_id))
            self._play(begun, started, conversation, contact, said)
        elif words := self._without_a_flow(conversation):
            said.say("text", {"text": words})
        return said.messages

    def fire(
        self, conversation: Conversation, contact: Contact, event: Event, run_id: UUID, *, is_late: bool
    ) -> list[NewMessage]:
        """What the bot does when a timer comes due; nothing when its run does not wait any more, and when it
        is too late for that: the run is over then.
        """
        run = self.waiting.get(conversation.id)
        said = _Speaker(self.work, conversation, contact, None)
        if run is not None and run.id == run_id and conversation.is_bot_active:
            if is_late:
                self._end(run, RunStatus.EXPIRED, conversation)
            else:
                self._play(run, event, conversation, contact, said)
        self.timers.setdefault(run_id, None)  # it has fired; unless the turn set another
        return said.messages

    def played(self) -> "Played":
        """What has changed since this was asked last."""
        played = Played(self.changed, self.timers)
        self.changed, self.timers = {}, {}
        return played

    # --- whose turn it is -------------------------------------------------------------------------------

    def _is_listening(self, conversation: Conversation, contact: Contact, message: MessageArrived) -> bool:
        if not self.cast.bots or not conversation.is_bot_active or contact.is_blocked:
            return False
        if message.stored_type in SILENT:
            return False
        said_at = message.timestamp or self.work.now.timestamp()
        return self.work.now.timestamp() - said_at < STALE.total_seconds()

    def _waiting_run(self, conversation: Conversation) -> LiveRun | None:
        run = self.waiting.get(conversation.id)
        if run is None or run.has_timer or self.work.now - run.updated_at < FORGOTTEN:
            return run
        self._end(run, RunStatus.EXPIRED, conversation)
        return None

    def _without_a_flow(self, conversation: Conversation) -> str | None:
        bot = self.cast.host_bot(conversation.chatbot_id)
        if bot is None:
            return None
        if conversation.is_new and bot.welcome_message:
            return bot.welcome_message
        return bot.fallback_message

    # --- playing a turn ---------------------------------------------------------------------------------

    def _begin(self, flow: PublishedFlow, conversation: Conversation) -> LiveRun:
        run_id = new_id()
        run = LiveRun(
            run_id,
            conversation.id,
            conversation.contact_id,
            flow.id,
            flow.chatbot_id,
            flow.version_id,
            Run.new(run_id),
            self.work.now,
        )
        conversation.chatbot_id = flow.chatbot_id
        self.work.publish(
            "flow.started", {"run_id": run_id, "flow_id": flow.id, "conversation_id": conversation.id}
        )
        return run

    def _play(
        self, run: LiveRun, event: Event, conversation: Conversation, contact: Contact, said: "_Speaker"
    ) -> None:
        program = self.programs[run.version_id]
        turn = advance(program, run.state, event, self._context(run, contact))
        if turn.ignored:
            return
        self._carry_out(run, turn, conversation, said)
        run.state, run.updated_at = turn.run, self.work.now
        self.changed[run.id] = run
        if run.state.status is RunStatus.WAITING:
            self.waiting[conversation.id] = run
        else:
            self.waiting.pop(conversation.id, None)
        self._show(run, conversation)

    def _carry_out(self, run: LiveRun, turn: Turn, conversation: Conversation, said: "_Speaker") -> None:
        for effect in turn.effects:
            match effect:
                case Say(type=type_, content=content):
                    said.say(type_, content, run)
                case SetTimer(after_seconds=seconds, token=token):
                    self.timers[run.id] = Timer(run.id, self.work.now + timedelta(seconds=seconds), token)
                    run.has_timer = True
                case CancelTimer():
                    self.timers[run.id] = None
                    run.has_timer = False
                case HandOff(reason=reason):
                    conversation.hand_off(self.work.now, reason)
                    self.work.publish(
                        "conversation.updated",
                        {
                            "conversation_id": conversation.id,
                            "status": conversation.status,
                            "is_bot_active": False,
                            "handoff_reason": reason,
                        },
                    )
                case Finish(outcome=outcome, close=close):
                    self._finish(run, outcome, conversation, close=close)
                case Warn(code=code, node_id=node_id, detail=detail):
                    log.info("flow warning", flow_id=str(run.flow_id), code=code, node=node_id, detail=detail)

    def _finish(self, run: LiveRun, outcome: str, conversation: Conversation, *, close: bool) -> None:
        self.work.publish(
            "flow.finished",
            {
                "run_id": run.id,
                "flow_id": run.flow_id,
                "conversation_id": conversation.id,
                "outcome": outcome,
            },
        )
        if close and conversation.is_bot_active:
            conversation.resolve(self.work.now)
            self.work.publish(
                "conversation.updated", {"conversation_id": conversation.id, "status": conversation.status}
            )

    def _end(self, run: LiveRun, status: RunStatus, conversation: Conversation) -> None:
        run.state, run.updated_at = run.state.ended(status), self.work.now
        self.changed[run.id] = run
        self.timers[run.id] = None
        self.waiting.pop(conversation.id, None)
        self._finish(run, status.value, conversation, close=False)

    def _show(self, run: LiveRun, conversation: Conversation) -> None:
        """Keep the conversation's copy of where it stands, for the inbox and reports."""
        conversation.current_flow_id = run.flow_id
        conversation.current_node_id = UUID(run.state.node) if run.state.node else None
        conversation.flow_variables = dict(run.state.variables)

    def _context(self, run: LiveRun, contact: Contact) -> Context:
        bot = self.cast.bots.get(run.chatbot_id) or Bot(run.chatbot_id, "", None, None, auto_handoff=True)
        return Context(
            now=self.work.now,
            timezone=self.cast.timezone,
            contact={
                "name": contact.display_name,
                "phone": contact.phone or contact.whatsapp_id,
                "email": contact.email,
                "username": contact.whatsapp_username,
                "attributes": contact.attributes,
            },
            organization=self.cast.organization,
            bot=bot.name,
            fallback_message=bot.fallback_message,
            auto_handoff=bot.auto_handoff,
        )


async def _read(work: Work, version_ids: Collection[UUID]) -> dict[UUID, Program]:
    programs = {version_id: _programs.get(version_id) for version_id in version_ids}
    if missing := [version_id for version_id, program in programs.items() if program is None]:
        for version_id, stored in (await repository.programs(work, missing)).items():
            programs[version_id] = _programs.keep(version_id, Program.load(stored))
    return {version_id: program for version_id, program in programs.items() if program is not None}


class _Speaker:
    """Collects what a bot says in one turn; the first message marks the customer's one as read."""

    def __init__(self, work: Work, conversation: Conversation, contact: Contact, wamid: str | None) -> None:
        self.work = work
        self.conversation = conversation
        self.to = Person(wa_id=contact.whatsapp_id, user_id=contact.whatsapp_user_id)
        self.wamid = wamid
        self.messages: list[NewMessage] = []

    def say(self, type_: str, content: dict[str, object], run: LiveRun | None = None) -> None:
        reads = None if self.messages else self.wamid
        metadata = {"flow": {"run_id": str(run.id), "flow_id": str(run.flow_id)}} if run else None
        self.messages.append(
            say(self.work, self.conversation, type_, content, reads=reads, metadata=metadata, to=self.to)
        )
