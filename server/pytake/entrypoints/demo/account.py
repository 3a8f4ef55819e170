"""The demo's names and secrets. Made once per data folder; the secrets are of nobody but the simulator."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "demo.json"

ORGANIZATION = "Padaria Aurora"
SLUG = "padaria-aurora"
EMAIL = "demo@padaria-aurora.example"
FULL_NAME = "Clara Aurora"
PHONE_NUMBER_ID = "455900112233441"
PHONE = "+55 11 3000-0100"
WABA_ID = "310277445566100"
APP_ID = "780011223344556"
CUSTOMERS = (
    {"wa_id": "5511987650001", "name": "Maria Souza"},
    {"wa_id": "5521987650002", "name": "João Pereira"},
    {"wa_id": "5531987650003", "name": "Ana Lima"},
)


@dataclass(frozen=True, slots=True)
class Account:
    password: str
    app_secret: str
    verify_token: str
    access_token: str
    webhook_path: str | None = None
    """None until the organization is in the database."""

    def save(self, folder: Path) -> None:
        draft = folder / f"{FILE}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self), file, indent=1)
        draft.replace(folder / FILE)


def kept(folder: Path) -> Account | None:
    try:
        return Account(**json.loads((folder / FILE).read_text()))
    except FileNotFoundError:
        return None


def login(folder: Path) -> dict[str, str]:
    """What the demo's user signs in with. Call when the demo is there."""
    account = kept(folder)
    assert account is not None
    return {"email": EMAIL, "password": account.password, "organization": SLUG}


def new_account() -> Account:
    return Account(
        password="-".join(secrets.token_hex(2) for _ in range(3)),
        app_secret=secrets.token_hex(16),
        verify_token=secrets.token_urlsafe(12),
        access_token="EAA" + secrets.token_urlsafe(24),
    )
