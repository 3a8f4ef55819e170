"""Every key PyTake has in Redis, with its lifetime. Nobody else spells one.

Redis never holds a raw token: sessions and tickets are known by digests, and `user:session` keeps digests in
the fields that the specification names `access_token` and `refresh_token`.
"""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from pytake.kit.jobs import Queue


def journal_channel(database: int) -> str:
    """Rings of the doorbell. Nothing is kept; a server has each channel once, whatever the database."""
    return f"pytake:journal:{database}"


class Key(NamedTuple):
    name: str
    ttl: timedelta | None
    """None: until it is deleted, or as long as the script that writes it says."""

    @property
    def milliseconds(self) -> int | None:
        return None if self.ttl is None else int(self.ttl / timedelta(milliseconds=1))


# --- the specification's ----------------------------------------------------------------------------------


def blacklisted_session(token_digest: str, remaining: timedelta) -> Key:
    """A revoked access token, for as long as it would have lived."""
    return Key(f"session:blacklist:{token_digest}", remaining)


def user_session(user_id: UUID) -> Key:
    return Key(f"user:session:{user_id}", timedelta(days=7))


def endpoint_rate(ip_address: str, endpoint: str) -> Key:
    return Key(f"ratelimit:{ip_address}:{endpoint}", timedelta(seconds=60))


def user_rate(user_id: UUID) -> Key:
    return Key(f"ratelimit:user:{user_id}", timedelta(seconds=60))


def organization_rate(organization_id: UUID) -> Key:
    return Key(f"ratelimit:organization:{organization_id}", timedelta(seconds=60))


def api_key_rate(key_id: UUID) -> Key:
    return Key(f"ratelimit:key:{key_id}", timedelta(seconds=60))


def open_conversations(organization_id: UUID) -> Key:
    return Key(f"cache:conversations:{organization_id}:open", timedelta(minutes=5))


def contact(organization_id: UUID, contact_id: UUID) -> Key:
    return Key(f"cache:contacts:{organization_id}:{contact_id}", timedelta(minutes=15))


def sockets(user_id: UUID) -> Key:
    """The open WebSockets of a user; a member leaves when its socket closes."""
    return Key(f"ws:user:{user_id}", None)


def queue(name: Queue) -> Key:
    return Key(name.value, None)


def typing(conversation_id: UUID, user_id: UUID) -> Key:
    return Key(f"typing:{conversation_id}:{user_id}", timedelta(seconds=5))


def upload(upload_id: UUID) -> Key:
    return Key(f"temp:upload:{upload_id}", timedelta(hours=1))


# --- ours -------------------------------------------------------------------------------------------------


def number_rate(number_id: UUID) -> Key:
    """When the number has paid for what it sent. The braces keep a number's keys on one cluster node."""
    return Key(f"send:{{{number_id}}}", None)


def pair_rate(number_id: UUID, pair: str) -> Key:
    return Key(f"send:{{{number_id}}}:{pair}", None)


def nudge(job: str) -> Key:
    """A job that was asked for and has not begun; asking again within this time adds nothing."""
    return Key(f"nudge:{job}", timedelta(seconds=2))


def ticket(digest: str) -> Key:
    return Key(f"ws:ticket:{digest}", timedelta(seconds=30))
