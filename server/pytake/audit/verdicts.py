"""What the last look through a trail has shown, kept so that nobody but us can say a trail is whole."""

import hashlib
import hmac
from typing import Any

import orjson

from pytake.audit import repository
from pytake.audit.types import Checked, Damage, Finding
from pytake.kit.work import Actor, Work
from pytake.ports.secrets import Secrets, SecretUnreadable
from pytake.runtime import chain_key


async def keep(work: Work, checked: Checked, key: bytes | None) -> None:
    """Without its key a trail has findings, and those need no signature to be believed."""
    work.unaudited("a trail that was looked through has not changed")
    signature = None if key is None else _signature(checked, key)
    await repository.keep_verification(work, checked, signature)


async def last(work: Work, secrets: Secrets) -> Checked | None:
    """None when nobody ever looked, and when what is stored says `whole` and was not written by us."""
    row = await repository.last_verification(work)
    if row is None:
        return None
    checked = _read(row)
    return checked if checked.findings or _is_ours(row, checked, secrets) else None


def _read(row: Any) -> Checked:
    findings = [
        Finding(row["organization_id"], Damage(each["damage"]), each["sequence"], each["row_id"])
        for each in row["findings"]
    ]
    return Checked(
        row["organization_id"],
        Actor(row["actor"], row["user_id"]),
        row["verified_at"],
        row["rows_checked"],
        dict.fromkeys(findings),
    )


def _is_ours(row: Any, checked: Checked, secrets: Secrets) -> bool:
    if row["signature"] is None or row["key_encrypted"] is None:
        return False
    try:
        key = chain_key(secrets, checked.organization_id, row["key_encrypted"])
    except (SecretUnreadable, ValueError):
        return False
    return hmac.compare_digest(row["signature"], _signature(checked, key))


def _signature(checked: Checked, key: bytes) -> bytes:
    return hmac.digest(key, b"verification" + orjson.dumps(checked.written()), hashlib.sha256)
