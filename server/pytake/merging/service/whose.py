"""Of two who were one contact for a while: whose each phone and user id is, and so whose each message.

What each was known by at the merge is in the merge. What was shown or told since then says the rest: all that
one message shows, or that WhatsApp names with what it replaced, is one person's. A phone may change hands.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from pytake.contacts.merges import Name
from pytake.kit.frozen import frozen

BY_WHICH_ONE_WRITES = frozenset({"wa_id", "user_id", "phone"})
"""Kinds of what a message shows of its author."""
_HOLDS = ("given_up", "former", "current")
"""The later in this list, the more a name is somebody's who was known by it."""


@frozen
class Told:
    """WhatsApp named these as one person's: the user ids first."""

    at: datetime
    names: list[str]


class Whose:
    """Of each phone and user id, whether it is the gone one's. What nobody knows is in neither."""

    def __init__(self, moved: Mapping[str, Any], since: Sequence[Any], told: Sequence[Told]) -> None:
        self._are_theirs = _at_the_merge(moved)
        self._told = deque(sorted(told, key=lambda each: each.at))
        self._spread([*(_shown(row) for row in since), *(each.names for each in told)])
        self._at_first = dict(self._are_theirs)

    def is_theirs(self, name: str) -> bool:
        return self._are_theirs.get(name, False)

    def has_changed_hands(self, name: str) -> bool:
        return self.is_theirs(name) != self._at_first.get(name, False)

    def owners(self, since: Sequence[Any], people: Mapping[bool, UUID]) -> list[tuple[Any, UUID]]:
        """Whose each message is. An answer is whose the message before it was, on the same number.

        Once for all messages: afterwards everything is whose it is now.
        """
        last: dict[UUID, UUID] = {}
        owners = []
        for row in since:
            while self._told and self._told[0].at <= row["created_at"]:
                self._hear(self._told.popleft().names)
            number_id = row["whatsapp_number_id"]
            if names := _shown(row):
                last[number_id] = people[self._hear(names)]
            owners.append((row, last.get(number_id, people[False])))
        while self._told:
            self._hear(self._told.popleft().names)
        return owners

    def _hear(self, names: Sequence[str]) -> bool:
        """Whose these are, all of them from now on: the first that is known decides."""
        known = self._known(names)
        if known is not None:
            self._are_theirs |= dict.fromkeys(names, known)
        return bool(known)

    def _known(self, names: Sequence[str]) -> bool | None:
        return next((self._are_theirs[name] for name in names if name in self._are_theirs), None)

    def _spread(self, together: Sequence[Sequence[str]]) -> None:
        """What nobody was known by before is whose it was shown or told with, in whatever order that came."""
        is_spreading = True
        while is_spreading:
            is_spreading = False
            for names in together:
                known = self._known(names)
                new = [name for name in names if name not in self._are_theirs]
                if known is not None and new:
                    self._are_theirs |= dict.fromkeys(new, known)
                    is_spreading = True


def _at_the_merge(moved: Mapping[str, Any]) -> dict[str, bool]:
    """Of what both were known by: whoever had it still, or else the kept one."""
    lists = {True: moved["identities"], False: moved["own_identities"]}
    had = [(*known_then(each), is_gone) for is_gone, names in lists.items() for each in names]
    had.sort(key=lambda each: (_HOLDS.index(each[2]), not each[3]))
    return {value: is_gone for kind, value, _, is_gone in had if kind in BY_WHICH_ONE_WRITES}


def known_then(each: Sequence[str]) -> tuple[str, str, str]:
    """Kind, value and state. Merges of before states were kept have none."""
    kind, value, *state = each
    return kind, value, state[0] if state else "former"


def _shown(row: Mapping[str, Any]) -> list[str]:
    return [name for name in row["said_by"] if name] if row["direction"] == "inbound" else []


Names: TypeAlias = tuple[str | None, str | None]
"""A wa_id and a user id."""


@frozen
class Apart:
    """What each is known by once they are two again."""

    theirs: list[Name]
    """What goes to the gone one; of it, what is in `own` stays with the kept one as well."""
    own: set[Name]
    kept_now: Names
    gone_now: Names
    kept_gave_up: set[Name]
    gone_gave_up: set[Name]


def apart(merge: Mapping[str, Any], gone: Mapping[str, Any], known: Sequence[Any], whose: Whose) -> Apart:
    """`known`: all that the kept one is and was known by meanwhile; what it is now first, then the latest."""
    came = [known_then(each) for each in merge["moved"]["identities"]]
    own = [known_then(each) for each in merge["moved"]["own_identities"]]
    shown = [(row["kind"], row["value"]) for row in known if row["kind"] in BY_WHICH_ONE_WRITES]
    theirs = [(kind, value) for kind, value, _ in came] + [each for each in shown if whose.is_theirs(each[1])]
    return Apart(
        list(dict.fromkeys(theirs)),
        {(kind, value) for kind, value, _ in own} | {each for each in shown if not whose.is_theirs(each[1])},
        _now(merge, merge["before"], [row for row in known if not whose.is_theirs(row["value"])]),
        _now(merge, gone, [row for row in known if whose.is_theirs(row["value"])]),
        _gave_up(own, whose),
        _gave_up(came, whose),
    )


def _now(merge: Mapping[str, Any], before: Mapping[str, Any], known: Sequence[Any]) -> Names:
    """What came last of what they had at the merge and have shown since."""
    had = {"wa_id": before["whatsapp_id"], "user_id": before["whatsapp_user_id"]}
    now: dict[str, str] = {}
    for row in known:
        if row["kind"] not in had or row["state"] == "given_up":
            continue
        if row["value"] == had[row["kind"]] or row["last_seen_at"] >= merge["merged_at"]:
            now.setdefault(row["kind"], row["value"])
    return now.get("wa_id"), now.get("user_id")


def _gave_up(had: Sequence[tuple[str, str, str]], whose: Whose) -> set[Name]:
    """Before they were merged; or to each other, since."""
    return {
        (kind, value)
        for kind, value, state in had
        if state == "given_up" or (kind in BY_WHICH_ONE_WRITES and whose.has_changed_hands(value))
    }
