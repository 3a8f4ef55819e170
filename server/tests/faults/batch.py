"""One delivery of a thousand items: everything that Meta sends, side by side, and one item that is broken."""

from dataclasses import dataclass, field
from typing import Any

from tests.pipeline import deliveries as meta

Json = dict[str, Any]

BROKEN: Json = {"id": "wamid.BROKEN", "timestamp": "1", "type": "text", "text": {"body": "de quem?"}}
"""Of nobody: neither a phone nor a user id."""
BROKEN_REASON = "messages: nobody is named as the other side"

CONTENTS: dict[str, Any] = {
    "text": {"body": "bom dia"},
    "image": {"id": "801", "mime_type": "image/jpeg", "sha256": "x", "caption": "a vitrine"},
    "audio": {"id": "802", "mime_type": "audio/ogg; codecs=opus", "sha256": "x", "voice": True},
    "location": {"latitude": -23.55, "longitude": -46.63, "name": "Padaria"},
    "interactive": {"type": "button_reply", "button_reply": {"id": "sim", "title": "Sim"}},
    "reaction": {"message_id": "wamid.OUT0", "emoji": "👍"},
    "contacts": [{"name": {"formatted_name": "João"}, "phones": [{"phone": "+5511900000012"}]}],
    "sticker": {"id": "803", "mime_type": "image/webp", "sha256": "x", "animated": False},
}
KINDS = tuple(CONTENTS)


def person(place: int) -> str:
    return f"55119{place:08d}"


def message(place: int) -> Json:
    """Of that person, of a kind that depends on who it is."""
    kind = KINDS[place % len(KINDS)]
    return {
        "from": person(place),
        "id": meta.wamid(),
        "timestamp": str(meta.now()),
        "type": kind,
        kind: CONTENTS[kind],
    }


@dataclass(frozen=True)
class Batch:
    """How many of each; the people of each kind of news are others."""

    number: str
    other: str
    """A second number of the same organization."""
    accepted: list[str]
    """Wamids of ours that a status speaks of."""
    messages: int = 579
    echoes: int = 40
    preferences: int = 30
    identities: int = 30
    account: int = 20
    _at: int = field(default_factory=meta.now)

    @property
    def good(self) -> int:
        return (
            self.messages
            + len(self.accepted)
            + self.echoes
            + self.preferences
            + self.identities
            + self.account
        )

    def renamed(self) -> list[tuple[str, str, str]]:
        """(wa_id, user id before, user id after)."""
        first = self.messages + self.preferences
        places = range(first, first + self.identities)
        return [(person(place), f"BR.{place}1", f"BR.{place}2") for place in places]

    def written(self) -> Json:
        changes = [*self._talk(), *self._about_people(), *self._about_the_account()]
        entries = [{"id": meta.WABA_ID, "time": self._at, "changes": [change]} for change in changes]
        return {"object": "whatsapp_business_account", "entry": entries}

    def _talk(self) -> list[Json]:
        said = [message(place) for place in range(self.messages)]
        said.insert(self.messages // 2, BROKEN)
        half = len(said) // 2
        statuses = [meta.status(wamid, "delivered") for wamid in self.accepted]
        echoes = [
            {**meta.text("551130000100", "da loja"), "to": person(place)} for place in range(self.echoes)
        ]
        return [
            self._change("messages", self.number, messages=said[:half], statuses=statuses),
            self._change("messages", self.other, messages=said[half:]),
            self._change("smb_message_echoes", self.number, message_echoes=echoes),
        ]

    def _about_people(self) -> list[Json]:
        at = str(self._at)
        choice = {"category": "marketing_messages", "value": "resume", "timestamp": at}
        places = range(self.messages, self.messages + self.preferences)
        preferences = [{"wa_id": person(place), **choice} for place in places]
        updates = [
            {"wa_id": wa_id, "user_id": {"previous": before, "current": after}, "timestamp": at}
            for wa_id, before, after in self.renamed()
        ]
        return [
            self._change("user_preferences", self.number, user_preferences=preferences),
            self._change("user_id_update", self.number, user_id_update=updates),
        ]

    def _about_the_account(self) -> list[Json]:
        return [
            {"field": "account_alerts", "value": {"alert_type": f"NEWS_{place}"}}
            for place in range(self.account)
        ]

    def _change(self, field_: str, number: str, **arrays: Any) -> Json:
        return {"field": field_, "value": meta.value(number, **arrays)}
