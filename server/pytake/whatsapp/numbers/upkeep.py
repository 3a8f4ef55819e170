"""Numbers once they are here: named, made the default, given another token, disconnected."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pytake.kit.errors import NotFound
from pytake.kit.work import Work
from pytake.ports.whatsapp import Sender
from pytake.whatsapp.errors import DefaultNumberNeeded
from pytake.whatsapp.numbers import alerts, health, rows
from pytake.whatsapp.numbers.acting import Acting, sealed_token
from pytake.whatsapp.numbers.stopping import let_go
from pytake.whatsapp.types import AlertKind

Json = dict[str, Any]


async def details(work: Work) -> list[Json]:
    return [dict(row) for row in await rows.details(work)]


async def detail(work: Work, number_id: UUID) -> Json:
    """Raises NotFound."""
    row = await rows.detail(work, number_id)
    if row is None:
        raise NotFound
    return dict(row)


async def change(work: Work, number_id: UUID, changes: Mapping[str, Any]) -> Json:
    """Raises NotFound and DefaultNumberNeeded."""
    await rows.lock_default(work)
    row = await _locked(work, number_id)
    before = {name: row[name] for name in ("display_name", "is_active", "is_default")}
    after = {**before, **changes}
    if before["is_default"] and not after["is_default"]:
        raise DefaultNumberNeeded
    await rows.save(work, number_id, after)
    if after["is_default"] and not before["is_default"]:
        await rows.make_default(work, number_id)
    work.audit("number.updated", number_id, before=before, after=after)
    work.publish("number.updated", {"whatsapp_number_id": number_id})
    return await detail(work, number_id)


async def disconnect(work: Work, number_id: UUID) -> None:
    """Its conversations stay, and find it again when it is connected again. Raises NotFound."""
    await rows.lock_default(work)
    row = await _locked(work, number_id)
    await rows.leave(work, number_id)
    await alerts.resolve(work, number_id, *AlertKind)
    if row["is_default"] and (heir := await rows.heir(work)):
        await rows.make_default(work, heir)
    work.audit(
        "number.disconnected",
        number_id,
        before={name: row[name] for name in ("display_name", "phone_number", "phone_number_id")},
    )
    work.publish("number.updated", {"whatsapp_number_id": number_id})


async def replace_token(acting: Acting, number_id: UUID, access_token: str) -> Json:
    """Proven first; then what waited goes out. Raises NotFound and what Meta answers."""
    async with acting.work() as work:
        row = await rows.sealed(work, number_id)
        if row is None:
            raise NotFound
    known = await acting.runtime.ports.numbers.get_phone_number(Sender(row["phone_number_id"], access_token))
    async with acting.work() as work:
        await _locked(work, number_id)
        sealed = sealed_token(acting.runtime, acting.organization_id, number_id, access_token)
        await rows.keep_token(work, number_id, sealed)
        await let_go(work, number_id)
        await health.record(work, number_id, known)
        work.audit("number.token_replaced", number_id)
        return await detail(work, number_id)


async def resume(work: Work, number_id: UUID) -> Json:
    """Somebody has mended what stopped the number: a payment, a registration. Raises NotFound."""
    await _locked(work, number_id)
    await let_go(work, number_id)
    work.audit("number.resumed", number_id)
    return await detail(work, number_id)


async def _locked(work: Work, number_id: UUID) -> Any:
    row = await rows.lock(work, number_id)
    if row is None:
        raise NotFound
    return row
