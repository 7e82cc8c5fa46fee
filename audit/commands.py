"""The write path: what it means to be a command.

    @command(Verb.POSITION_TAKEN)
    def take_position(*, actor, ballot_id, ...):
        lock · allowed? · legal now? · change · record · schedule

A command is one durable transaction with at least one event. The database refuses every tracked write outside
one (audit/sql/guards.sql). Not here: what a command may touch, which each app decides.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from celery import current_app
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, transaction
from django.db.models import Model

from audit.current import OpenCommand, _opened, opened
from audit.models import Event
from audit.origins import current as current_origin
from core import clock
from core.errors import IllegalMove, NotAllowed, NotFound, Refused
from core.policies import Actor

# What the application says of an event; the rest is the database's (audit_stamp_event).
_SENT = [
    field
    for field in Event._meta.concrete_fields
    if field.name not in ("number", "caused_by", "at", "xid", "salt", "digest")
]
_INSERT = (
    "insert into {} (number, {}) values (coalesce(%s, nextval('{}_number_seq')), {}) returning number".format(
        Event._meta.db_table,
        ", ".join(str(field.column) for field in _SENT),
        Event._meta.db_table,
        ", ".join(["%s"] * len(_SENT)),
    )
)

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)


class NothingRecorded(RuntimeError):
    """A command ended without an event and without saying that nothing changed. A bug; nothing was written."""


def command(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function, `actor` first, a command whose events bear `verb`.

    Raises what the function raises. NotAllowed and IllegalMove roll back and are then recorded, in a
    transaction of their own, as an event with the outcome "refused".
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]  # keyword-only by convention, see test
            attempt: list[OpenCommand] = []
            try:
                with opening(verb, actor) as attempted:
                    attempt.append(attempted)
                    return function(*args, **kwargs)
            except (NotAllowed, IllegalMove) as refusal:
                record_refusal(verb, actor, attempt[0].target if attempt else None, refusal)
                raise

        run.verb = str(verb)  # type: ignore[attr-defined]  # read by the architecture tests
        return run

    return decorate


@contextmanager
def opening(verb: str, actor: Actor) -> Iterator[OpenCommand]:
    """Open a command's transaction; used by `command`, by migrations and by audit.testing.recorded only."""
    if opened() is not None:
        raise RuntimeError("Commands never call commands; share a step instead.")
    with transaction.atomic(durable=True), clock.anew():
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('audit.event', nextval('audit_event_number_seq')::text, true)",
            )
            number = int(cursor.fetchone()[0])
        opened_now = OpenCommand(verb=str(verb), actor=actor, number=number)
        token = _opened.set(opened_now)
        try:
            yield opened_now
        finally:
            _opened.reset(token)
        if not opened_now.events and not opened_now.nothing_changed:
            raise NothingRecorded(f"{verb} ended without an event")
        with connection.cursor() as cursor:
            # A violation is raised here, where the command is known. Back to deferred and no event open: in a
            # test several commands share one outer transaction, and a write between them must be refused.
            statement, values = _statement_of(opened_now.unwritten) if opened_now.unwritten else ("", [])
            cursor.execute(
                f"{statement}; set constraints all immediate; set constraints all deferred;"
                "select set_config('audit.event', '', true)",
                values or None,
            )


def in_command() -> OpenCommand:
    """The open command. RuntimeError when there is none: a step was called from outside."""
    found = opened()
    if found is None:
        raise RuntimeError("This runs inside a command only.")
    return found


def locked(model: type[M], pk: UUID | str, *, select_related: tuple[str, ...] = (), about: bool = True) -> M:
    """The row, locked against other commands until this one ends. NotFound when there is none.

    The first row locked is what the command is about: its events, and its refusal, point to it. One that is locked
    earlier for the order of locks alone says `about=False`.
    """
    found = in_command()
    rows = model._default_manager.select_for_update(no_key=True, of=("self",))
    if select_related:
        rows = rows.select_related(*select_related)
    try:
        row = rows.get(pk=pk)
    except (ObjectDoesNotExist, ValidationError):
        raise NotFound(f"There is no such {model._meta.verbose_name}.") from None
    if found.target is None and about:
        found.target = row
    return row


def because(reason: str) -> None:
    """The reason that versions written from now on bear; call it before the first change."""
    in_command().reason = reason


def record(
    target: Model | None = None,
    *,
    reason: str = "",
    data: dict[str, Any] | None = None,
    verb: str | None = None,
    on_behalf_of: Actor | None = None,
) -> Event:
    """Write an event of the open command. The first bears the command's number; later ones are caused by it."""
    found = in_command()
    event = _event(
        verb=verb or found.verb,
        actor=found.actor,
        target=target if target is not None else found.target,
        reason=reason or found.reason,
        data=data or {},
        on_behalf_of=on_behalf_of,
    )
    return _write(found, event)


def unchanged(result: R) -> R:
    """End a command in which there was nothing to do: `return unchanged(ballot)`. Writes no event."""
    in_command().nothing_changed = True
    return result


def after_commit(task: str, *args: str | int) -> None:
    """Wake a task, by its name, once the open command has committed.

    A dead broker loses the wake-up and nothing else: what is to be done stands in the database, and the
    periodic sweeps find it there.
    """
    in_command()
    transaction.on_commit(lambda: current_app.send_task(task, args=args) and None, robust=True)


def _write(found: OpenCommand, event: Event) -> Event:
    """Keep the first event for the command's last statement, where it costs no round trip; insert further ones."""
    if not found.events:
        event.number = found.number
        found.unwritten = event
    else:
        with connection.cursor() as cursor:
            if found.unwritten is not None:
                cursor.execute(*_statement_of(found.unwritten))
                found.unwritten = None
            cursor.execute(*_statement_of(event))
            event.number = cursor.fetchone()[0]
    found.events.append(event)
    return event


def _statement_of(event: Event) -> tuple[str, list[Any]]:
    """The insert by hand that Django would make through its compiler: every command pays for this statement."""
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in _SENT]
    return _INSERT, [event.number, *values]


def _event(
    *,
    verb: str,
    actor: Actor,
    target: Model | None,
    reason: str,
    data: dict[str, Any],
    on_behalf_of: Actor | None = None,
    outcome: Event.Outcome = Event.Outcome.DONE,
) -> Event:
    origin = current_origin()
    return Event(
        verb=str(verb),
        outcome=outcome,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_roles=",".join(sorted(actor.roles)),
        on_behalf_of_id=on_behalf_of.id if on_behalf_of else None,
        on_behalf_of_name=on_behalf_of.name if on_behalf_of else "",
        target_type=target._meta.label if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=str(target)[:300] if target is not None else "",
        reason=reason,
        data=data,
        origin=origin.kind,
        reference=origin.reference,
    )


def record_refusal(
    verb: str, actor: Actor, target: Model | None, refusal: Refused, data: dict[str, Any] | None = None
) -> None:
    """Write a refusal, in a transaction of its own."""
    with opening(verb, actor) as refused:
        event = _event(
            verb=verb,
            actor=actor,
            target=target,
            reason=refusal.sentence,
            data=data or {},
            outcome=Event.Outcome.REFUSED,
        )
        _write(refused, event)
    refusal.recorded = True
