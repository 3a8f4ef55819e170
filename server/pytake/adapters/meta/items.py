"""One item of a webhook value: a message, an echo, a status, a preference, in PyTake's own words."""

from pytake.adapters.meta.contents import read_contents
from pytake.adapters.meta.lenient import (
    errors_of,
    identifiers_of,
    kept,
    object_of,
    text_of,
    timestamp_of,
)
from pytake.adapters.meta.people import People
from pytake.kit.frozen import frozen
from pytake.ports.whatsapp import (
    Json,
    MessageArrived,
    Person,
    PreferenceChanged,
    StatusChanged,
    UserIdChanged,
)


class ItemError(Exception):
    """Something without which the item means nothing is not there."""


@frozen
class Envelope:
    """What the items of one value share."""

    waba_id: str | None
    phone_number_id: str | None
    people: People

    @property
    def number(self) -> str:
        if self.phone_number_id is None:
            raise ItemError("metadata.phone_number_id is missing")
        return self.phone_number_id


def read_message(envelope: Envelope, message: Json) -> MessageArrived:
    who = envelope.people.recognise(
        message.get("from"), message.get("from_user_id"), message.get("from_parent_user_id")
    )
    return _arrived(envelope, message, who)


def read_echo(envelope: Envelope, message: Json) -> MessageArrived:
    """What the business wrote on its phone: the person is the one it was written to."""
    who = envelope.people.recognise(
        message.get("to"), message.get("to_user_id"), message.get("to_parent_user_id")
    )
    return _arrived(envelope, message, who, is_echo=True)


def _arrived(envelope: Envelope, message: Json, who: Person, *, is_echo: bool = False) -> MessageArrived:
    wamid = _needed(message, "id")
    group_id = text_of(message.get("group_id"))
    if not who.is_known and group_id is None:
        raise ItemError("nobody is named as the other side")
    kind, is_known, said = read_contents(message)
    referral = message.get("referral")
    return MessageArrived(
        waba_id=envelope.waba_id,
        phone_number_id=envelope.number,
        wamid=wamid,
        person=who,
        timestamp=timestamp_of(message.get("timestamp")),
        type=kind,
        known_type=is_known,
        stored_type=said.stored_type,
        content=said.content,
        text=said.text,
        subtype=said.subtype,
        reply_id=said.reply_id,
        context=_context_of(message.get("context")),
        referral=referral if isinstance(referral, dict) and referral else None,
        errors=errors_of(message.get("errors")),
        group_id=group_id,
        echo=is_echo,
        business_number=text_of(message.get("from")) if is_echo else None,
    )


def _context_of(context: object) -> Json:
    """Quoted, forwarded, or about a product. A message forwarded often may lack the first flag."""
    if not isinstance(context, dict):
        return {}
    found: Json = {}
    if replied_to := text_of(context.get("id")):
        found["replied_to"] = replied_to
    if often := bool(context.get("frequently_forwarded")):
        found["frequently_forwarded"] = True
    if often or context.get("forwarded"):
        found["forwarded"] = True
    if product := object_of(context.get("referred_product")):
        found["referred_product"] = product
    return found


def read_status(envelope: Envelope, status: Json) -> StatusChanged:
    group_id, recipient = _addressee_of(status)
    return StatusChanged(
        waba_id=envelope.waba_id,
        phone_number_id=envelope.number,
        wamid=_needed(status, "id"),
        status=_needed(status, "status"),
        timestamp=timestamp_of(status.get("timestamp")),
        recipient=recipient,
        callback_data=text_of(status.get("biz_opaque_callback_data")),
        group_id=group_id,
        pricing=_pricing_of(status.get("pricing")),
        conversation=_conversation_of(status.get("conversation")),
        errors=errors_of(status.get("errors")),
    )


def _addressee_of(status: Json) -> tuple[str | None, Person]:
    """(group, person). In a group the recipient's id is the group's, which is nobody's phone."""
    parent = text_of(status.get("recipient_parent_user_id"))
    if status.get("recipient_type") != "group":
        return None, Person(
            *identifiers_of(status.get("recipient_id"), status.get("recipient_user_id")), parent
        )
    participant = identifiers_of(
        status.get("recipient_participant_id"), status.get("recipient_participant_user_id")
    )
    return text_of(status.get("recipient_id")), Person(*participant, parent)


def _pricing_of(pricing: object) -> Json | None:
    if not isinstance(pricing, dict) or not pricing:
        return None
    return {
        "category": text_of(pricing.get("category")),
        "model": text_of(pricing.get("pricing_model")),
        "type": text_of(pricing.get("type")),
        "billable": pricing.get("billable") if isinstance(pricing.get("billable"), bool) else None,
    }


def _conversation_of(conversation: object) -> Json | None:
    if not isinstance(conversation, dict) or not conversation:
        return None
    expires = timestamp_of(conversation.get("expiration_timestamp"))
    return {
        **kept(conversation, "id"),
        "origin": text_of(object_of(conversation.get("origin")).get("type")),
        **({"expiration_timestamp": expires} if expires else {}),
    }


def read_preference(envelope: Envelope, preference: Json) -> PreferenceChanged:
    who = envelope.people.recognise(preference.get("wa_id"), preference.get("user_id"))
    if not who.is_known:
        raise ItemError("nobody is named")
    return PreferenceChanged(
        waba_id=envelope.waba_id,
        phone_number_id=envelope.number,
        person=who,
        category=_needed(preference, "category"),
        value=_needed(preference, "value"),
        timestamp=timestamp_of(preference.get("timestamp")),
    )


def read_user_id_update(envelope: Envelope, update: Json) -> UserIdChanged:
    user_id = object_of(update.get("user_id"))
    wa_id, _ = identifiers_of(update.get("wa_id"), None)
    return UserIdChanged(
        waba_id=envelope.waba_id,
        phone_number_id=envelope.number,
        wa_id=wa_id,
        previous=_needed(user_id, "previous"),
        current=_needed(user_id, "current"),
        timestamp=timestamp_of(update.get("timestamp")),
    )


def _needed(source: Json, key: str) -> str:
    found = text_of(source.get(key))
    if found is None:
        raise ItemError(f"{key} is missing")
    return found
