"""What local mode runs, in which order, and what it tells the person at the terminal.

`run` is `make run`; `around` is `manage.py local -- COMMAND`. Watching and stopping programs: `supervisor`.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
from celery import Celery

from config.local import env, model_server, places, postgres, processes, valkey
from config.local.env import ENV_FILE, LOCAL, ROOT
from config.local.processes import QUIT, TERM, Child, LocalError, Program
from config.local.supervisor import Interrupted, Supervisor, say, take_lock

#: The database as it was after the migrations, before a worker: tests copy it, which takes a hundredth of making it.
MIGRATED = "emeritus_migrated"
OUTSIDE = ("DATABASE_URL", "CELERY_BROKER_URL")


def run(port: int, *, reset: bool) -> int:
    """Start everything, say where it is, stay until told to stop. The exit code."""
    LOCAL.mkdir(mode=0o700, exist_ok=True)
    lock = wait_for_lock(LOCAL / "lock")
    if processes.end_leftovers(LOCAL / "processes.json"):
        say("Stopped what an earlier run had left running.")
    if reset:
        places.forget(LOCAL)
        say("Everything kept in .local was deleted.")
    if port and not places.port_is_free(port):
        raise LocalError(f"Port {port} is taken by another program: try `make run PORT={port + 1}`.")
    with Supervisor(LOCAL, lock) as supervisor:
        try:
            start_all(supervisor, places.free_port(port))
            supervisor.watch()
        except Interrupted:
            say("\nStopping …")
    say("Stopped. `make run` continues where this ended.")
    return 0


def around(command: Sequence[str]) -> int:
    """Run COMMAND among services of its own in a temporary folder; its exit code."""
    home = places.temporary_home()
    with Supervisor(home) as supervisor:
        supervisor.removes(home)
        try:
            settings = {**basics(), **start_servers(supervisor, {}, temporary=True)}
            prepare(supervisor, settings)
            postgres.copy(settings["DATABASE_URL"], MIGRATED)
            settings["TEST_DATABASE_TEMPLATE"] = MIGRATED
            worker_answers(supervisor, settings, start_tasks(supervisor, settings))
            return supervisor.outcome(
                Program(
                    name=command[0],
                    argv=list(command),
                    log=None,
                    env=whole(settings),
                    attached=True,
                    own_group=not sys.stdin.isatty(),
                )
            )
        except Interrupted as stop:
            return 128 + stop.number
        except LocalError as error:
            # Shown here: the log is gone with the folder.
            report(error)
            return 1


def wait_for_lock(path: Path) -> int:
    """The folder's lock. A run that was killed keeps it until its watchdog has stopped what was left."""
    for _ in range(400):
        if lock := take_lock(path):
            return lock
        holder = path.read_text(encoding="ascii")
        if not holder.isdigit() or psutil.pid_exists(int(holder)):
            break
        time.sleep(0.1)
    address = env.read(ENV_FILE).get("PUBLIC_URL", "")
    where = f", at {address}" if address else ""
    raise LocalError(
        f"Emeritus already runs from this folder (process {holder}{where}): use or stop that one."
    )


def basics() -> dict[str, str]:
    """The settings of local mode that are not addresses."""
    return {"EMERITUS_LOCAL": "1", "DEBUG": "1", "SECRET_KEY": secrets.token_hex(32)}


def whole(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program of ours."""
    return {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}


def given_servers() -> dict[str, str]:
    """Database and broker named by whoever called us; nothing in local mode. Naming one only is refused."""
    if os.environ.get("EMERITUS_LOCAL"):
        return {}
    named = {name: value for name in OUTSIDE if (value := env.given(name))}
    if len(named) == 1:
        other = next(name for name in OUTSIDE if name not in named)
        raise LocalError(f"{next(iter(named))} is set but {other} is not: set both, or neither.")
    return named


def start_servers(
    supervisor: Supervisor, earlier: Mapping[str, str], *, temporary: bool = False
) -> dict[str, str]:
    """PostgreSQL, Valkey and the model server; their addresses."""
    database, broker = (earlier.get(name, "") for name in OUTSIDE)
    return {
        "DATABASE_URL": postgres.start(supervisor, url=database, temporary=temporary),
        "CELERY_BROKER_URL": valkey.start(supervisor, url=broker, temporary=temporary),
        "LOCAL_MODEL_URL": model_server.start(supervisor),
    }


def start_all(supervisor: Supervisor, port: int) -> None:
    """Servers, migrations, demo records, tasks, web server; then the address and the sign-ins."""
    outside = given_servers()
    address = f"http://127.0.0.1:{port}"
    if outside:
        model = env.given("LOCAL_MODEL_URL") or model_server.start(supervisor)
        settings = {**outside, "LOCAL_MODEL_URL": model}
        say("Using the database and the broker that are set; no demo records are added to them.")
    else:
        say("Starting PostgreSQL, Valkey and the model server …")
        earlier = env.read(ENV_FILE)
        settings = {**basics(), **{key: earlier[key] for key in ("SECRET_KEY",) if key in earlier}}
        settings |= start_servers(supervisor, earlier)
        settings["PUBLIC_URL"] = address
        env.write(ENV_FILE, settings)
    say("Bringing the database up to date …")
    prepare(supervisor, settings)
    worker = start_tasks(supervisor, settings)
    web = supervisor.start(web_server(supervisor.home, settings, port))
    people = [] if outside else demo(supervisor, settings)
    supervisor.until(web, model_server.answers(port, "/healthz"), 120)
    worker_answers(supervisor, settings, worker)
    say(f"\nEmeritus runs at {address}/\n")
    if people:
        say(f"The story of one retirement in eight steps, no password needed: {address}/story/\n")
        say(f"Sign in at {address}/accounts/login/ as")
        for person in people:
            say(f"  {person['role']:<16}{person['email']:<36}{person['password']}")
    say(f"\nLogs are in {supervisor.home / 'logs'}. Ctrl-C stops everything.")


def manage(supervisor: Supervisor, settings: Mapping[str, str], name: str, *arguments: str) -> Program:
    """A management command as a program."""
    return Program(
        name=f"`manage.py {arguments[0]}`" if name == "" else name,
        argv=[sys.executable, str(ROOT / "manage.py"), *arguments],
        log=supervisor.home / "logs" / f"{arguments[0]}.log",
        env=whole(settings),
        folder=ROOT,
    )


def prepare(supervisor: Supervisor, settings: Mapping[str, str]) -> None:
    """Fonts when they are missing, and the tables."""
    if not all(
        (ROOT / "build" / path).exists()
        for path in ("static/fonts/emeritus-sans.woff2", "fonts/emeritus-sans.ttf")
    ):
        supervisor.job(manage(supervisor, settings, "Cutting the fonts", "cut_fonts"))
    supervisor.job(manage(supervisor, settings, "Bringing the database up to date", "migrate", "--no-input"))


def demo(supervisor: Supervisor, settings: Mapping[str, str]) -> list[dict[str, str]]:
    """The demo records; who can sign in."""
    output = supervisor.home / "demo.json"
    output.unlink(missing_ok=True)
    program = manage(supervisor, settings, "Adding the demo records", "demo", "--json")
    supervisor.job(replace(program, output=output))
    people: list[dict[str, str]] = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return people


def start_tasks(supervisor: Supervisor, settings: Mapping[str, str]) -> Child:
    """A worker, returned, and the scheduler."""
    logs = supervisor.home / "logs"
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    worker = supervisor.start(
        Program(
            name="The worker",
            argv=[*celery, "worker", "--loglevel=INFO", "--concurrency=4", "--without-gossip"],
            log=logs / "worker.log",
            env=whole(settings),
            folder=ROOT,
            # A task cut short is found again by its lease; nobody should wait for it at a terminal.
            stops=((TERM, 4.0), (QUIT, 4.0)),
        )
    )
    schedule = f"--schedule={supervisor.home / 'schedule'}"
    supervisor.start(
        Program(
            name="The scheduler",
            argv=[*celery, "beat", "--loglevel=INFO", schedule, "--pidfile="],
            log=logs / "scheduler.log",
            env=whole(settings),
            folder=ROOT,
        )
    )
    return worker


def worker_answers(supervisor: Supervisor, settings: Mapping[str, str], worker: Child) -> None:
    """Wait until the worker takes tasks."""
    # Celery prefers this variable of our own environment to any address it is given.
    os.environ["CELERY_BROKER_URL"] = settings["CELERY_BROKER_URL"]
    with Celery("probe", set_as_current=False) as probe:
        supervisor.until(worker, lambda: bool(probe.control.ping(timeout=0.3)), 120)


def web_server(home: Path, settings: Mapping[str, str], port: int) -> Program:
    """The web server on loopback: one process, since the default cache is in memory, and threads."""
    return Program(
        name="The web server",
        argv=[
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "5"),
            *("--access-logfile", "-", "--no-control-socket"),
        ],
        log=home / "logs" / "web.log",
        env=whole(settings),
        folder=ROOT,
    )


def report(error: LocalError) -> None:
    """The sentence, and the end of the log it is about, on standard error."""
    lines = [str(error)]
    if text := processes.tail(error.log):
        lines += [f"The end of {error.log}:", text]
    print("\n".join(lines), file=sys.stderr, flush=True)
