"""The page about permissions: what each lets one do, who has it, and which routes ask for it."""

from fastapi.routing import iter_route_contexts

from pytake.entrypoints.api import described
from pytake.identity.guards import PUBLIC_ROUTES, permissions_of
from pytake.identity.permissions import GRANTABLE, MEANING, OF_ROLE, PRESETS, SCOPES, Permission
from pytake.identity.types import Role

_INTRODUCTION = """# Permissions

Every route names the one permission it needs, or is open to strangers; the application refuses to start
with any other. Roles, presets and what a user was given besides (`users.permissions`) add up; nothing takes
away. The table is `server/pytake/identity/permissions.py`.

Which conversations `conversations.read` shows is said in one place, `server/pytake/conversations/sight.py`:
those assigned to oneself; with `read_department` those of one's departments, and those of no department that
nobody has; with `read_number` those on the WhatsApp numbers of one's departments; with `read_all` all. Live
events follow the conversation they speak of. What one may not see answers like what does not exist.

## Who has what

`grant`: may be given to a user beyond their role. `key`: may be a scope of an API key.
"""


def permissions_page() -> str:
    names = [*(role.value for role in Role), *(name.removeprefix("preset:") for name in PRESETS)]
    columns = [*names, "grant", "key"]
    return "\n".join(
        [
            _INTRODUCTION,
            f"| permission | {' | '.join(columns)} | what it lets one do |",
            f"|---|{'---|' * len(columns)}---|",
            *(_row(permission) for permission in Permission),
            "",
            "## What each route asks for",
            "",
            "| route | permission |",
            "|---|---|",
            *_routes(),
            "",
        ]
    )


def _row(permission: Permission) -> str:
    holders = [*OF_ROLE.values(), *PRESETS.values(), GRANTABLE, SCOPES]
    marks = " | ".join("✓" if permission in held else "" for held in holders)
    return f"| `{permission.value}` | {marks} | {MEANING[permission]} |"


def _routes() -> list[str]:
    """Those of the API; probes and the webhook are named with the public ones."""
    found = {
        f"{method} {context.path_format}": " ".join(f"`{name}`" for name in sorted(permissions_of(context)))
        for context in iter_route_contexts(described(None).routes)
        for method in sorted((context.methods or {"WS"}) - {"HEAD"})
    }
    found |= dict.fromkeys(PUBLIC_ROUTES, "nobody's: open to strangers")
    return [
        f"| `{name}` | {asked} |"
        for name, asked in sorted(found.items(), key=lambda row: row[0].split()[::-1])
    ]
