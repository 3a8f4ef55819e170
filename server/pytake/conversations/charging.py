"""What a message costs: counted once, when its price is known and it has reached the customer.

What failed is not charged, and what has arrived does not fail any more. The count is a mark in the message's
own row, so that a status that is told again counts nothing; the fact of it is for the meter.
"""

from typing import Any, Final
from uuid import UUID

Json = dict[str, Any]

METADATA: Final = """
    CASE WHEN new.pricing IS NULL AND NOT m.metadata ? 'pricing' THEN m.metadata
         ELSE m.metadata
              || jsonb_build_object('pricing', COALESCE(m.metadata -> 'pricing', '{{}}')
                                               || COALESCE(new.pricing::jsonb, '{{}}'))
              || CASE WHEN new.free_until IS NULL THEN '{{}}'
                      ELSE jsonb_build_object('free_until', new.free_until) END
              || CASE WHEN {has_arrived} AND NOT m.metadata ? 'counted_by'
                      THEN jsonb_build_object('counted_by', $13::text) ELSE '{{}}' END
         END
"""
"""The metadata of a message (`m`) after news of it (`new`), to be formatted. $13 marks what counts now.

Meta's words stand alone in `pricing`; what is ours stands beside it.
"""

COUNTED: Final = "CASE WHEN m.metadata ->> 'counted_by' = $13::text THEN m.metadata -> 'pricing' END"

_LONGEST = 50


def told(number_id: UUID | None, pricing: Json | None) -> Json:
    """What the fact of a message says of its price: nothing but the one time that it counts.

    Meta means to give up `billable`: it is asked where there is no type only.
    """
    if number_id is None or pricing is None:
        return {}
    kind = pricing.get("type") or ("free" if pricing.get("billable") is False else "regular")
    return {
        "charge": {
            "whatsapp_number_id": number_id,
            "category": _word(pricing.get("category") or "unknown"),
            "type": _word(kind),
        }
    }


def _word(text: str) -> str:
    """Meta writes `authentication-international` with a hyphen in one place and without in another."""
    return text.lower().replace("-", "_")[:_LONGEST]
