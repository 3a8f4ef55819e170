"""`pytake organization` and `pytake user`: who works here."""

import re
import secrets
import unicodedata
from typing import Annotated

import typer

from pytake.entrypoints.console import Json, reported, show, wait_for
from pytake.kit.problem import Problem

organization = typer.Typer(help="Organizations: the tenants.", no_args_is_help=True)
user = typer.Typer(help="The people of an organization.", no_args_is_help=True)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = ("super_admin", "org_admin", "agent", "viewer")


@organization.command("create")
@reported
def create_organization(
    *,
    name: Annotated[str, typer.Option(help="As people write it: Padaria Aurora.")],
    slug: Annotated[
        str | None, typer.Option(help="Its name in addresses; made from the name when not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Create an organization."""
    chosen = slug or slug_of(name)
    if not SLUG.fullmatch(chosen):
        raise Problem(
            f"{chosen!r} is no slug.", "Use small letters, digits and single hyphens: --slug padaria-aurora."
        )
    created = wait_for(lambda: _create_organization(name, chosen))
    show(as_json, {"id": created, "name": name, "slug": chosen}, f"{name} is {chosen} ({created}).")


@user.command("create")
@reported
def create_user(
    *,
    email: Annotated[str, typer.Option(help="What they sign in with.")],
    organization: Annotated[str, typer.Option(help="The slug of their organization.")],
    name: Annotated[str, typer.Option(help="Their full name.")],
    role: Annotated[str, typer.Option(help=f"{', '.join(ROLES[:-1])} or {ROLES[-1]}.")] = "agent",
    password: Annotated[
        str | None,
        typer.Option(help="Made up, and printed once, when not given."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Create a user who can sign in."""
    if role not in ROLES:
        raise Problem(f"There is no role {role}.", f"Choose one of {', '.join(ROLES)}.")
    chosen = password or secrets.token_urlsafe(12)
    created = wait_for(lambda: _create_user(email, organization, name, role, chosen))
    result = {"id": created, "email": email, "role": role, "organization": organization}
    lines = [f"{email} can sign in as {role} of {organization}."]
    if password is None:
        result["password"] = chosen
        lines.append(f"Password: {chosen}")
    show(as_json, result, *lines)


def slug_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


async def _create_organization(name: str, slug: str) -> str:
    from pytake.entrypoints.desk import opened
    from pytake.identity import service
    from pytake.kit.ids import new_id
    from pytake.kit.work import COMMAND

    created = new_id()
    async with opened() as runtime, runtime.work(created, COMMAND) as work:
        await service.create_organization(work, name=name, slug=slug)
        work.audit("organization.created", created, after={"name": name, "slug": slug})
    return str(created)


async def _create_user(email: str, organization: str, name: str, role: str, password: str) -> str:
    from pytake.entrypoints.desk import opened, organization_id
    from pytake.identity import service
    from pytake.identity.passwords import Passwords
    from pytake.identity.types import Role
    from pytake.kit.work import COMMAND

    hashed = await Passwords().hash(password, email=email)
    async with opened() as runtime:
        found = await organization_id(runtime, organization)
        async with runtime.work(found, COMMAND) as work:
            created = await service.create_user(
                work, full_name=name, email=email, password_hash=hashed, role=Role(role)
            )
            work.audit("user.created", created, after={"email": email, "full_name": name, "role": role})
    return str(created)
