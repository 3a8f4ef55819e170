#!/bin/sh
# Prints the Python to make .venv with, or says in one sentence what is missing. Of several the quickest: one that
# was compiled without profiling (as version managers do unless told otherwise) takes half as long again for the
# same work as a distribution's. PYTHON=/path/to/python3 decides it instead.
set -u
usable='import sys, venv, ensurepip; sys.exit(not (sys.version_info >= (3, 11)))'
# Microseconds for the kind of work that PyTake's own code is: objects, calls, dictionaries, text. The best of some
# attempts, for others may be using the machine.
timing='
import time

class Pair:
    __slots__ = ("first", "second")

    def __init__(self, first, second):
        self.first = first
        self.second = second

    def told(self):
        return {"first": self.first, "second": [self.second]}

def attempt():
    began = time.perf_counter()
    for number in range(20000):
        Pair(number, str(number)).told()["second"].append(number)
    return time.perf_counter() - began

print(round(min(attempt() for _ in range(7)) * 1e6))
'
quickest='' least=''
for candidate in ${PYTHON:-python3.12 python3.13 python3.11 python3 python3.14 /usr/bin/python3}; do
    path=$(command -v "$candidate" 2>/dev/null) && "$path" -c "$usable" >/dev/null 2>&1 || continue
    took=$("$path" -I -c "$timing") || continue
    # Unless it is a tenth quicker, the one named first stays: versions differ by less than a busy machine does.
    if [ -z "$quickest" ] || [ $((took * 10)) -lt $((least * 9)) ]; then
        quickest=$path least=$took
    fi
done
if [ -n "$quickest" ]; then
    echo "$quickest"
    exit 0
fi
if [ -n "${PYTHON:-}" ]; then
    echo "PYTHON=$PYTHON is no Python 3.11 or later that can make virtual environments." >&2
elif python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    echo "This Python cannot make virtual environments: install its venv module (Debian and Ubuntu: apt-get install python3-venv)." >&2
else
    echo "PyTake needs Python 3.11 or later and none was found: install it, or name one with make PYTHON=/path/to/python3." >&2
fi
exit 1
