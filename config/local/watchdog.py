"""Stops what a supervisor started when the supervisor itself is killed and cannot.

Runs as a process of its own, in a session of its own, and reads orders on standard input, one per line:
`start PGID SIGNAL`, `end PGID`, `remove FOLDER`, `done`. When the input ends without `done`, the supervisor
is gone: every group still listed gets its signal, then SIGKILL, and the folders are removed.
Standard library only; run by path. The ordinary, orderly stop is `config.local.supervisor`'s.
"""

import contextlib
import os
import shutil
import signal
import sys
import time

PATIENCE = 6.0


def alive(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def send(group: int, number: int) -> None:
    """Signal the whole group; one that is gone, or by now somebody else's, is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def end(groups: dict[int, int]) -> None:
    """Ask the groups to stop; after `PATIENCE` seconds, make them."""
    for group, number in groups.items():
        send(group, number)
    deadline = time.monotonic() + PATIENCE
    while any(alive(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in groups:
        send(group, signal.SIGKILL)


def main() -> None:
    """Keep the list; act on it when the supervisor vanishes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        order, _, rest = line.rstrip("\n").partition(" ")
        if order == "start":
            group, stop_signal = rest.split()
            groups[int(group)] = int(stop_signal)
        elif order == "end":
            groups.pop(int(rest), None)
        elif order == "remove":
            folders.append(rest)
        elif order == "done":
            return
    end(groups)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
