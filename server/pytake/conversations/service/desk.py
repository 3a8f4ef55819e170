"""The desk that sends for one number: claim, call, record, with no transaction open during a call.

Calls of many conversations are under way at once; each round of the loop records every outcome that has
come in since the last and claims new heads of line, in one transaction. Rows that were claimed by the
transaction that wrote them are taken over as they come. Whatever is claimed belongs to one of `reserve`,
`calls`, `ended` or `held`, and none of these is left behind.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import structlog

from pytake.contacts import service as contacts
from pytake.conversations import initiations, outbox
from pytake.conversations.outbox import Claimed
from pytake.conversations.service.calling import UNWANTED, WINDOW_CLOSED, call
from pytake.conversations.service.outcomes import NUMBER_PAUSE, Held, Sent, record
from pytake.conversations.service.pace import BREATH, Pace
from pytake.conversations.service.ticks import Ticks
from pytake.kit.database import TRANSIENT
from pytake.kit.work import Work
from pytake.ports.claim_book import OpenClaim
from pytake.ports.limiter import SendLimiter, pair_pause
from pytake.ports.whatsapp import Accepted, Policy, Refused, Sender
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.types import SendingNumber

AT_ONCE = 64
"""Calls under way for one number: a quarter of a process's connections, as one that hangs keeps its own."""

CLAIMED = 512
"""Rows claimed for one number: what is beyond the calls goes out while outcomes are being recorded."""

FRESH = 20.0
"""Seconds after its claim in which a row may be called. Later it is given back: while calls hang, the rows
behind them must not grow so old that they are taken for calls whose outcome nobody knows.
"""

LINGER = 0.05
"""Seconds that a desk stays behind its last message."""

A_FEW = 8
GATHER = 0.005
"""Seconds that outcomes may gather for one record while more than a few calls are under way."""

LAST_WORDS = 3.0
"""Seconds that calls under way get when the sending is broken off."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Split:
    """Claimed rows."""

    refused: list[Sent]
    """By the 24-hour rule, or as unwanted."""
    held: list[Held]
    """By a rate."""
    free: list[Claimed]
    number_wait: float
    """Seconds until the number's rate has room; 0 when it still has."""


class Desk:
    """One number's sending while it lasts: calls under way, and outcomes still to be written down."""

    def __init__(self, runtime: Runtime, organization_id: UUID, number_id: UUID) -> None:
        self.runtime = runtime
        self.organization_id = organization_id
        self.number_id = number_id
        self.number: SendingNumber | None = None
        """As the last round has found it; None: nothing may be sent."""
        self.bell = asyncio.Event()
        """Rings when a call has ended, and when there is more to send."""
        self.is_open = True
        self.pace = Pace()
        self.promised = 0
        """Rows that a transaction under way may write as claimed for this desk."""
        self.calls: set[asyncio.Task[Sent | Held]] = set()
        self.reserve: deque[tuple[Sender, Claimed]] = deque()
        """Claimed and free to go, as soon as there are fewer calls."""
        self.ticks = Ticks(runtime.ports.whatsapp)
        self.ended: list[Sent] = []
        self.held: list[Held] = []

    async def work_through(self) -> None:
        try:
            while await self._round() or await self._is_called_back():
                pass
        finally:
            self.is_open = False
            self._give_up_reserve()
            if self.calls or self.ended or self.held:  # an error, or told to stop
                await self._record_last_words()

    def promise(self, wanted: int) -> int:
        """How many rows a transaction may write as claimed; `take` or `forget` must follow."""
        if not self.is_open or self.number is None or self.pace.is_slow:
            return 0
        room = min(self._room(), max(self.number.throughput_per_second, 1))
        granted = max(0, min(wanted, room))
        self.promised += granted
        return granted

    def forget(self, promised: int) -> None:
        self.promised -= promised
        self.bell.set()

    async def take(self, rows: Sequence[Claimed], promised: int) -> bool:
        """Call what was promised and is committed now, at once: a worker that dies leaves few behind.

        False when the desk has closed meanwhile, or may send nothing any more: the rows must be given back.
        """
        try:
            if not rows or self.number is None:
                return not rows
            number = self.number
            split = await _split(self.runtime.ports.limiter, number, rows)
            if self.is_open:
                self._let_go(number, split)
            return self.is_open
        finally:
            self.forget(promised)

    async def _record_last_words(self) -> None:
        """What was called still gets its record, if its outcome comes soon; else its status will tell."""
        if self.calls:
            _, late = await asyncio.wait(self.calls, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
        await self._record_and_claim(room=0)

    async def _round(self) -> bool:
        """Record what ended, claim and call what is due, wait for news; False when there is nothing left."""
        self.bell.clear()
        self._drop_stale()
        await _slow_down(self.runtime.ports.limiter, self.number_id, self.ended)
        learnt = _other_wa_ids(self.ended)
        self.number, claimed = await self._record_and_claim(self._room())
        if self.number is None:
            self._give_up_reserve()
            self.pace.over()
        elif claimed:
            await self._let_go_claimed(self.number, claimed)
        if learnt:
            await self._learn_wa_ids(learnt)
        self.ticks.go(is_busy=bool(self.reserve) or max(len(self.calls), self.promised) > A_FEW)
        if self.pace.is_slow:
            await self._rest()
        elif (self.calls or self.promised) and not self.held:
            if not self.ended:
                await self._wait()
            if len(self.calls) > A_FEW:
                await asyncio.sleep(GATHER)
        waits = self.calls or self.ended or self.held or self.promised or self.pace.is_slow
        return bool(waits or self.bell.is_set())

    async def _rest(self) -> None:
        """Until the rate has room again, or there is something to write down."""
        await asyncio.sleep(BREATH)
        if not (self.ended or self.held):
            await self._wait()

    async def _wait(self) -> None:
        seconds = FRESH if self.reserve else None
        if self.pace.is_slow and self._room() > 0:
            seconds = self.pace.seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.bell.wait()

    async def _is_called_back(self) -> bool:
        """Stay a moment: while messages come, their transactions claim them for whoever is here."""
        try:
            async with asyncio.timeout(LINGER):
                await self.bell.wait()
        except TimeoutError:
            return self.bell.is_set() or self.promised > 0
        return True

    def _room(self) -> int:
        return CLAIMED - len(self.calls) - len(self.reserve) - self.promised

    async def _let_go_claimed(self, number: SendingNumber, claimed: Sequence[Claimed]) -> None:
        """Call what was claimed as far as the rates allow. On an error all of it goes back."""
        try:
            split = await _split(self.runtime.ports.limiter, number, claimed)
        except BaseException:
            self._not_called(claimed)
            raise
        self._let_go(number, split)

    def _let_go(self, number: SendingNumber, split: _Split) -> None:
        self.pace.spent(len(split.free), number.throughput_per_second)
        if split.number_wait:
            self.pace.empty(split.number_wait)
        self.ended += split.refused
        self.held += split.held
        self.reserve += [(number.sender, row) for row in split.free]
        self.runtime.ports.claim_book.note(
            OpenClaim(self.organization_id, self.number_id, row.message_id, row.claimed_at)
            for row in split.free
        )
        self._fill()

    def _fill(self) -> None:
        self._drop_stale()
        while self.reserve and len(self.calls) < AT_ONCE:
            self._call(*self.reserve.popleft())

    def _drop_stale(self) -> None:
        """The oldest are in front, or at least their claims are about as old as those behind."""
        while self.reserve and time.monotonic() - self.reserve[0][1].since > FRESH:
            self._not_called([self.reserve.popleft()[1]])

    def _give_up_reserve(self) -> None:
        self._not_called([row for _, row in self.reserve])
        self.reserve.clear()

    def _not_called(self, rows: Sequence[Claimed]) -> None:
        self._strike(rows)
        self.held += [Held(row, 0.0) for row in rows]

    def _strike(self, rows: Sequence[Claimed]) -> None:
        for row in rows:
            self.runtime.ports.claim_book.strike(row.message_id)

    def _call(self, sender: Sender, row: Claimed) -> None:
        task = asyncio.create_task(call(self.runtime, self.organization_id, self.number_id, sender, row))
        self.calls.add(task)
        task.add_done_callback(self._note)
        if row.reads and row.attempts == 1:
            self.ticks.add(row.conversation_id, sender, row.reads)

    def _note(self, task: asyncio.Task[Sent | Held]) -> None:
        self.calls.discard(task)
        if not task.cancelled():
            result = task.result()
            self._strike([result.row])
            if isinstance(result, Held):
                self.held.append(result)
            else:
                self.ended.append(result)
        self._fill()
        self.bell.set()

    async def _record_and_claim(self, room: int) -> tuple[SendingNumber | None, list[Claimed]]:
        """One transaction. If the database is away, an outcome that we know is worth some patience."""
        ended, held = self.ended, self.held
        self.ended, self.held = [], []
        try:
            return await self._record_patiently(ended, held, room)
        except BaseException:
            self.ended, self.held = ended + self.ended, held + self.held
            raise

    async def _record_patiently(
        self, ended: Sequence[Sent], held: Sequence[Held], room: int
    ) -> tuple[SendingNumber | None, list[Claimed]]:
        for pause in (0.1, 0.5, 2.0, 5.0):
            try:
                return await self._try_to_record_and_claim(ended, held, room)
            except TRANSIENT:
                if not (ended or held):
                    raise
                await asyncio.sleep(pause)
        return await self._try_to_record_and_claim(ended, held, room)

    async def _try_to_record_and_claim(
        self, ended: Sequence[Sent], held: Sequence[Held], room: int
    ) -> tuple[SendingNumber | None, list[Claimed]]:
        claimed: list[Claimed] = []
        since = time.monotonic()
        try:
            async with self.runtime.work(self.organization_id) as work:
                await record(work, self.number_id, ended, held)
                number = await whatsapp.sending_number(work, self.runtime.ports.secrets, self.number_id)
                claimed = await self._claim(work, number, room, since)
                allowed = await initiations.admit(work, number.customer_limit if number else None, claimed)
        except BaseException:
            self._not_called(claimed)  # the commit may have been done all the same
            raise
        self.held += [Held(row, allowed.seconds, outbox.FULL) for row in allowed.full]
        return number, allowed.admitted

    async def _claim(
        self, work: Work, number: SendingNumber | None, room: int, since: float
    ) -> list[Claimed]:
        most = min(room, self.pace.most(number.throughput_per_second)) if number else 0
        if number is None or most <= 0:
            return []
        claimed = await outbox.claim(work, number.id, most, since)
        self.pace.claimed(most, len(claimed))
        return claimed

    async def _learn_wa_ids(self, learnt: dict[UUID, str]) -> None:
        """In a transaction of its own: holding messages and contacts at once would cross a drain's way.

        Meta says it again with every message, so one time that fails is nothing to stop for.
        """
        try:
            async with self.runtime.work(self.organization_id) as work:
                await contacts.learn_wa_ids(work, learnt)
        except Exception:
            log.exception("wa_ids not learnt", number_id=str(self.number_id))


def _other_wa_ids(ended: Sequence[Sent]) -> dict[UUID, str]:
    return {
        sent.row.contact_id: sent.outcome.wa_id
        for sent in ended
        if isinstance(sent.outcome, Accepted)
        and sent.outcome.wa_id
        and sent.outcome.wa_id != sent.row.to.wa_id
    }


async def _split(limiter: SendLimiter, number: SendingNumber, claimed: Sequence[Claimed]) -> _Split:
    """What the number holds back is due again at once: the desk waits for its rate, not the row."""
    refused = [Sent(row, WINDOW_CLOSED) for row in claimed if not row.may_be_sent]
    refused += [Sent(row, UNWANTED) for row in claimed if row.is_unwanted]
    rows = [row for row in claimed if row.may_be_sent and not row.is_unwanted]
    if not rows:
        return _Split(refused, [], [], 0.0)
    grant = await limiter.take(
        number.id, number.throughput_per_second, len(rows), [str(row.contact_id) for row in rows]
    )
    granted = set(grant.granted)
    held = [
        Held(row, grant.pair_waits.get(str(row.contact_id), 0.0))
        for place, row in enumerate(rows)
        if place not in granted
    ]
    return _Split(refused, held, [rows[place] for place in grant.granted], grant.number_wait)


async def _slow_down(limiter: SendLimiter, number_id: UUID, ended: Sequence[Sent]) -> None:
    """What a refusal means for the messages behind it: the number rests, or the person is left alone."""
    for sent in ended:
        match sent.outcome:
            case Refused(policy=Policy.THROTTLE_NUMBER, retry_after=seconds):
                await limiter.pause_number(number_id, seconds or NUMBER_PAUSE)
            case Refused(policy=Policy.THROTTLE_PAIR, retry_after=seconds):
                wait = seconds or pair_pause(sent.row.attempts)
                await limiter.pause_pair(number_id, str(sent.row.contact_id), wait)
