"""Statements that the database has parsed and planned: prepared once on a connection, executed with other values.

PostgreSQL plans a statement of a dozen subqueries longer than it runs it. Not here: how their SQL comes about
(`core.prepared`). A pooler between Emeritus and the database must give a connection a session of its own.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import ClientCursor

KEPT = 256
"""Statements kept on one connection; each holds memory in the database."""

# By connection: what is prepared there, the one used last at the end.
_there: WeakKeyDictionary[Any, OrderedDict[str, None]] = WeakKeyDictionary()


class Place(NamedTuple):
    """Stands among the values of a statement for one that is given each time."""

    name: str


class Statement:
    """SQL, and a value or a `Place` for each of its "%s"."""

    def __init__(self, sql: str, values: Sequence[Any]) -> None:
        self._sql, self._values = sql, values
        self.places = list(dict.fromkeys(value.name for value in values if isinstance(value, Place)))
        self._name = f"written_{sha256(repr((sql, values)).encode()).hexdigest()[:24]}"

    def on_this_connection(self) -> str:
        """SQL that executes it with a value for each of `places`; it is prepared first where it is not yet."""
        connection.ensure_connection()
        there = _there.setdefault(connection.connection, OrderedDict())
        if self._name not in there:
            self._prepare(there)
        there.move_to_end(self._name)
        values = f"({', '.join('%s' for _ in self.places)})" if self.places else ""
        return f"execute {self._name}{values}"

    def _prepare(self, there: OrderedDict[str, None]) -> None:
        # Past Django's cursors: a page's queries are counted alike, whether its statements were prepared before or not.
        with connection.wrap_database_errors:
            connection.connection.execute(f"prepare {self._name} as {self._text()}")
            there[self._name] = None
            while len(there) > KEPT:
                oldest, _ = there.popitem(last=False)
                connection.connection.execute(f"deallocate {oldest}")

    def _text(self) -> str:
        """The SQL with `$1` for what is given. What is not stands in it, so that its type is never in doubt."""
        cursor = ClientCursor(connection.connection)
        numbers = {name: f"${number}" for number, name in enumerate(self.places, 1)}
        values = (
            numbers[value.name] if isinstance(value, Place) else cursor.mogrify("%s", [value])
            for value in self._values
        )
        return re.sub("%[%s]", lambda found: "%" if found.group() == "%%" else next(values), self._sql)
