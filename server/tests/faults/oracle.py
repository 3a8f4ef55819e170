"""The judge, outside PyTake: what customers wrote, what was acknowledged, and what reached their phones.

Every customer's message is a key, `SERIAL/WA_ID/PHONE_NUMBER_ID`, and every answer begins with the key it
answers (see `flows.echo`). So each answer tells by itself to whom it belongs and which message it is for.
"""

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.faults.journal import Record


class Pair(NamedTuple):
    number: str
    """The business's phone_number_id."""
    wa_id: str


class Key(NamedTuple):
    pair: Pair
    serial: int

    @property
    def text(self) -> str:
        return f"{self.serial}/{self.pair.wa_id}/{self.pair.number}"


def read_key(text: str) -> Key | None:
    """The key a text begins with; None when it is no text of ours."""
    serial, _, rest = text.split(" ", 1)[0].partition("/")
    wa_id, slash, number = rest.partition("/")
    return Key(Pair(number, wa_id), int(serial)) if slash and serial.isdigit() else None


class Taken(NamedTuple):
    """A message that Meta took from a number, whatever it says."""

    number: str
    type: str
    callback_data: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One message that Meta took from PyTake, as the log has it."""

    sent_to: Pair
    key: Key
    part: str
    """What follows the key, when a message is answered by several."""
    wamid: str
    at: float


@dataclass(frozen=True, slots=True)
class Verdict:
    asked: int
    acknowledged: int
    answered: int
    lost: tuple[str, ...]
    """Acknowledged and never answered."""
    doubled: tuple[str, ...]
    disordered: tuple[str, ...]
    """Answers that came after the answer to a later message of the same person."""
    crossed: tuple[str, ...]
    """Answers that reached somebody else, or came from another number."""
    unasked: tuple[str, ...]
    """Answers to what nobody wrote."""
    delays: tuple[float, ...] = field(default=(), repr=False)
    """Seconds from the first try to deliver a message until its first answer, rising."""

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.crossed or self.unasked)

    def figures(self) -> dict[str, int]:
        return {
            "messages": self.acknowledged,
            "answers": self.answered,
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "out_of_order": len(self.disordered),
            "crossed": len(self.crossed) + len(self.unasked),
        }

    def delay(self, share: float) -> float:
        """The delay that so many of all answers did not exceed, in seconds."""
        return self.delays[min(len(self.delays) - 1, int(len(self.delays) * share))] if self.delays else 0.0


class Oracle:
    """Listens to the simulator's log."""

    def __init__(self) -> None:
        self.asked: dict[str, tuple[Key, float]] = {}
        """The customer's wamid, with the key it stands for and when it was written."""
        self.acknowledged: dict[str, int] = defaultdict(int)
        """How often PyTake answered 200 to a webhook with this message."""
        self.failed_attempts: list[str] = []
        """Webhooks that were not answered with 200: the status, or what was wrong with the line."""
        self.answers: list[Answer] = []
        self.statuses: dict[str, set[str]] = defaultdict(set)
        """By wamid of ours: the statuses that PyTake has acknowledged."""
        self.refusals = 0
        self.accepted: dict[str, Taken] = {}
        """Every message that Meta took, by its wamid."""
        self.dropped: set[str] = set()
        """Of these, those with a status that a fault has kept from PyTake."""
        self._awaited: dict[str, asyncio.Event] = {}

    @property
    def attempts_failed(self) -> int:
        return len(self.failed_attempts)

    def hear(self, record: Record) -> None:
        match record["kind"]:
            case "customer.sent":
                self._asked(record)
            case "webhook.delivered":
                self._delivered(record)
            case "webhook.failed":
                self.failed_attempts.append(str(record["status"] or record["error"]))
            case "graph.accepted":
                self.accepted[record["wamid"]] = Taken(
                    record["number"], record["type"], record["callback_data"]
                )
                self._answered(record)
            case "status.dropped":
                self.dropped.add(record["id"])
            case "graph.mishap" | "graph.refused":
                self.refusals += 1

    def note_asked(self, wamid: str, key: Key, at: float | None = None) -> None:
        """Also for tests that deliver by themselves; they note the acknowledgement, too."""
        self.asked[wamid] = key, time.time() if at is None else at

    def note_acknowledged(self, wamid: str) -> None:
        self.acknowledged[wamid] += 1
        if event := self._awaited.pop(wamid, None):
            event.set()

    async def acknowledgement(self, wamid: str) -> None:
        """Until PyTake has answered 200 to a webhook with this message."""
        if wamid not in self.acknowledged:
            await self._awaited.setdefault(wamid, asyncio.Event()).wait()

    def news_to_come(self, numbers: Iterable[str]) -> bool:
        """Whether a message that Meta took from these numbers has still a first status to be told."""
        mine = set(numbers)
        silent = self.accepted.keys() - self.statuses.keys() - self.dropped
        return any(self.accepted[wamid].number in mine for wamid in silent)

    def verdict(self, numbers: Iterable[str], *, parts: int = 1) -> Verdict:
        """About these numbers; each message should have got `parts` answers."""
        mine = set(numbers)
        asked = {wamid: key for wamid, (key, _) in self.asked.items() if key.pair.number in mine}
        taken = {key for wamid, key in asked.items() if wamid in self.acknowledged}
        written = set(asked.values())
        answers = [answer for answer in self.answers if answer.sent_to.number in mine]
        told = defaultdict(list)
        for answer in answers:
            told[answer.key, answer.part].append(answer)
        per_key: dict[Key, int] = defaultdict(int)
        for key, _ in told:
            per_key[key] += 1
        return Verdict(
            len(asked),
            len(taken),
            len(answers),
            tuple(key.text for key in sorted(taken) if per_key[key] < parts),
            tuple(f"{key.text} ×{len(them)}" for (key, _), them in told.items() if len(them) > 1),
            tuple(_disordered(answers)),
            tuple(answer.key.text for answer in answers if answer.key.pair != answer.sent_to),
            tuple(answer.key.text for answer in answers if answer.key not in written),
            tuple(sorted(self._delays(asked, answers))),
        )

    def seconds_until(self, share: float, numbers: Iterable[str], *, besides: Container[str] = ()) -> float:
        """From the first word of the customers of these numbers until so many of all messages had an answer.

        Not counted: what says one of the texts `besides`. Infinite when so many never got one.
        """
        mine = set(numbers)
        wrote = {
            key: at for key, at in self.asked.values() if key.pair.number in mine and key.text not in besides
        }
        first: dict[Key, float] = {}
        for answer in self.answers:
            if answer.key in wrote:
                first.setdefault(answer.key, answer.at)
        enough = math.ceil(share * len(wrote))
        answered = sorted(first.values())[:enough]
        return answered[-1] - min(wrote.values()) if len(answered) == enough else math.inf

    def _delays(self, asked: dict[str, Key], answers: Iterable[Answer]) -> list[float]:
        wrote = {key: self.asked[wamid][1] for wamid, key in asked.items()}
        first: dict[Key, float] = {}
        for answer in answers:
            first.setdefault(answer.key, answer.at)
        return [at - wrote[key] for key, at in first.items() if key in wrote]

    def _asked(self, record: Record) -> None:
        text = record["message"].get("text")
        key = read_key(text["body"]) if text else None
        if key is not None:
            self.note_asked(record["wamid"], key, record["at"])

    def _delivered(self, record: Record) -> None:
        for update in record["updates"]:
            if "message" in update:
                self.note_acknowledged(update["message"])
            elif "status" in update:
                self.statuses[update["id"]].add(update["status"])

    def _answered(self, record: Record) -> None:
        text = record["body"].get("text")
        key = read_key(text["body"]) if text else None
        if key is not None:
            sent_to = Pair(record["number"], record["to"])
            part = text["body"].partition(" ")[2]
            self.answers.append(Answer(sent_to, key, part, record["wamid"], record["at"]))


def _disordered(answers: Iterable[Answer]) -> Iterable[str]:
    """Only first answers count here: a doubled one is counted as doubled."""
    highest: dict[Pair, tuple[int, str]] = {}
    seen = set()
    for answer in answers:
        if (answer.key, answer.part) in seen:
            continue
        seen.add((answer.key, answer.part))
        place = answer.key.serial, answer.part
        if place < highest.get(answer.sent_to, (0, "")):
            yield answer.key.text
        highest[answer.sent_to] = max(place, highest.get(answer.sent_to, (0, "")))
