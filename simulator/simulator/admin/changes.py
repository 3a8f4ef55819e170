"""`/_simulator/customers/{id}/changes`: another number, user id or username, marketing or none."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, get_args

from aiohttp import web

from simulator.admin.guard import BadRequestError, answer, body_of, guarded, simulator_of
from simulator.admin.people import need, number_of, person_of
from simulator.identities import Identities, ToldBy
from simulator.people import Person

Json = dict[str, Any]


def add_routes(app: web.Application) -> None:
    app.router.add_post("/_simulator/customers/{id}/changes", guarded(change))


async def change(request: web.Request) -> web.Response:
    body, person = await body_of(request), person_of(request)
    identities = simulator_of(request).identities
    what = str(body.get("do"))
    if what == "marketing":
        number = number_of(request, body.get("phone_number_id"))
        identities.wants_marketing(person, number, wants=_flag(body, "wants", default=None))
    elif what in _CHANGES:
        _CHANGES[what](identities, person, body)
    else:
        raise BadRequestError(f"do must be one of {', '.join((*_CHANGES, 'marketing'))}.")
    return answer(asdict(person))


def _number(identities: Identities, person: Person, body: Json) -> None:
    identities.changes_number(
        person,
        need(body, "wa_id"),
        user_id=_optional(body, "user_id"),
        keeps_user_id=_flag(body, "keeps_user_id", default=False),
        told=_flag(body, "told", default=True),
    )


def _user_id(identities: Identities, person: Person, body: Json) -> None:
    told_by = body.get("told_by", "field")
    if told_by not in get_args(ToldBy):
        raise BadRequestError(f"told_by must be one of {', '.join(get_args(ToldBy))}.")
    identities.changes_user_id(person, _optional(body, "user_id"), told_by=told_by)


def _username(identities: Identities, person: Person, body: Json) -> None:
    hides_phone = _flag(body, "hides_phone", default=False)
    identities.takes_username(person, _optional(body, "username"), hides_phone=hides_phone)


_CHANGES: dict[str, Callable[[Identities, Person, Json], None]] = {
    "number": _number,
    "user_id": _user_id,
    "username": _username,
}


def _optional(body: Json, key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRequestError(f"{key} must be a text.")
    return value


def _flag(body: Json, key: str, *, default: bool | None) -> bool:
    value = body.get(key, default)
    if not isinstance(value, bool):
        raise BadRequestError(f"{key} must be true or false.")
    return value
