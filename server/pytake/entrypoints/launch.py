"""Becomes another program that ends when its parent does, as an unprivileged user when asked.

Run as a script (`python -I -S launch.py ORDER`), never imported: it does what must happen between fork and
exec without running Python in a forked copy of a process that has threads. ORDER is JSON, see `children.py`.
"""

import ctypes
import json
import os
import signal
import sys
from typing import Any

# From <linux/prctl.h>, <linux/securebits.h> and <linux/capability.h>.
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 4
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522


class Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class Word(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def system_call(name: str, *arguments: Any) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")


def prctl(*arguments: int) -> None:
    padded = (*arguments, 0, 0, 0, 0)[:5]
    system_call("prctl", *(ctypes.c_ulong(argument) for argument in padded))


def pass_closed_folders() -> int:
    """Let this process enter folders that only root may enter, and nothing else; returns the capability.

    Keeping it across the change of user needs NO_SETUID_FIXUP: without it access(2), which PostgreSQL asks
    about its own files, forgets every capability of a user that is not root.
    """
    header = Header(CAPABILITY_VERSION_3, 0)
    words = (Word * 2)()
    system_call("capget", ctypes.byref(header), words)
    permitted = words[0].permitted
    capability = CAP_DAC_READ_SEARCH if permitted & (1 << CAP_DAC_READ_SEARCH) else CAP_DAC_OVERRIDE
    prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    return capability


def keep_only(capability: int) -> None:
    header = Header(CAPABILITY_VERSION_3, 0)
    words = (Word * 2)()
    words[0].effective = words[0].permitted = words[0].inheritable = 1 << capability
    system_call("capset", ctypes.byref(header), words)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def become(uid: int, gid: int, *, closed_folders: bool) -> None:
    capability = pass_closed_folders() if closed_folders else None
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if capability is not None:
        keep_only(capability)


def hear_signals() -> None:
    """Whatever our ancestors block or ignore (a shell's `&` ignores SIGINT) would be inherited."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def end_with(parent: int, signal_number: int) -> None:
    """Must come last: a change of user makes Linux forget it. Elsewhere the pid records clean up."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        sys.exit("The process that asked for this one has ended.")


def main() -> None:
    order = json.loads(sys.argv[1])
    if order["account"] is not None:
        become(*order["account"], closed_folders=order["closed_folders"])
    hear_signals()
    end_with(order["parent"], order["death_signal"])
    command = order["command"]
    try:
        os.execv(command[0], command)  # noqa: S606 - becoming the program is the purpose
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main()
