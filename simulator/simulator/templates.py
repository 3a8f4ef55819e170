"""Message templates as Meta keeps them, and what its review makes of them."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.identifiers import numeric_id

Json = dict[str, Any]

STATUSES = frozenset(
    {
        "PENDING",
        "APPROVED",
        "REJECTED",
        "PAUSED",
        "DISABLED",
        "IN_APPEAL",
        "LIMIT_EXCEEDED",
        "ARCHIVED",
        "PENDING_DELETION",
        "DELETED",
        "FLAGGED",
        "REINSTATED",
        "LOCKED",
        "UNARCHIVED",
    }
)
CATEGORIES = frozenset({"MARKETING", "UTILITY", "AUTHENTICATION"})

_PROMOTION = re.compile(r"\d\s?%|promo|oferta|desconto|cupom|discount|sale\b|descuento", re.IGNORECASE)
_SECRETS = re.compile(r"cart[ãa]o de cr[ée]dito|senha|cvv|credit card|password|contraseña", re.IGNORECASE)
_ADJACENT = re.compile(r"\}\}\s*\{\{")


@dataclass(slots=True)
class Template:
    waba_id: str
    name: str
    language: str
    category: str
    components: list[Json]
    parameter_format: str = "POSITIONAL"
    status: str = "PENDING"
    id: str = field(default_factory=lambda: "99" + numeric_id(14))
    quality_score: str = "UNKNOWN"
    quality_at: int = 0
    rejected_reason: str = "NONE"
    previous_category: str | None = None
    correct_category: str | None = None
    edited_at: list[float] = field(default_factory=list)
    """When an approved one was changed; Meta counts."""
    review: int = 0
    """Grows with each submission, so that an earlier one's review comes too late."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.waba_id, self.name, self.language

    def text_of(self, kind: str) -> str:
        return next((str(c.get("text", "")) for c in self.components if c.get("type") == kind), "")

    def part(self, kind: str) -> Json:
        return next((c for c in self.components if c.get("type") == kind), {})


class Templates:
    def __init__(self) -> None:
        self.by_id: dict[str, Template] = {}

    def put(self, template: Template) -> None:
        self.by_id[template.id] = template

    def remove(self, template: Template) -> None:
        self.by_id.pop(template.id, None)

    def of(self, waba_id: str) -> list[Template]:
        """The newest first, as Meta lists them."""
        return [each for each in reversed(self.by_id.values()) if each.waba_id == waba_id]

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        return next((each for each in self.by_id.values() if each.key == (waba_id, name, language)), None)


def category_for(asked: str, components: list[Json]) -> str:
    """What reads like advertising is marketing, whatever the business calls it."""
    text = " ".join(str(each.get("text", "")) for each in components)
    return "MARKETING" if asked == "UTILITY" and _PROMOTION.search(text) else asked


def verdict(template: Template) -> tuple[str, str, Json]:
    """What the review decides by itself: status, reason, and Meta's explanation."""
    body = template.text_of("BODY")
    if _ADJACENT.search(body):
        told = {
            "reason": "Parameters are placed next to each other.",
            "recommendation": "Put text between the parameters.",
        }
        return "REJECTED", "INVALID_FORMAT", told
    if _SECRETS.search(body):
        told = {
            "reason": "The template asks for sensitive identifiers.",
            "recommendation": "Do not ask customers for cards or passwords.",
        }
        return "REJECTED", "ABUSIVE_CONTENT", told
    return "APPROVED", "NONE", {}


def as_document(template: Template) -> Json:
    return asdict(template)
