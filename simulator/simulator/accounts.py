"""What exists on Meta's side of the business: apps, WhatsApp Business Accounts and their numbers."""

from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.phones import only_digits

Json = dict[str, Any]


@dataclass(slots=True)
class MetaApp:
    app_id: str
    app_secret: str
    verify_token: str
    callback_url: str | None = None
    name: str = "PyTake"
    verified: bool = False
    """Whether the callback URL passed the handshake. Nothing is delivered before."""


@dataclass(slots=True)
class BusinessAccount:
    waba_id: str
    name: str = "Empresa"
    subscribed_apps: list[str] = field(default_factory=list)
    overrides: dict[str, str] = field(default_factory=dict)
    """Callback URL of this account alone, by app id."""


@dataclass(slots=True)
class Number:
    phone_number_id: str
    waba_id: str
    display_phone_number: str
    access_token: str
    app_id: str | None = None
    """The app that issued the token; None is the only app there is."""
    verified_name: str = "Empresa"
    status: str = "CONNECTED"
    quality_rating: str = "GREEN"
    per_second: float | None = None
    """Its own throughput; None takes the configured one."""
    name_status: str = "APPROVED"
    throughput: str = "STANDARD"
    """STANDARD or HIGH."""
    messaging_limit: str = "TIER_2K"
    is_on_phone: bool = False
    """Coexistence: the WhatsApp Business app uses the number, too."""
    code_status: str = "VERIFIED"
    profile: Json = field(default_factory=dict)
    pin: str | None = None
    service_month: str = ""
    service_count: int = 0

    @property
    def digits(self) -> str:
        return only_digits(self.display_phone_number)


class Accounts:
    def __init__(self) -> None:
        self.apps: dict[str, MetaApp] = {}
        self.wabas: dict[str, BusinessAccount] = {}
        self.numbers: dict[str, Number] = {}
        self._numbers_of_token: dict[str, set[str]] = {}

    def put_app(self, app: MetaApp) -> None:
        self.apps[app.app_id] = app

    def put_waba(self, waba: BusinessAccount) -> None:
        self.wabas[waba.waba_id] = waba

    def put_number(self, number: Number) -> None:
        before = self.numbers.get(number.phone_number_id)
        if before is not None:
            self._numbers_of_token.get(before.access_token, set()).discard(before.phone_number_id)
        self.numbers[number.phone_number_id] = number
        self._numbers_of_token.setdefault(number.access_token, set()).add(number.phone_number_id)

    def expire(self, token: str) -> None:
        """Until a number is registered with it again."""
        self._numbers_of_token.pop(token, None)

    def token_is_known(self, token: str) -> bool:
        return bool(self._numbers_of_token.get(token))

    def token_reaches_number(self, token: str, phone_number_id: str) -> bool:
        return phone_number_id in self._numbers_of_token.get(token, ())

    def token_reaches_waba(self, token: str, waba_id: str) -> bool:
        reached = self._numbers_of_token.get(token, ())
        return any(self.numbers[each].waba_id == waba_id for each in reached)

    def app_of_token(self, token: str) -> MetaApp | None:
        for phone_number_id in self._numbers_of_token.get(token, ()):
            app_id = self.numbers[phone_number_id].app_id
            if app_id is not None:
                return self.apps.get(app_id)
        return next(iter(self.apps.values())) if len(self.apps) == 1 else None

    def numbers_of(self, waba_id: str) -> list[Number]:
        return [number for number in self.numbers.values() if number.waba_id == waba_id]

    def callbacks(self, waba_id: str) -> list[tuple[MetaApp, str]]:
        """The apps that hear of this account, with the address each is told at."""
        waba = self.wabas.get(waba_id)
        heard: list[tuple[MetaApp, str]] = []
        for app_id in waba.subscribed_apps if waba else ():
            app = self.apps.get(app_id)
            own = app.callback_url if app and app.verified else None
            url = waba.overrides.get(app_id, own) if waba else None
            if app and url:
                heard.append((app, url))
        return heard


def as_document(thing: MetaApp | BusinessAccount | Number) -> Json:
    return asdict(thing)
