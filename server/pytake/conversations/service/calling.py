"""One call to WhatsApp: a message checked, its file uploaded, posted; and what we refuse in Meta's stead."""

from uuid import UUID

import structlog

from pytake.conversations.outbox import Claimed
from pytake.conversations.pipeline import callback_data
from pytake.conversations.service import enclosures
from pytake.conversations.service.outcomes import Held, Sent
from pytake.ports.whatsapp import Json, Letter, Policy, Refused, Sender, Unknown
from pytake.ports.whatsapp_fields import LimitExceeded, MessageMalformed
from pytake.ports.whatsapp_limits import check_message
from pytake.runtime import Runtime

MALFORMED = 131009
"""Meta's own code for a value it does not take."""

UNWANTED = Refused(
    Policy.FAIL,
    131050,
    "Unwanted marketing",
    "O cliente pediu para não receber mensagens de marketing: o modelo não foi enviado.",
)
"""What Meta would answer; the person's wish is known here, so Meta is not asked."""

WINDOW_CLOSED = Refused(
    Policy.NEEDS_TEMPLATE,
    131047,
    "Re-engagement message",
    "Mais de 24 horas se passaram desde a última mensagem do cliente: "
    "só um modelo aprovado pode ser enviado.",
)

log = structlog.get_logger()


async def call(
    runtime: Runtime, organization_id: UUID, number_id: UUID, sender: Sender, row: Claimed
) -> Sent | Held:
    """Post one message, its file uploaded before it.

    One that WhatsApp would refuse for its size is refused here, by the limit's name.

    A mistake of ours in the middle of a call says nothing about the message, nor about the others.
    """
    try:
        check_message(row.type, row.content)
    except (LimitExceeded, MessageMalformed) as error:
        return Sent(row, Refused(Policy.FAIL, MALFORMED, error.code, str(error)))
    try:
        content = await enclosures.enclose(runtime, organization_id, number_id, sender, row.type, row.content)
        if content is None:
            return Held(row, 0.0)
        if isinstance(content, Refused):
            return Sent(row, content)
        if not row.may_be_sent:  # it was, when it was claimed
            return Sent(row, WINDOW_CLOSED)
        return await _post(runtime, organization_id, number_id, sender, row, content)
    except Exception as error:
        log.exception("sending failed", message_id=str(row.message_id))
        return Sent(row, Unknown(type(error).__name__))


async def _post(
    runtime: Runtime, organization_id: UUID, number_id: UUID, sender: Sender, row: Claimed, content: Json
) -> Sent | Held:
    called = callback_data(row.message_id, row.message_created_at)
    letter = Letter(called, row.to, row.type, content, row.reply_to)
    runtime.ports.claim_book.strike(row.message_id)
    outcome = await runtime.ports.whatsapp.send(sender, letter)
    posted = enclosures.Posted(row.type, content, row.message_created_at)
    if await enclosures.is_renewed(runtime, organization_id, number_id, posted, outcome):
        return Held(row, 0.0)
    return Sent(row, outcome)
