"""Making apps, accounts, numbers and people exist, from the configuration or the admin API."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, TypeVar

import aiohttp

from simulator.accounts import BusinessAccount, MetaApp, Number
from simulator.people import Person, new_person
from simulator.phones import only_digits
from simulator.webhooks.handshake import HandshakeError, verify
from simulator.world import World

Json = dict[str, Any]
Thing = TypeVar("Thing", MetaApp, BusinessAccount, Number, Person)

log = logging.getLogger("simulator")

_ASK_AGAIN = 1.0


class RegistrationError(ValueError):
    """What was to be registered makes no sense; the message names the key."""


class Registration:
    def __init__(self, world: World, session: Callable[[], aiohttp.ClientSession]) -> None:
        self._world = world
        self._session = session

    async def handshake(self, url: str, verify_token: str) -> None:
        await verify(self._session(), url, verify_token)

    async def app(self, document: Json) -> MetaApp:
        """Register an app; its callback URL must pass the handshake first (raises HandshakeError)."""
        app = self._app(document)
        before = self._world.accounts.apps.get(app.app_id)
        if app.callback_url is not None and not _still_verified(before, app):
            await self.handshake(app.callback_url, app.verify_token)
        app.verified = app.callback_url is not None
        self._world.keep_app(app)
        self._world.journal.add("app.registered", app=app.app_id, callback_url=app.callback_url)
        return app

    def _app(self, document: Json) -> MetaApp:
        before = self._world.accounts.apps.get(str(document.get("app_id")))
        document = {"verify_token": "", **document, "verified": False}
        return _merge(MetaApp, before, document)

    def waba(self, document: Json, *, apps: list[str] | None = None) -> BusinessAccount:
        before = self._world.accounts.wabas.get(str(document.get("waba_id")))
        if before is None and "subscribed_apps" not in document:
            known = list(self._world.accounts.apps)
            document = {**document, "subscribed_apps": apps or (known if len(known) == 1 else [])}
        waba = _merge(BusinessAccount, before, document)
        self._world.keep_waba(waba)
        return waba

    def number(self, document: Json) -> Number:
        before = self._world.accounts.numbers.get(str(document.get("phone_number_id")))
        number = _merge(Number, before, document)
        if number.waba_id not in self._world.accounts.wabas:
            self.waba({"waba_id": number.waba_id, "name": number.verified_name})
        self._world.keep_number(number)
        return number

    def person(self, document: Json) -> Person:
        wa_id = only_digits(str(document.get("wa_id", "")))
        if not wa_id:
            raise RegistrationError("wa_id is needed: the digits of the phone.")
        before = self._world.people.by_wa_id.get(wa_id)
        person = _merge(
            Person, before or new_person(wa_id, document.get("name")), {**document, "wa_id": wa_id}
        )
        taken = self._world.people.by_user_id.get(person.user_id)
        if taken is not None and taken.wa_id != wa_id:
            raise RegistrationError(f"user_id {person.user_id} belongs to {taken.wa_id}.")
        self._world.keep_person(person)
        return person

    async def everything(self, document: Json) -> None:
        """Apps, then accounts, numbers and customers; accounts subscribe the apps that came along."""
        apps = [await self.app(each) for each in document.get("apps", ())]
        self._without_apps(document, [app.app_id for app in apps])

    def from_config(self) -> list[MetaApp]:
        """As `everything`, but nobody may listen yet; returns the apps that still need the handshake."""
        config = self._world.config
        unverified = []
        for document in config.apps:
            app = self._app(document)
            app.verified = _still_verified(self._world.accounts.apps.get(app.app_id), app)
            self._world.keep_app(app)
            if app.callback_url is not None and not app.verified:
                unverified.append(app)
        apps = [str(each["app_id"]) for each in config.apps]
        self._without_apps(
            {"wabas": config.wabas, "numbers": config.numbers, "customers": config.customers}, apps
        )
        return unverified

    def _without_apps(self, document: Json, apps: list[str]) -> None:
        for each in document.get("wabas", ()):
            self.waba(each, apps=apps)
        for each in document.get("numbers", ()):
            self.number(each)
        for each in document.get("customers", ()):
            self.person(each)

    async def verify_later(self, app: MetaApp) -> None:
        """Ask until the callback URL answers; the app may be registered anew meanwhile."""
        complaint = ""
        while app.callback_url is not None and self._world.accounts.apps.get(app.app_id) is app:
            try:
                await self.handshake(app.callback_url, app.verify_token)
            except HandshakeError as error:
                if str(error) != complaint:
                    complaint = str(error)
                    log.warning("Waiting for the callback URL of app %s: %s", app.app_id, complaint)
                await asyncio.sleep(_ASK_AGAIN)
                continue
            app.verified = True
            self._world.keep_app(app)
            self._world.journal.add("app.registered", app=app.app_id, callback_url=app.callback_url)
            return


def _still_verified(before: MetaApp | None, app: MetaApp) -> bool:
    if before is None or not before.verified:
        return False
    return (before.callback_url, before.verify_token) == (app.callback_url, app.verify_token)


def _merge(kind: type[Thing], before: Thing | None, document: Json) -> Thing:
    """The thing as it was, changed by the document; a key nobody knows is refused."""
    known = {each.name for each in fields(kind)}
    unknown = sorted(set(document) - known)
    if unknown:
        raise RegistrationError(f"Unknown keys: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    try:
        return kind(**{**(asdict(before) if before else {}), **document})
    except TypeError as error:
        raise RegistrationError(str(error).replace("__init__() ", "")) from error
