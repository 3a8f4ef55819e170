"""The role that api and worker sign in with: it owns nothing, and row level security binds it."""

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress

import asyncpg

from pytake.entrypoints.urls import as_login

NAME = "pytake_app"
ATTEMPTS = 5
ITERATIONS = 4096


class UnusableRoleError(Exception):
    """The application's role cannot be used, or could read other tenants' rows."""


def app_url(owner_url: str, secret_key: str) -> str:
    """Where api and worker connect: the same database, as a role that row level security binds."""
    return as_login(owner_url, NAME, password(secret_key))


def password(secret_key: str) -> str:
    digest = hmac.new(secret_key.encode(), b"pytake_app database password", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def let_in(owner_url: str, secret_key: str) -> None:
    """Give the role its login, unless it has it: a role is shared by all databases of the server."""
    owner = await asyncpg.connect(owner_url)
    try:
        await refuse_a_role_above_the_rules(owner)
        for _ in range(ATTEMPTS):
            if await _can_sign_in(app_url(owner_url, secret_key)):
                return
            with suppress(asyncpg.InternalServerError):  # another database's migration changed it just now
                kept = verifier(password(secret_key), secrets.token_bytes(16))
                await owner.execute(f"ALTER ROLE {NAME} LOGIN PASSWORD '{kept}'")
    finally:
        await owner.close()
    raise UnusableRoleError(f"{NAME} cannot sign in; does pg_hba.conf let it?")


async def refuse_a_role_above_the_rules(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        """
        SELECT rolname FROM pg_roles
        WHERE (rolsuper OR rolbypassrls) AND pg_has_role($1, oid, 'MEMBER')
        """,
        NAME,
    )
    if rows:
        raise UnusableRoleError(f"{NAME} could read every tenant's rows, by {rows[0]['rolname']}")


async def _can_sign_in(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.InvalidAuthorizationSpecificationError:
        return False
    await connection.close()
    return True


def verifier(secret: str, salt: bytes) -> str:
    """A password as PostgreSQL keeps it (RFC 5803), so that it appears in no server log."""
    salted = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    parts = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${ITERATIONS}:{parts[0]}${parts[1]}:{parts[2]}"
