"""People as they are, whatever anybody knows of them: what they are known by, what they said, what proves it.

What WhatsApp has said links what somebody is known by. All that is linked must be one living contact; what
is not linked may be several, but never anybody else's.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

from tests.pipeline import deliveries as meta

Json: TypeAlias = dict[str, Any]
Mark: TypeAlias = tuple[str, str, int]
"""Whose, the phone or user id, and which time: a phone that was given up proves nothing when it is back."""
START = 1_793_000_000


@dataclass(eq=False)
class Human:
    name: str
    phone: str
    user_id: str
    moves: int = 0
    is_told_apart: bool = False
    """Somebody has said that two contacts of theirs are two people, and PyTake believes it."""

    def marks(self, shows: str) -> list[Mark]:
        shown = {"phone": [self.line], "user_id": [self.id], "both": [self.line, self.id]}
        return shown[shows]

    @property
    def line(self) -> Mark:
        return self.name, self.phone, self.moves

    @property
    def id(self) -> Mark:
        return self.name, self.user_id, 0


@dataclass
class Lives:
    """What happened, and the deliveries that tell of it."""

    phone_number_id: str
    humans: list[Human] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    """Phones of which WhatsApp has said that nobody has them any more."""
    said: list[tuple[str, Mark]] = field(default_factory=list)
    """Each text, and one thing its author was known by then; in the order said."""
    groups: list[set[Mark]] = field(default_factory=list)
    """What is linked."""
    _moments: Iterator[int] = field(default_factory=lambda: count(START))
    _phones: Iterator[str] = field(default_factory=lambda: (f"55119000{n:05}" for n in count(10)))
    _user_ids: Iterator[str] = field(default_factory=lambda: (f"BR.{n}" for n in count(7000)))

    def is_born(self) -> None:
        self.humans.append(Human(f"pessoa {len(self.humans)}", next(self._phones), next(self._user_ids)))

    def group_of(self, mark: Mark) -> set[Mark]:
        """Empty for what nobody has seen."""
        return next((group for group in self.groups if mark in group), set())

    def writes(self, who: Human, shows: str) -> Json:
        marks, text = who.marks(shows), f"texto {len(self.said)}"
        self._link(marks)
        self.said.append((text, marks[-1]))
        sender = _sender(who, shows)
        contact = {
            "profile": {"name": who.name},
            **{_OF_CONTACT[key]: value for key, value in sender.items()},
        }
        message = {**sender, **self._letter("text"), "text": {"body": text}}
        return meta.delivery(meta.value(self.phone_number_id, contacts=[contact], messages=[message]))

    def changes_number(self, who: Human, *, told: bool, to_given_up: bool) -> Json | None:
        old, line = who.phone, who.line
        who.moves += 1
        who.phone = self.given_up.pop(0) if to_given_up and self.given_up else next(self._phones)
        if not told:
            return None
        self._link([line, who.line])
        self.given_up.append(old)
        system = {"body": "mudou", "type": "user_changed_number", "wa_id": who.phone}
        message = {"from": old, **self._letter("system"), "system": system}
        return meta.delivery(meta.value(self.phone_number_id, messages=[message]))

    def changes_user_id(self, who: Human, *, shows_phone: bool) -> Json:
        old, was = who.user_id, who.id
        who.user_id = next(self._user_ids)
        shown = {"wa_id": who.phone} if shows_phone else {}
        self._link([was, who.id, *([who.line] if shows_phone else [])])
        ids = {"previous": old, "current": who.user_id}
        update = {**shown, "user_id": ids, "timestamp": str(next(self._moments))}
        value = meta.value(self.phone_number_id, user_id_update=[update])
        return meta.delivery(value, field="user_id_update")

    def _letter(self, kind: str) -> Json:
        return {"id": meta.wamid(), "timestamp": str(next(self._moments)), "type": kind}

    def _link(self, marks: Collection[Mark]) -> None:
        linked = [group for group in self.groups if group & set(marks)]
        self.groups = [group for group in self.groups if group not in linked]
        self.groups.append(set(marks).union(*linked))


_OF_CONTACT = {"from": "wa_id", "from_user_id": "user_id"}


def _sender(who: Human, shows: str) -> Json:
    phone = {} if shows == "user_id" else {"from": who.phone}
    return phone if shows == "phone" else {**phone, "from_user_id": who.user_id}
