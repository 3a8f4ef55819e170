#!/usr/bin/env python3
"""beside.py MAKE WAITING WORKING: two targets at once, WAITING's output at the end; fails when either does.

What mostly waits goes first whenever it wants to, as if it were alone; WORKING takes what is left.
"""

import os
import subprocess
import sys
import tempfile


def main(make: str, waiting: str, working: str) -> int:
    with tempfile.TemporaryFile() as log:
        aside = subprocess.Popen([make, "--no-print-directory", waiting], stdout=log, stderr=log)
        os.nice(10)
        try:
            status = subprocess.call([make, "--no-print-directory", working])
        finally:  # after Ctrl-C, which both hear, it still has something to clear away
            status_aside = aside.wait()
            log.seek(0)
            sys.stdout.buffer.write(log.read())
    return status or status_aside


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
