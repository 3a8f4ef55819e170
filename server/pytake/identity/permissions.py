"""Who may do what. What is not listed here is forbidden."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from pytake.identity.types import Role


class Permission(StrEnum):
    PROFILE_READ = "profile.read"
    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_REPLY = "conversations.reply"
    AUDIT_READ = "audit.read"


_VIEWER = frozenset({Permission.PROFILE_READ, Permission.CONVERSATIONS_READ})
_AGENT = _VIEWER | {Permission.CONVERSATIONS_REPLY}
_EVERYTHING = frozenset(Permission)

OF_ROLE: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.SUPER_ADMIN: _EVERYTHING,
        Role.ORG_ADMIN: _EVERYTHING,
        Role.AGENT: _AGENT,
        Role.VIEWER: _VIEWER,
    }
)


def is_allowed(role: str, extra: Iterable[object], permission: Permission) -> bool:
    """`extra` is the user's own list (`users.permissions`): it adds to the role and never takes away."""
    return permission in OF_ROLE.get(Role(role), frozenset()) or permission.value in extra
