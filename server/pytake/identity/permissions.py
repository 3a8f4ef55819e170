"""Who may do what, in one table. What is not listed here is forbidden."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pytake.identity.types import Role


class Permission(StrEnum):
    """`<what>.<deed>`. Grants only ever add up; nothing takes away."""

    PROFILE_READ = "profile.read"
    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_READ_DEPARTMENT = "conversations.read_department"
    CONVERSATIONS_READ_NUMBER = "conversations.read_number"
    CONVERSATIONS_READ_ALL = "conversations.read_all"
    CONVERSATIONS_REPLY = "conversations.reply"
    CONTACTS_READ = "contacts.read"
    CONTACTS_MERGE = "contacts.merge"
    DEPARTMENTS_READ = "departments.read"
    DEPARTMENTS_WRITE = "departments.write"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    USERS_INVITE = "users.invite"
    ORGANIZATION_READ = "organization.read"
    ORGANIZATION_WRITE = "organization.write"
    ORGANIZATION_DELETE = "organization.delete"
    NUMBERS_READ = "numbers.read"
    NUMBERS_WRITE = "numbers.write"
    API_KEYS_READ = "api_keys.read"
    API_KEYS_WRITE = "api_keys.write"
    TEMPLATES_READ = "templates.read"
    TEMPLATES_WRITE = "templates.write"
    PLATFORM_READ = "platform.read"
    PLATFORM_WRITE = "platform.write"
    AUDIT_READ = "audit.read"


MEANING: Final[Mapping[Permission, str]] = MappingProxyType(
    {
        Permission.PROFILE_READ: "See oneself.",
        Permission.CONVERSATIONS_READ: "Read conversations: those assigned to oneself, and what follows.",
        Permission.CONVERSATIONS_READ_DEPARTMENT: "… those of one's departments, and those that nobody has.",
        Permission.CONVERSATIONS_READ_NUMBER: "… those on the WhatsApp numbers of one's departments.",
        Permission.CONVERSATIONS_READ_ALL: "… every conversation of the organization.",
        Permission.CONVERSATIONS_REPLY: "Write to customers.",
        Permission.CONTACTS_READ: "See by what the customers of one's conversations are known.",
        Permission.CONTACTS_MERGE: "Say that two contacts are one person, or that they are not.",
        Permission.DEPARTMENTS_READ: "See departments and who works in them.",
        Permission.DEPARTMENTS_WRITE: "Create, change and delete departments; say who works in them.",
        Permission.PEOPLE_READ: "See the people of the organization.",
        Permission.PEOPLE_WRITE: "Change the roles and grants of people, switch them off, remove them.",
        Permission.USERS_INVITE: "Invite people by mail, see and withdraw invitations.",
        Permission.ORGANIZATION_READ: "See the organization's settings, limits and use.",
        Permission.ORGANIZATION_WRITE: "Change the organization's settings.",
        Permission.ORGANIZATION_DELETE: "Delete the organization.",
        Permission.NUMBERS_READ: "See WhatsApp numbers with their health, their Meta apps and their alerts.",
        Permission.NUMBERS_WRITE: "Connect, change and disconnect WhatsApp numbers and Meta apps.",
        Permission.API_KEYS_READ: "See API keys, never the keys themselves.",
        Permission.API_KEYS_WRITE: "Create and revoke API keys.",
        Permission.TEMPLATES_READ: "See message templates.",
        Permission.TEMPLATES_WRITE: "Write message templates, submit them to Meta, delete them.",
        Permission.PLATFORM_READ: "See every organization of this installation.",
        Permission.PLATFORM_WRITE: "Create, suspend and delete organizations; set plans and limits.",
        Permission.AUDIT_READ: "Read the audit trail and the log of requests; have the trail verified.",
    }
)

_PLATFORM = frozenset({Permission.PLATFORM_READ, Permission.PLATFORM_WRITE})
_EVERYTHING = frozenset(Permission)
_LOOKING = frozenset(
    {
        Permission.PROFILE_READ,
        Permission.CONVERSATIONS_READ,
        Permission.CONTACTS_READ,
        Permission.DEPARTMENTS_READ,
        Permission.ORGANIZATION_READ,
        Permission.TEMPLATES_READ,
    }
)

OF_ROLE: Final[Mapping[Role, frozenset[Permission]]] = MappingProxyType(
    {
        Role.SUPER_ADMIN: _EVERYTHING,
        Role.ORG_ADMIN: _EVERYTHING - _PLATFORM,
        Role.AGENT: _LOOKING
        | {
            Permission.CONVERSATIONS_READ_DEPARTMENT,
            Permission.CONVERSATIONS_READ_NUMBER,
            Permission.CONVERSATIONS_REPLY,
            Permission.CONTACTS_MERGE,
        },
        Role.VIEWER: _LOOKING | {Permission.CONVERSATIONS_READ_ALL},
    }
)

PRESETS: Final[Mapping[str, frozenset[Permission]]] = MappingProxyType(
    {
        "preset:supervisor": OF_ROLE[Role.AGENT]
        | {Permission.CONVERSATIONS_READ_ALL, Permission.PEOPLE_READ, Permission.DEPARTMENTS_WRITE},
    }
)
"""Bundles that `users.permissions` may name, so that a bundle that grows grows for everybody who has it."""

GRANTABLE: Final = OF_ROLE[Role.ORG_ADMIN]
"""What one may be given beyond one's role: the platform belongs to no tenant's people."""

SCOPES: Final = GRANTABLE - {
    Permission.PROFILE_READ,
    Permission.PEOPLE_WRITE,
    Permission.USERS_INVITE,
    Permission.API_KEYS_WRITE,
    Permission.ORGANIZATION_DELETE,
}
"""What an API key may be given. A stolen key makes no keys and no administrators."""


_GRANTED_BY: Final[Mapping[str, frozenset[Permission]]] = MappingProxyType(
    {**PRESETS, **{permission.value: frozenset({permission}) for permission in GRANTABLE}}
)
"""Every word of `users.permissions` that means something."""


def of_user(role: str, extra: Iterable[object]) -> frozenset[Permission]:
    """What a user may do: their role's, and their own list (`users.permissions`), which only adds.

    Words in the list that mean nothing (any more) grant nothing.
    """
    words = (word for word in extra if isinstance(word, str))
    return OF_ROLE[Role(role)].union(*(_GRANTED_BY.get(word, frozenset()) for word in words))


def of_key(scopes: Iterable[str]) -> frozenset[Permission]:
    wanted = set(scopes)
    return frozenset(permission for permission in SCOPES if permission.value in wanted)
