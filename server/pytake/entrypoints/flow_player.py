"""A flow played in a terminal: the engine with a person at the keyboard instead of WhatsApp."""

import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pytake.engine.advance import Turn, advance
from pytake.engine.compile import FlowSettings
from pytake.engine.context import Context
from pytake.engine.effects import Effect, Finish, HandOff, Say, SetTimer, Warn
from pytake.engine.events import Event, Replied, Started, TimerFired
from pytake.engine.program import Program
from pytake.engine.run import Run
from pytake.entrypoints.flow_files import read_file
from pytake.kit.ids import new_id


@dataclass(slots=True)
class Player:
    program: Program
    contact: str
    run: Run
    offered: list[tuple[str, str]] = field(default_factory=list)
    """Ids and titles of what the last messages let one tap."""
    timer: str | None = None

    def take(self, event: Event) -> Turn:
        context = Context(now=datetime.now(UTC), contact={"name": self.contact, "phone": "+5511999990000"})  # noqa: TID251 - a process of one command: this is its edge
        turn = advance(self.program, self.run, event, context)
        self.run = turn.run
        self.offered = []
        for effect in turn.effects:
            self._note(effect)
        return turn

    def heard(self, line: str) -> Event | None:
        """What the person did by this line; None when it can do nothing."""
        if not line:
            return TimerFired(self.timer) if self.timer else None
        if line.isdecimal() and 1 <= int(line) <= len(self.offered):
            reply_id, title = self.offered[int(line) - 1]
            return Replied(title, reply_id=reply_id, kind="interactive")
        return Replied(line)

    def _note(self, effect: Effect) -> None:
        if isinstance(effect, Say):
            self.offered += options(effect.content)
        elif isinstance(effect, SetTimer):
            self.timer = effect.token


def play_file(path: Path, contact: str, *, as_json: bool) -> None:
    file = read_file(path)
    program = file.compile(FlowSettings(new_id())).program
    assert program is not None, "read_flow_file refuses what does not compile"
    player = Player(program, contact, Run.new(new_id()))
    _tell(player.take(Started()), as_json)
    while not player.run.status.over and (line := _line(as_json)) is not None:
        event = player.heard(line)
        if event is not None:
            _tell(player.take(event), as_json)


def options(content: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [row for section in content.get("sections", ()) for row in section["rows"]]
    return [(each["id"], each["title"]) for each in (*content.get("buttons", ()), *rows)]


def spoken(effect: Effect) -> list[str]:
    match effect:
        case Say(content=content):
            text = content.get("text") or content.get("caption") or json.dumps(content, ensure_ascii=False)
            return [text, *(f"  {at}. {title}" for at, (_, title) in enumerate(options(content), 1))]
        case SetTimer(after_seconds=seconds):
            return [f"(waits {seconds} s)"]
        case HandOff(reason=reason):
            return [f"(hands over to a person: {reason})"]
        case Warn(code=code, node_id=node_id):
            return [f"(problem in node {node_id}: {code})"]
        case Finish(outcome=outcome):
            return [f"(the end: {outcome})"]
    return []


def _tell(turn: Turn, as_json: bool) -> None:
    if as_json:
        effects = [{"effect": effect.effect, **asdict(effect)} for effect in turn.effects]  # type: ignore[call-overload] # effects are dataclasses by their protocol's word
        sys.stdout.write(json.dumps({"effects": effects, "run": turn.run.dump()}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for effect in turn.effects for line in spoken(effect))
    sys.stdout.flush()


def _line(as_json: bool) -> str | None:
    if not as_json and sys.stdin.isatty():
        sys.stdout.write("> ")
        sys.stdout.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None
