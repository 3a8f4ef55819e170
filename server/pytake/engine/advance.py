"""One turn: an event happens to a run, and the flow goes on until it waits or is over. Pure; never raises."""

from collections.abc import Mapping, Sequence
from typing import Final

from pytake.engine import says
from pytake.engine.context import Context
from pytake.engine.effects import CancelTimer, Effect, Finish, HandOff, Say, SetTimer, Warn
from pytake.engine.events import Event, Replied, Started, TimerFired
from pytake.engine.frozen import frozen
from pytake.engine.handles import Otherwise
from pytake.engine.limits import MAX_TEXT_BODY
from pytake.engine.program import Place, Program
from pytake.engine.run import Run, RunStatus, Waiting
from pytake.engine.scope import Scope
from pytake.engine.steps import Begin, End, Go, Leave, Step, Then, Wait
from pytake.engine.text import clean
from pytake.engine.tokens import read_token
from pytake.engine.values import Value, from_outside, size

_NO_ANSWER: Final = frozenset({"reaction", "system"})


@frozen
class Visit:
    """One node on the way."""

    node_id: str
    type: str
    how: str
    """`enter`, or `resume` where the run had waited."""
    exit: str | None = None
    """The handle it was left by; None where the run waits, ends or jumps."""


@frozen
class Turn:
    run: Run
    effects: tuple[Effect, ...] = ()
    trace: tuple[Visit, ...] = ()
    ignored: bool = False
    """The event was none of this run's business: the run is the same object, and there is nothing to do."""
    reason: str | None = None
    """Why it was ignored: duplicate, over, not_accepted, stale_timer, not_an_answer."""


def advance(program: Program, run: Run, event: Event, context: Context) -> Turn:
    reason = _refusal(run, event)
    if reason is not None:
        return Turn(run, ignored=True, reason=reason)
    return _Walk(program, run, event, context).take()


def _refusal(run: Run, event: Event) -> str | None:
    if event.event_id is not None and event.event_id == run.last_event_id:
        return "duplicate"
    if run.status.over:
        return "over"
    if isinstance(event, Started):
        return None if run.status is RunStatus.ACTIVE else "not_accepted"
    if run.waiting is None or event.type not in run.waiting.accepts:
        return "not_accepted"
    if isinstance(event, TimerFired):
        return None if event.token == run.waiting.token else "stale_timer"
    return "not_an_answer" if isinstance(event, Replied) and event.kind in _NO_ANSWER else None


class _Walk:
    """A turn under way."""

    __slots__ = (
        "_context",
        "_effects",
        "_event",
        "_over",
        "_place",
        "_program",
        "_run",
        "_scope",
        "_sends",
        "_steps",
        "_trace",
        "_variables",
        "_visits",
        "_waiting",
    )

    def __init__(self, program: Program, run: Run, event: Event, context: Context) -> None:
        self._program = program
        self._run = run
        self._event = event
        self._context = context
        self._variables: dict[str, Value] = dict(run.variables)
        fallback = context.fallback_message or program.fallback_message
        self._scope = Scope(context, run.id, self._variables, fallback)
        self._effects: list[Effect] = []
        self._trace: list[Visit] = []
        self._steps = run.steps
        self._visits = 0
        self._sends = 0
        self._place: Place | None = None
        self._waiting: Waiting | None = None
        self._over: RunStatus | None = None

    def take(self) -> Turn:
        step = self._begin()
        while step is not None:
            step = self._follow(step)
        return Turn(self._after(), tuple(self._effects), tuple(self._trace))

    def _after(self) -> Run:
        waits = self._waiting is not None and self._place is not None
        return Run(
            id=self._run.id,
            node=self._place.id if self._place is not None and waits else None,
            status=RunStatus.WAITING if self._over is None else self._over,
            variables=self._variables,
            attempts=self._scope.attempts if waits else 0,
            steps=self._steps,
            sends=self._run.sends + self._sends,
            step_no=self._run.step_no + 1,
            waiting=self._waiting,
            last_event_id=self._event.event_id or self._run.last_event_id,
        )

    # --- the first step ---------------------------------------------------------------------------------

    def _begin(self) -> Step | None:
        if isinstance(self._event, Started):
            return self._start(self._event)
        self._drop_timer()
        if isinstance(self._event, Replied):
            return self._hear(self._event)
        return self._resume(self._program.place(self._run.node), self._event)

    def _start(self, started: Started) -> Step | None:
        self._scope.message = _heard(started.text)
        given = from_outside(started.variables or {})
        return self._enter(self._program.start) if self._remember(given) else None

    def _drop_timer(self) -> None:
        waiting = self._run.waiting
        if waiting and TimerFired.type in waiting.accepts and not isinstance(self._event, TimerFired):
            self._effects.append(CancelTimer(waiting.token))

    def _hear(self, reply: Replied) -> Step | None:
        """A tap on a menu of ours counts where that menu is, even one further up in the conversation."""
        place = self._program.place(self._run.node)
        token = read_token(reply.reply_id)
        tapped = None if token is None else self._program.place_of_token(token.node)
        if token is not None and tapped is not None and _offers(tapped, token.option):
            place, self._scope.option = tapped, token.option
        text = None if reply.text is None else _heard(reply.text)
        self._scope.message = text
        heard = Replied(text, reply.reply_id, reply.kind, reply.content, reply.event_id)
        return self._resume(place, heard)

    def _resume(self, place: Place | None, event: Event) -> Step | None:
        if place is None:
            self._fail("node_missing")
            return None
        if place.id == self._run.node and self._run.waiting is not None:
            self._scope.attempts = self._run.attempts
            self._scope.page = self._run.waiting.page
        self._stand(place, "resume")
        return place.node.resume(self._scope, event)

    # --- one step ---------------------------------------------------------------------------------------

    def _follow(self, step: Step) -> Step | None:
        """Do what a node asked for; the next step, or None when the turn is over."""
        self._tell_the_author()
        if not self._do(step.does) or not self._remember(step.remember):
            return None
        return self._move(step.then)

    def _move(self, then: Then) -> Step | None:
        match then:
            case Leave(handle):
                return self._leave(handle)
            case Go(node_id):
                return self._enter(node_id)
            case Begin(forget):
                if forget:
                    self._variables.clear()
                return self._enter(self._program.start)
            case Wait():
                self._wait(then)
            case End(outcome, close, status):
                self._finish(status, outcome, close=close)
        return None

    def _enter(self, node_id: str) -> Step | None:
        self._visits += 1
        self._steps += 1
        place = self._program.place(node_id)
        beyond = self._beyond()
        if beyond is not None or place is None:
            self._fail(beyond or "node_missing")
            return None
        self._scope.attempts = self._scope.page = 0
        self._stand(place, "enter")
        return place.node.enter(self._scope)

    def _beyond(self) -> str | None:
        """The limit that was passed, if any."""
        limits = self._context.limits
        if self._visits > limits.visits_per_turn:
            return "too_many_visits"
        return "too_many_steps" if self._steps > limits.steps_per_run else None

    def _stand(self, place: Place, how: str) -> None:
        self._place = place
        self._scope.node_id = place.id
        self._scope.connected = place.connected
        self._trace.append(Visit(place.id, place.node.type, how))

    def _do(self, effects: Sequence[Effect]) -> bool:
        """Whether everything could be asked for; the message too many is not sent."""
        for effect in effects:
            self._sends += isinstance(effect, Say)
            if self._sends > self._context.limits.sends_per_turn:
                self._sends -= 1
                self._fail("too_many_messages")
                return False
            self._effects.append(effect)
        return True

    def _remember(self, values: Mapping[str, Value]) -> bool:
        """Keep the values, unless the run would hold too much: then it ends without them."""
        if not values:
            return True
        before = dict(self._variables)
        self._variables.update(values)
        if size(self._variables) <= self._context.limits.variables_bytes:
            return True
        self._variables.clear()
        self._variables.update(before)
        self._fail("variables_too_large")
        return False

    # --- ways out ---------------------------------------------------------------------------------------

    def _leave(self, handle: str) -> Step | None:
        place = self._place
        assert place is not None
        here = self._trace[-1]
        self._trace[-1] = Visit(here.node_id, here.type, here.how, handle)
        otherwise = place.otherwise.get(handle, Otherwise.END)
        target = place.exits.get(handle)
        if target is None and otherwise is Otherwise.NEXT:
            target = place.exits.get("next")
        if target is not None:
            return self._enter(target)
        self._stop(otherwise)
        return None

    def _stop(self, otherwise: Otherwise) -> None:
        match otherwise:
            case Otherwise.EXPIRE:
                self._finish(RunStatus.EXPIRED, "abandoned")
            case Otherwise.GIVE_UP:
                self._give_up()
            case _:
                self._finish(RunStatus.COMPLETED, "completed")

    def _give_up(self) -> None:
        if not self._do(says.text(self._scope.fallback)[:1]):
            return
        if self._context.auto_handoff:
            self._effects.append(HandOff("retries_exhausted"))
            self._finish(RunStatus.HANDED_OFF, "handed_off")
        else:
            self._finish(RunStatus.COMPLETED, "abandoned")

    def _wait(self, wait: Wait) -> None:
        assert self._place is not None
        token = str(self._run.step_no + 1)
        timed = () if wait.timeout is None else (TimerFired.type,)
        self._waiting = Waiting(self._place.node.type, token, (*wait.accepts, *timed), wait.page)
        self._scope.attempts = wait.attempts
        if wait.timeout is not None:
            self._effects.append(SetTimer(wait.timeout, token))

    def _fail(self, code: str) -> None:
        """The run cannot go on. The author is told why, and a person takes over if the bot may hand off."""
        self._tell_the_author()
        self._effects.append(Warn(code, None if self._place is None else self._place.id))
        if self._context.auto_handoff:
            self._effects.append(HandOff(code))
        self._finish(RunStatus.FAILED, "failed")

    def _tell_the_author(self) -> None:
        self._effects += self._scope.warnings
        self._scope.warnings.clear()

    def _finish(self, status: RunStatus, outcome: str, *, close: bool = False) -> None:
        self._over = status
        self._effects.append(Finish(outcome, close))


def _heard(text: str) -> str:
    """What a person can have written: WhatsApp carries no more, and nobody is made to read it."""
    return clean(text[:MAX_TEXT_BODY])


def _offers(place: Place, option: str) -> bool:
    return option in place.node.options() or (option.startswith("@") and bool(place.node.options()))
