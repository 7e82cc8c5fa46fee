"""Database roles on a server of one's own: who owns the tables, who writes, who seals, who only reads.

Triggers stop everybody but the owner of the tables, who can switch them off. So nobody works as the owner: it
migrates. What each role may is said here once, compared with the server's catalogue, and only what differs is
done, so that it can be run after every migration. Not here: who may sign in from where (pg_hba.conf).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from audit.models import Checkpoint, Event, Leaf, Node, SigningKey
from audit.queries import tracked_models


class Kind(StrEnum):
    """The four roles. Their names on the server are a prefix, an underscore and this."""

    OWNER = "owner"
    APPLICATION = "app"
    SEALER = "sealer"
    AUDITOR = "auditor"


READ = frozenset({"SELECT"})
ADD = frozenset({"SELECT", "INSERT"})
WORK = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
NOTHING: frozenset[str] = frozenset()

_WHAT_FOR = {
    Kind.OWNER: "which owns the tables and runs migrations",
    Kind.APPLICATION: "as which the web server and the worker connect",
    Kind.SEALER: "which adds leaves and checkpoints and nothing else",
    Kind.AUDITOR: "which reads",
}


@dataclass(frozen=True)
class Step:
    """One thing to do, in words and as a statement."""

    sentence: str
    statement: str


@dataclass(frozen=True)
class Connected:
    """Whom the open connection is, as far as the records are concerned."""

    role: str
    owns: bool
    rewrites: bool

    @property
    def unsafe(self) -> bool:
        return self.owns or self.rewrites


def harden(prefix: str, passwords: dict[Kind, str] | None = None) -> list[str]:
    """Make the server as `steps` wants it, in one transaction; what was done, in sentences.

    `passwords`: for roles that are made anew. Needs a role that may make roles and owns the tables or is in
    their owner; afterwards the owner itself is enough, to give rights on new tables.
    """
    done = []
    with transaction.atomic(durable=True):
        for step in steps(prefix, passwords or {}):
            _execute(step.statement)
            done.append(step.sentence)
    return done


def steps(prefix: str, passwords: dict[Kind, str]) -> Iterator[Step]:
    """What differs from how it should be, read when the step before is done."""
    roles = {kind: f"{prefix}_{kind}" for kind in Kind}
    yield from _roles(roles, passwords)
    yield from _ownership(roles[Kind.OWNER])
    yield from _rights(roles)
    yield from _execution(roles[Kind.APPLICATION])


def to_be_made(prefix: str) -> dict[Kind, str]:
    """The names of the roles that the server does not know yet."""
    names = {kind: f"{prefix}_{kind}" for kind in Kind}
    known = {name for (name,) in _rows("select rolname from pg_roles", [])}
    return {kind: name for kind, name in names.items() if name not in known}


def connected() -> Connected:
    """Whom we are on the server, and whether that role could change what is recorded."""
    history = [model.history.model._meta.db_table for model in tracked_models()]
    evidence = [*history, Event._meta.db_table, *_seal_tables()]
    [(role, owns, rewrites)] = _rows(
        "select current_user, bool_or(pg_has_role(c.relowner, 'USAGE')),"
        " bool_or(has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))"
        " from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relname = any(%s)",
        [evidence],
    )
    return Connected(role, bool(owns), bool(rewrites))


def rights(table: str) -> dict[Kind, frozenset[str]]:
    """What the three that are not the owner may do with a table."""
    tracked = tracked_models()
    if table in {Leaf._meta.db_table, Node._meta.db_table, Checkpoint._meta.db_table}:
        found = (READ, ADD, READ)
    elif table == SigningKey._meta.db_table:
        found = (READ, READ, READ)
    elif table == Event._meta.db_table or table in {m.history.model._meta.db_table for m in tracked}:
        found = (ADD, READ, READ)
    elif table in {m._meta.db_table for m in tracked}:
        found = (WORK, NOTHING, READ)
    elif table == "django_migrations":
        found = (READ, NOTHING, NOTHING)
    else:
        # Untracked tables hold credentials, sessions and addresses: no auditor reads them here.
        found = (WORK, NOTHING, NOTHING)
    return dict(zip((Kind.APPLICATION, Kind.SEALER, Kind.AUDITOR), found, strict=True))


def _roles(roles: dict[Kind, str], passwords: dict[Kind, str]) -> Iterator[Step]:
    for kind, name in roles.items():
        if not _rows("select 1 from pg_roles where rolname = %s", [name]):
            secret = f" password '{_encrypted(passwords[kind], name)}'" if kind in passwords else ""
            yield Step(
                f"Made the role {name}, {_WHAT_FOR[kind]}.", f"create role {_quoted(name)} login{secret}"
            )
    owner, auditor = roles[Kind.OWNER], roles[Kind.AUDITOR]
    for (name,) in _rows(
        "select rolname from pg_roles where rolname = any(%s)"
        " and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls) order by 1",
        [list(roles.values())],
    ):
        yield Step(
            f"{name} is no longer an administrator of the server.",
            f"alter role {_quoted(name)} nosuperuser nocreaterole nocreatedb noreplication nobypassrls",
        )
    if not _rows("select 1 where pg_has_role(%s, 'USAGE')", [owner]):
        yield Step(f"Joined {owner}, to give it the tables.", f"grant {_quoted(owner)} to current_user")
    if not _rows(
        "select 1 from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
        " where r.rolname = %s and 'default_transaction_read_only=on' = any(s.setconfig)",
        [auditor],
    ):
        yield Step(
            f"{auditor} begins every transaction read-only.",
            f"alter role {_quoted(auditor)} set default_transaction_read_only = on",
        )
    for kind in (Kind.APPLICATION, Kind.SEALER, Kind.AUDITOR):
        if _rows("select 1 where pg_has_role(%s, %s, 'MEMBER')", [roles[kind], owner]):
            yield Step(
                f"Took {roles[kind]} out of {owner}.", f"revoke {_quoted(owner)} from {_quoted(roles[kind])}"
            )


def _ownership(owner: str) -> Iterator[Step]:
    [(schema, usable, creates)] = _rows(
        "select current_schema(), has_schema_privilege(%s, current_schema(), 'USAGE'),"
        " has_schema_privilege(%s, current_schema(), 'CREATE')",
        [owner, owner],
    )
    if not (usable and creates):
        yield Step(
            f"{owner} may make tables in the schema {schema}.",
            f"grant usage, create on schema {_quoted(schema)} to {_quoted(owner)}",
        )
    for table, kind in _others_tables(owner):
        word = {"S": "sequence", "v": "view"}.get(kind, "table")
        yield Step(
            f"Gave the {word} {table} to {owner}.",
            f"alter {word} {_quoted(table)} owner to {_quoted(owner)}",
        )
    for (function,) in _rows(
        "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = current_schema()::regnamespace"
        " and pg_get_userbyid(p.proowner) <> %s and not exists (select 1 from pg_depend d where d.objid = p.oid"
        " and d.classid = 'pg_proc'::regclass and d.deptype = 'e') order by 1",
        [owner],
    ):
        yield Step(
            f"Gave the function {function} to {owner}.",
            f"alter function {function} owner to {_quoted(owner)}",
        )


def _others_tables(owner: str) -> list[tuple[str, str]]:
    """Tables, views and free sequences that the owner does not own; a column's sequence follows its table."""
    found: list[tuple[str, str]] = _rows(
        "select c.relname, c.relkind::text from pg_class c where c.relnamespace = current_schema()::regnamespace"
        " and c.relkind in ('r', 'p', 'v', 'S') and pg_get_userbyid(c.relowner) <> %s"
        " and not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass"
        " and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i'))) order by 1",
        [owner],
    )
    return found


def _rights(roles: dict[Kind, str]) -> Iterator[Step]:
    [(schema,)] = _rows("select current_schema()", [])
    for kind, name in roles.items():
        if not _rows("select 1 where has_schema_privilege(%s, current_schema(), 'USAGE')", [name]):
            yield Step(
                f"{name} may look into the schema {schema}.",
                f"grant usage on schema {_quoted(schema)} to {_quoted(name)}",
            )
        if kind is not Kind.OWNER and _rows(
            "select 1 where has_schema_privilege(%s, current_schema(), 'CREATE')", [name]
        ):
            yield Step(
                f"{name} may no longer make tables in {schema}.",
                f"revoke create on schema {_quoted(schema)} from public, {_quoted(name)}",
            )
    granted: dict[tuple[str, str], set[str]] = {}
    for table, role, privilege in _rows(
        "select c.relname, pg_get_userbyid(a.grantee), a.privilege_type from pg_class c,"
        " aclexplode(c.relacl) a where c.relnamespace = current_schema()::regnamespace",
        [],
    ):
        granted.setdefault((table, role), set()).add(privilege)
    for table, sequence, serves in _tables():
        # A sequence that counts for no column (certificates, cases) is the application's.
        wanted = rights(serves or table)
        if sequence:
            wanted = {
                kind: frozenset({"USAGE"}) if "INSERT" in may else NOTHING for kind, may in wanted.items()
            }
        for kind, may in wanted.items():
            has = granted.get((table, roles[kind]), set())
            yield from _differences(table, sequence, roles[kind], may, has)


def _execution(application: str) -> Iterator[Step]:
    """Only the application's commands redact, through the one function that may."""
    if not _rows("select 1 where has_function_privilege(%s, 'audit_redact(uuid)', 'EXECUTE')", [application]):
        yield Step(
            f"{application} may redact, as two people decide.",
            f"grant execute on function audit_redact(uuid) to {_quoted(application)}",
        )


def _differences(table: str, sequence: bool, role: str, may: frozenset[str], has: set[str]) -> Iterator[Step]:
    what = f"{'sequence' if sequence else 'table'} {_quoted(table)}"
    if missing := ", ".join(sorted(may - has)):
        yield Step(f"{role} may {missing} on {table}.", f"grant {missing} on {what} to {_quoted(role)}")
    if surplus := ", ".join(sorted(has - may)):
        yield Step(
            f"{role} may no longer {surplus} on {table}.", f"revoke {surplus} on {what} from {_quoted(role)}"
        )


def _tables() -> list[tuple[str, bool, str]]:
    """Every table and sequence: its name, whether it is a sequence, and the table whose column it counts."""
    found: list[tuple[str, bool, str]] = _rows(
        "select c.relname, c.relkind = 'S', coalesce((select t.relname from pg_depend d join pg_class t"
        " on t.oid = d.refobjid where d.objid = c.oid and d.classid = 'pg_class'::regclass"
        " and d.deptype in ('a', 'i') and c.relkind = 'S' limit 1), '') from pg_class c"
        " where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'S')"
        " and not exists (select 1 from pg_depend d where d.objid = c.oid"
        " and d.classid = 'pg_class'::regclass and d.deptype = 'e') order by 1",
        [],
    )
    return found


def _seal_tables() -> list[str]:
    return [model._meta.db_table for model in (Leaf, Node, Checkpoint, SigningKey)]


def _encrypted(password: str, role: str) -> str:
    """As the server keeps it, so that the password itself is in no log of the server."""
    connection.ensure_connection()
    made: bytes = connection.connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    return made.decode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(query: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[Any] = cursor.fetchall()
        return found


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
