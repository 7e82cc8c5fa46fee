"""A query whose SQL is written and planned once, for one that is asked on page after page with other values.

Django writes the SQL of a queryset anew each time, and the database plans it anew; for one of a dozen parts either
takes longer than the answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial, wraps
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, Func, QuerySet

from core import clock
from core.policies import Actor
from core.reading import one_reading
from core.statements import Place, Statement

Row = TypeVar("Row")


class Given(Expression):
    """A place in a queryset for a value that is given each time it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [Place(self.name)]


class OneOf(Func):
    """The condition that a column is one of a list that is given each time: `OneOf("ballot", Given("ballots"))`."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()


@dataclass(frozen=True)
class Somebody:
    """An actor for whom a query is written: anybody with these roles, whose id is given as `actor`."""

    roles: frozenset[str] = frozenset()
    id: Any = field(default_factory=partial(Given, "actor"))
    name: str = ""
    fresh_until: datetime | None = None


class Prepared(Generic[Row]):
    """A queryset, of models or of values, in which some values are `Given`. It is written without asking the database.

    RuntimeError where what it looks for depends on what the database says while it is written.
    """

    def __init__(self, rows: QuerySet[Any, Row]) -> None:
        self._rows = rows
        self._compiler = rows.query.get_compiler(connection=connection)
        self._statement: Statement | None = None
        with written_blindly(), suppress(EmptyResultSet):  # whatever is given, nothing can be found
            self._statement = Statement(*self._compiler.as_sql())

    def ask(self, **given: Any) -> list[Row]:
        """The rows the queryset itself would give. KeyError where a value is missing."""
        if self._statement is None:
            return []
        params = tuple(given[name] for name in self._statement.places)
        sql = self._statement.on_this_connection()
        compiler, rows = copy(self._compiler), self._rows.all()
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]  # this clone's own
        return list(rows)


def written_once(
    write: Callable[..., QuerySet[Any, Row] | None],
) -> Callable[..., list[Row]]:
    """The rows that `write` gives for an actor, its SQL written once a day for each set of roles and other arguments.

    So `write` may depend on those, on the day and, in the rows' conditions, on the actor's id and the instant: nothing
    else. None: there is nothing to ask. Values for further `Given` places are named when the rows are asked.
    """

    @lru_cache(maxsize=1024)
    def written(roles: frozenset[str] | None, day: date, *args: Any) -> Prepared[Row] | None:
        with clock.left_open(Given("now")), clock.within_the_day(day), written_blindly(), one_reading():
            rows = write(Somebody(roles) if roles is not None else None, *args)
            return Prepared(rows) if rows is not None else None

    @wraps(write)
    def ask(actor: Actor | None, *args: Any, **given: Any) -> list[Row]:
        roles, key = (actor.roles, actor.id) if actor is not None else (None, None)
        query = written(roles, clock.today(), *args)
        return query.ask(actor=key, now=clock.now(), **given) if query is not None else []

    return ask


@contextmanager
def written_blindly() -> Iterator[None]:
    """Meanwhile the database cannot be asked: what is written now is used when it says something else."""
    with connection.execute_wrapper(_refuse):
        yield


def _refuse(*asked: Any) -> None:
    raise RuntimeError("A query that is written once cannot depend on what the database says meanwhile.")
