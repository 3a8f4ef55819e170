"""What people say of themselves, and how they want to have it."""

from collections.abc import Mapping
from typing import Any

from pytake.identity import service
from pytake.identity.rows import people as rows
from pytake.identity.types import PERSON_CHANGED, User
from pytake.kit.work import Work

_OF_PREFERENCES = frozenset({"language", "theme"})


async def change(work: Work, changes: Mapping[str, Any]) -> User:
    """Of oneself; what is not named stays, also when it is changed at the same moment: the person is locked
    before they are read. Raises InvalidToken when they are gone.
    """
    if work.actor.user_id is not None:
        await rows.lock(work, work.actor.user_id)
    user = await service.me(work)
    before = {
        "full_name": user.full_name,
        "phone_number": user.phone_number,
        "language": user.preferences.language,
        "theme": user.preferences.theme,
    }
    after = {**before, **changes}
    chosen = {name: after[name] for name in sorted(_OF_PREFERENCES)}
    await rows.save_profile(
        work, user.id, full_name=after["full_name"], phone_number=after["phone_number"], preferences=chosen
    )
    work.audit("user.profile_changed", user.id, before=before, after=after)
    if after["full_name"] != before["full_name"]:
        work.publish(PERSON_CHANGED, {"user_id": user.id})
    return await service.me(work)
