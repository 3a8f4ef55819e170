"""What a customer's phone shows while somebody reads and writes. It is stored nowhere and never repeated."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from pytake.conversations import repository
from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp


async def reading(
    work: Work, runtime: Runtime, conversation_id: UUID, *, typing: bool
) -> Callable[[], Awaitable[None]] | None:
    """How to tell WhatsApp that the newest message is read, once this transaction is over.

    None when there is nothing to tell, or nothing to tell it with. Raises NotFound for what the actor does
    not see.
    """
    if not await repository.exists(work, conversation_id):
        raise NotFound
    newest = await repository.newest_from_customer(work, conversation_id)
    if newest is None:
        return None
    number = await whatsapp.sending_number(work, runtime.ports.secrets, newest["whatsapp_number_id"])
    if number is None:
        return None
    return partial(
        runtime.ports.whatsapp.mark_read, number.sender, newest["whatsapp_message_id"], typing=typing
    )
