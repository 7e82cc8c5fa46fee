"""Starts programs one after the other, watches them, and stops every one of them in the opposite order.

A signal, a terminal that hangs up, or a program that ends by itself stops all. When this process is killed
outright, `config.local.watchdog` stops them instead. What is started is decided in `config.local.services`.
"""

import contextlib
import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from config.local import places, processes
from config.local.processes import Child, LocalError, Program

WATCHDOG = Path(__file__).with_name("watchdog.py")


class Interrupted(Exception):
    """We were told to stop, by this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def say(text: str) -> None:
    """Print for the person watching; a closed terminal is no reason to fail."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


class Supervisor:
    """Everything started through it is stopped when the `with` block ends, however it ends."""

    def __init__(self, home: Path, lock: int | None = None) -> None:
        self.home = home
        self.children: list[Child] = []
        self.signals: list[int] = []
        self._lock = lock
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        hang_up_matters = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN  # ignored under nohup
        for number in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hang_up_matters else [])):
            signal.signal(number, self._take_signal)
        self._terminal = terminal() if hang_up_matters else None
        self.watchdog = subprocess.Popen(
            [sys.executable, "-S", str(WATCHDOG)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=() if self._lock is None else (self._lock,),
            cwd="/",
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self.children:
            if not child.program.needed:
                child.ask()
        for child in reversed(self.children):
            child.stop(hurry=len(self.signals) > 1)
        self.children.clear()
        self._note()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._tell("done")
        with contextlib.suppress(OSError):
            if self.watchdog.stdin:
                self.watchdog.stdin.close()
        self.watchdog.wait()

    def _take_signal(self, number: int, frame: FrameType | None) -> None:
        self.signals.append(number)

    def _tell(self, order: str) -> None:
        with contextlib.suppress(OSError):
            if self.watchdog.stdin:
                self.watchdog.stdin.write(order + "\n")
                self.watchdog.stdin.flush()

    def _note(self) -> None:
        if self._lock is not None:
            processes.note_running(self.home / "processes.json", self.children)

    def _told_to_stop(self) -> bool:
        """Whether a signal came, or our terminal is gone: that signal reaches only the first program in it."""
        if not self.signals and self._terminal and self._terminal.poll(0):
            self._terminal = None
            self.signals.append(signal.SIGHUP)
        return bool(self.signals)

    def check(self) -> None:
        """Raise when we were told to stop, or when a program has ended by itself."""
        if self._told_to_stop():
            raise Interrupted(self.signals[0])
        for child in self.children:
            if child.code is not None:
                raise ended(child)

    def removes(self, folder: Path) -> None:
        """The folder goes away with us."""
        self._folders.append(folder)
        self._tell(f"remove {folder}")

    def start(self, program: Program) -> Child:
        """Start a program that runs until we stop it."""
        try:
            child = Child(program)
        except OSError as error:
            raise LocalError(f"{program.name} cannot be started: {error}.", program.log) from error
        self.children.append(child)
        if program.own_group:
            self._tell(f"start {child.pid} {int(program.stops[0][0])}")
        self._note()
        return child

    def stop(self, child: Child) -> None:
        """Stop one program and forget it."""
        child.stop()
        self.forget(child)

    def forget(self, child: Child) -> None:
        """No longer watch a program that has ended."""
        self.children.remove(child)
        self._tell(f"end {child.pid}")
        self._note()

    def job(self, program: Program) -> None:
        """Run a program to its end; a failure is a LocalError."""
        if code := self.outcome(program):
            raise LocalError(f"{program.name} failed (exit code {code}).", program.log)

    def outcome(self, program: Program) -> int:
        """Run a program to its end while the others are watched; its exit code, as a shell would give it."""
        child = self.start(program)
        while child.code is None:
            if self._told_to_stop():
                self._pass_on(child)
                break
            processes.pause()
            for other in self.children:
                if other is not child and other.code is not None:
                    raise ended(other)
        code = child.code
        child.stop(hurry=True)
        self.forget(child)
        if self.signals:
            raise Interrupted(self.signals[0])
        return 128 - code if code is not None and code < 0 else code or 0

    def _pass_on(self, child: Child) -> None:
        """Let a program that was told to stop end in its own way, for ten seconds or until told again."""
        if child.program.own_group or self.signals[0] != signal.SIGINT:
            child.send(self.signals[0])
        deadline = time.monotonic() + 10
        while child.code is None and time.monotonic() < deadline and len(self.signals) < 2:
            processes.pause()

    def until(self, child: Child, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until the program is ready; LocalError when it ends or is not ready in time."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                name = child.program.name
                raise LocalError(f"{name} did not answer within {seconds:.0f} seconds.", child.program.log)
            processes.pause()

    def listen(
        self,
        program: Callable[[int], Program],
        ready: Callable[[int], Callable[[], bool]],
        *,
        wanted: int = 0,
        seconds: float = 120,
    ) -> int:
        """Start a server on a free port, `wanted` where possible; another one when it is lost. The port."""
        for _ in range(3):
            port = places.free_port(wanted)
            child = self.start(program(port))
            try:
                self.until(child, ready(port), seconds)
            except LocalError as error:
                if child.code is None or places.port_is_free(port):
                    raise
                problem = error
                self.forget(child)
            else:
                return port
        raise problem

    def watch(self) -> None:
        """Stay until told to stop (Interrupted) or until a program ends by itself (LocalError)."""
        while True:
            self.check()
            processes.pause(0.2)


def terminal() -> "select.poll | None":
    """What reports that the terminal we print to has gone away; None without a terminal."""
    if not sys.stdout.isatty():
        return None
    found = select.poll()
    found.register(sys.stdout.fileno(), 0)
    return found


def ended(child: Child) -> LocalError:
    """The error for a program that should still be running."""
    return LocalError(f"{child.program.name} stopped by itself (exit code {child.code}).", child.program.log)


def take_lock(path: Path) -> int | None:
    """Hold the file's lock until this process ends (and its watchdog); None when somebody else has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor
