"""What each sign-in was found to be good for when somebody last looked, for glances to go ahead on."""

from collections import OrderedDict
from typing import Final
from uuid import UUID

from pytake.identity import service, sessions
from pytake.identity.permissions import Permission
from pytake.identity.types import Claims
from pytake.kit.glances import Glance
from pytake.runtime import Runtime

MOST: Final = 10_000
"""Sign-ins that are remembered."""


class Premises:
    """Decides nothing: what is remembered here, PostgreSQL says again with every answer."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[UUID, UUID, UUID], tuple[str, frozenset[Permission]]] = OrderedDict()

    def learn(self, claims: Claims, answer: str, granted: frozenset[Permission]) -> None:
        """`answer`: what `sessions.answered` makes of the sign-in's row."""
        self._known[_key(claims)] = answer, granted
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def glance(self, runtime: Runtime, claims: Claims, permission: Permission) -> Glance | None:
        """None when it is not known whether they may, or that they may not: a transaction will tell."""
        answer, granted = self._known.get(_key(claims), ("", frozenset()))
        if permission not in granted:
            return None
        question = sessions.standing(claims.organization_id, claims.user_id, claims.session_id)
        glance = runtime.glance(claims.organization_id, claims.actor, question, answer)
        service.let_in(glance, granted, permission)
        return glance


def _key(claims: Claims) -> tuple[UUID, UUID, UUID]:
    return claims.organization_id, claims.user_id, claims.session_id
