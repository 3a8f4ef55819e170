"""The customers and everything they do with their phones."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulator.accounts import Number
from simulator.admin.guard import BadRequestError, NotThereError, answer, body_of, guarded, simulator_of
from simulator.chats import ChatMessage
from simulator.core import Simulator
from simulator.people import Person
from simulator.samples import SAMPLES

Json = dict[str, Any]


def add_routes(app: web.Application) -> None:
    path = "/_simulator/customers"
    app.router.add_get(path, guarded(list_people))
    app.router.add_post(path, guarded(put_person))
    app.router.add_patch(path + "/{id}", guarded(change_person))
    app.router.add_delete(path + "/{id}", guarded(remove_person))
    app.router.add_get(path + "/{id}/chat", guarded(read_chat))
    app.router.add_delete(path + "/{id}/chat", guarded(clear_chat))
    app.router.add_post(path + "/{id}/messages", guarded(send))
    app.router.add_post(path + "/{id}/look", guarded(look))


async def list_people(request: web.Request) -> web.Response:
    people = simulator_of(request).world.people.by_wa_id.values()
    return answer({"items": [asdict(person) for person in people]})


async def put_person(request: web.Request) -> web.Response:
    person = simulator_of(request).registration.person(await body_of(request))
    tell_people(simulator_of(request))
    return answer(asdict(person), 201)


async def change_person(request: web.Request) -> web.Response:
    person = person_of(request)
    changed = simulator_of(request).registration.person({**await body_of(request), "wa_id": person.wa_id})
    tell_people(simulator_of(request))
    return answer(asdict(changed))


async def remove_person(request: web.Request) -> web.Response:
    person = person_of(request)
    world = simulator_of(request).world
    for chat in [chat for chat in world.chats.all() if chat.wa_id == person.wa_id]:
        world.clear(chat)
    world.people.remove(person)
    world.storage.remove("person", person.wa_id)
    tell_people(simulator_of(request))
    return answer({"removed": person.wa_id})


async def read_chat(request: web.Request) -> web.Response:
    person, number = person_of(request), number_of(request, request.query.get("phone_number_id"))
    return answer(describe_chat(simulator_of(request), person, number))


def describe_chat(simulator: Simulator, person: Person, number: Number) -> Json:
    chat = simulator.world.chats.get(number.phone_number_id, person.wa_id)
    return {
        "messages": list(chat.messages),
        "window_open": simulator.sending.window_is_open(number, person.wa_id),
        "typing_until": chat.typing_until,
    }


async def clear_chat(request: web.Request) -> web.Response:
    person, number = person_of(request), number_of(request, request.query.get("phone_number_id"))
    world = simulator_of(request).world
    chat = world.chats.get(number.phone_number_id, person.wa_id)
    world.clear(chat)
    return answer({"cleared": True})


async def look(request: web.Request) -> web.Response:
    """The customer opens the chat for a moment: what was delivered is read."""
    body = await body_of(request)
    simulator = simulator_of(request)
    person, number = person_of(request), number_of(request, body.get("phone_number_id"))
    simulator.customers.looks(simulator.world.chats.get(number.phone_number_id, person.wa_id), person)
    return answer({"looked": True})


async def send(request: web.Request) -> web.Response:
    body = await body_of(request)
    action = _ACTIONS.get(str(body.get("do", "text")))
    if action is None:
        raise BadRequestError(f"do must be one of {', '.join(_ACTIONS)}.")
    person, number = person_of(request), number_of(request, body.get("phone_number_id"))
    message = action(simulator_of(request), person, number, body)
    message.ref = body.get("ref")
    return answer({"wamid": message.id, "message": message}, 201)


def _text(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.says(person, number, need(body, "text"), quotes=body.get("quotes"))


def _tap(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.taps(person, number, need(body, "id"), wamid=body.get("wamid"))


def _image(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.sends_sample(person, number, "photo", body.get("caption"))


def _sample(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    name = need(body, "name")
    if name not in SAMPLES:
        raise BadRequestError(f"name must be one of {', '.join(SAMPLES)}.")
    return simulator.customers.sends_sample(person, number, name, body.get("caption"))


def _reaction(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.reacts(person, number, need(body, "wamid"), body.get("emoji"))


def _edit(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.edits(person, number, need(body, "wamid"), need(body, "text"))


def _revoke(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.revokes(person, number, need(body, "wamid"))


def _forward(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    often = body.get("often") is True
    return simulator.customers.forwards(person, number, need(body, "text"), often=often)


def _advertisement(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    return simulator.customers.comes_by_advertisement(
        person,
        number,
        need(body, "text"),
        str(body.get("headline") or "Promoção"),
        from_post=body.get("from_post") is True,
    )


def _raw(simulator: Simulator, person: Person, number: Number, body: Json) -> ChatMessage:
    """Any message at all: `type`, `content`, and further keys of the message in `extra`."""
    if not isinstance(body.get("content"), dict | list):
        raise BadRequestError("content must be an object or a list.")
    kind = need(body, "type")
    return simulator.customers.sends(
        person, number, kind, body["content"], quotes=body.get("quotes"), extra=body.get("extra")
    )


_ACTIONS: dict[str, Callable[[Simulator, Person, Number, Json], ChatMessage]] = {
    "text": _text,
    "tap": _tap,
    "image": _image,
    "sample": _sample,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "forward": _forward,
    "advertisement": _advertisement,
    "raw": _raw,
}


def need(body: Json, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise BadRequestError(f"{key} is needed.")
    return value


def person_of(request: web.Request) -> Person:
    identity = request.match_info["id"]
    person = simulator_of(request).world.people.find(identity)
    if person is None:
        raise NotThereError(f"There is no customer {identity}.")
    return person


def number_of(request: web.Request, phone_number_id: str | None) -> Number:
    """The named business number; without a name the first one there is."""
    numbers = simulator_of(request).world.accounts.numbers
    number = numbers.get(phone_number_id) if phone_number_id else next(iter(numbers.values()), None)
    if number is None:
        raise NotThereError(f"There is no number {phone_number_id or 'yet'}.")
    return number


def tell_people(simulator: Simulator) -> None:
    people = [asdict(person) for person in simulator.world.people.by_wa_id.values()]
    simulator.world.live.tell_all({"type": "people", "people": people})
