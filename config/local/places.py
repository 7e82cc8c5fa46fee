"""Where local mode keeps things, and which ports are free.

As an ordinary user everything is under one home folder (`.local/`, or a temporary one). PostgreSQL refuses
to run as root, and the folder of a checkout often admits nobody else; so as root its programs and its data
live in a folder of their own that an unprivileged account can reach. No existing folder is opened up for it.
"""

import errno
import os
import pwd
import secrets
import shutil
import socket
import stat
import tempfile
from pathlib import Path

from config.local.processes import Account, LocalError

#: For root only: the first that can hold our folder. The last two serve machines with a read-only /var/lib.
ROOT_PLACES = (Path("/var/lib"), Path("/var/tmp"), Path("/tmp"))
UNPRIVILEGED = "nobody"


def free_port(wanted: int = 0) -> int:
    """`wanted` when nothing uses it on loopback, else any free port."""
    if wanted and port_is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def port_is_free(port: int) -> bool:
    """Whether a server may listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def unprivileged() -> Account | None:
    """The account PostgreSQL runs as: None means ours; as root, an existing account without rights."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise LocalError(
            f"PostgreSQL must not run as root, and there is no account named {UNPRIVILEGED!r} here: "
            "run this as an ordinary user."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_root() -> Path:
    """Root's own folder that others may pass through but not write to."""
    for parent in ROOT_PLACES:
        folder = parent / "emeritus"
        try:
            folder.mkdir(mode=0o755)
            folder.chmod(0o755)
        except FileExistsError:
            pass
        except OSError:
            continue
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and stat.S_IMODE(found.st_mode) == 0o755:
            return folder
    tried = ", ".join(str(parent / "emeritus") for parent in ROOT_PLACES)
    raise LocalError(
        f"None of {tried} can be made (root's own, mode 0755): make one, or run this as an ordinary user."
    )


def database_folder(home: Path, *, temporary: bool) -> Path:
    """The folder that holds PostgreSQL's data. As root, `home/postgresql` is a file naming it."""
    pointer = home / "postgresql"
    if os.geteuid() != 0:
        pointer.mkdir(exist_ok=True)
        return pointer
    if pointer.is_file():
        folder = Path(pointer.read_text(encoding="utf-8").strip())
        if folder.is_dir():
            return folder
    folder = for_root() / (("temporary-" if temporary else "data-") + secrets.token_hex(6))
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    (folder / "made-for").write_text(f"{home}\n", encoding="utf-8")
    pointer.write_text(f"{folder}\n", encoding="utf-8")
    return folder


def temporary_home() -> Path:
    """A fresh private folder."""
    return Path(tempfile.mkdtemp(prefix="emeritus-"))


def forget(home: Path) -> None:
    """Delete everything local mode keeps under this home, and root's folder it points to."""
    pointer = home / "postgresql"
    if pointer.is_file():
        folder = Path(pointer.read_text(encoding="utf-8").strip())
        if folder.parent.name == "emeritus" and folder.parent.parent in ROOT_PLACES:
            shutil.rmtree(folder, ignore_errors=True)
    for entry in home.iterdir() if home.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()
