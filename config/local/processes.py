"""One program and the process it runs as: start in a group of its own, stop in steps, show its log.

Which programs, and in what order, is decided in `config.local.supervisor` and `config.local.services`.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

TERM = signal.SIGTERM
INT = signal.SIGINT
QUIT = signal.SIGQUIT
POLL = 0.05


class LocalError(Exception):
    """Local mode cannot go on; the sentence says why and what to do. `log` holds the details, if any."""

    def __init__(self, sentence: str, log: Path | None = None) -> None:
        super().__init__(sentence)
        self.log = log


@dataclass(frozen=True)
class Account:
    """The unprivileged account a program runs as when we are root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """What to run. Its output goes to `log`, or standard output to `output` when that is given.

    `stops`: signals sent one after the other, each with the seconds to wait for its effect.
    `needed`: others need it until they have stopped. `attached`: it reads and writes what we do.
    `own_group`: off to share a terminal's Ctrl-C with us.
    """

    name: str
    argv: list[str]
    log: Path | None
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    stops: tuple[tuple[int, float], ...] = ((TERM, 8.0),)
    account: Account | None = None
    folder: Path | None = None
    stdin: str | None = None
    output: Path | None = None
    attached: bool = False
    own_group: bool = True
    needed: bool = False


class Child:
    """A running program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.asked = False
        account = program.account
        with contextlib.ExitStack() as stack:
            log = self._open(stack, program.log)
            output = self._open(stack, program.output) or log
            self.popen = subprocess.Popen(
                program.argv,
                env=dict(program.env),
                cwd=program.folder,
                stdin=self._input(),
                stdout=output,
                stderr=log,
                start_new_session=program.own_group,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                umask=0o077 if account else -1,
            )
        if program.stdin is not None and self.popen.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self.popen.stdin as pipe:
                pipe.write(program.stdin.encode())

    @staticmethod
    def _open(stack: contextlib.ExitStack, path: Path | None) -> IO[bytes] | None:
        if path is None:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        return stack.enter_context(path.open("ab"))

    def _input(self) -> int | None:
        if self.program.stdin is not None:
            return subprocess.PIPE
        return None if self.program.attached else subprocess.DEVNULL

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self.popen.poll()

    def send(self, number: int) -> None:
        """Signal the program itself, not its helpers: it tells them in its own way."""
        with contextlib.suppress(ProcessLookupError):
            self.popen.send_signal(number)

    def ask(self) -> None:
        """Take the first step of stopping it, without waiting; `stop` then goes on from there."""
        if not self.asked and self.code is None:
            self.send(self.program.stops[0][0])
        self.asked = True

    def stop(self, *, hurry: bool = False) -> None:
        """Stop it in steps; whatever is left of its group after the last step is killed."""
        self.ask()
        for step, (number, seconds) in enumerate(self.program.stops):
            if self.code is not None:
                break
            if step:
                self.send(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(1.0 if hurry else seconds)
        self._kill_rest()
        self.popen.wait()

    def _kill_rest(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.program.own_group:
                os.killpg(self.pid, signal.SIGKILL)
            elif self.code is None:
                self.popen.kill()


def tail(log: Path | None, lines: int = 20) -> str:
    """The last lines of a log file; "" when there is none."""
    if log is None or not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def note_running(path: Path, children: list[Child]) -> None:
    """Write down which processes are ours, with their start times, for `end_leftovers` of a later start."""
    rows = []
    for child in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            started = psutil.Process(child.pid).create_time()
            rows.append({"pid": child.pid, "started": started, "signal": int(child.program.stops[0][0])})
    path.write_text(json.dumps(rows), encoding="utf-8")


def end_leftovers(path: Path) -> int:
    """Stop what an earlier, killed run left; a process that merely got one of the numbers is left alone.

    Returns how many were found.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return 0
    ours = []
    for row in rows:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(row["pid"])
            if abs(process.create_time() - row["started"]) < 0.5:
                process.send_signal(row["signal"])
                ours.append(process)
    psutil.wait_procs(ours, timeout=8)
    for process in ours:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(ours)


def pause(seconds: float = POLL) -> None:
    """Give the machine a moment between two looks."""
    time.sleep(seconds)
