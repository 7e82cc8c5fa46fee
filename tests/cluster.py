"""A second PostgreSQL of one test's own, with its superuser: for roles, and for restoring a dump elsewhere."""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections

from config.local import places, postgres


@dataclass(frozen=True)
class Cluster:
    """Where it listens, and how to run PostgreSQL's own programs."""

    port: int
    password: str
    programs: Path

    def url(self, database: str, role: str = "postgres", password: str = "") -> str:
        return f"postgres://{role}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]  # a test's own text

    def run(self, program: str, *arguments: str) -> None:
        """pg_dump and the like; what it says on failure becomes the test's."""
        subprocess.run(
            [str(self.programs / program), *arguments], env=_environment(), check=True, capture_output=True
        )


@contextmanager
def second_cluster() -> Iterator[Cluster]:
    """Start it on loopback; stop it and remove its data at the end."""
    account = places.unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="temporary-", dir=places.for_root() if account else None))
    programs = postgres.programs(account)
    password, port = secrets.token_hex(16), places.free_port()
    as_them: dict[str, Any] = {"user": account.uid, "group": account.gid} if account else {}
    if account:
        os.chown(folder, account.uid, account.gid)
    try:
        (folder / "password").write_text(password)
        (folder / "password").chmod(0o644)
        common = {
            "env": _environment(),
            "cwd": folder,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
        }
        initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--no-sync"]
        initdb += ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--encoding=UTF8"]
        initdb += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        subprocess.run(initdb, check=True, **common, **as_them)
        settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off"]
        server = [str(programs / "postgres"), "-D", str(folder / "data")]
        server += [part for setting in settings for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(server, **{**common, "stdout": log}, **as_them)
        try:
            found = Cluster(port, password, programs)
            _until_it_answers(found, process)
            yield found
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder)


@contextmanager
def connected_to(
    cluster: Cluster, database: str, role: str = "postgres", password: str = ""
) -> Iterator[None]:
    """Point Django's connection at a database of the cluster, as this role."""
    given = connections["default"].settings_dict
    usual = {key: given[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")}
    connections.close_all()
    given.update(
        HOST="127.0.0.1",
        PORT=str(cluster.port),
        NAME=database,
        USER=role,
        PASSWORD=password or cluster.password,
    )
    try:
        yield
    finally:
        connections.close_all()
        given.update(usual)


def _until_it_answers(cluster: Cluster, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None, "PostgreSQL ended by itself"
        try:
            psycopg.connect(cluster.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL did not answer"
            time.sleep(0.05)
        else:
            return


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
