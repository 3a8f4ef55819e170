"""Whom the embedded servers run as."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int

    def may_enter(self, path: Path) -> bool:
        """Whether every folder above `path` lets this account through, by mode bits alone."""
        return all(self._passes(folder.stat()) for folder in path.resolve().parents)

    def _passes(self, folder: os.stat_result) -> bool:
        own = stat.S_IXUSR if folder.st_uid == self.uid else stat.S_IXOTH
        return bool(folder.st_mode & own)


def unprivileged(data: Path) -> Account | None:
    """The account for servers that refuse to be root; None when we are not root ourselves.

    Whoever owns the data already goes on owning it, so a folder made earlier can be used again.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY, NOBODY)
    return Account(nobody.pw_uid, nobody.pw_gid)
