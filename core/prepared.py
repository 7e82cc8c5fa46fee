"""A query whose SQL is written once, for one that is asked on page after page with other values.

Django writes the SQL of a queryset anew each time; for one of a dozen parts that takes longer than the answer.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet


class Given(Expression):
    """A place in a queryset for a value that is given each time it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Prepared:
    """The SQL of a queryset of values, in which some are `Given`."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._compiler = rows.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([column for column, _, _ in self._compiler.select])

    def ask(self, **given: Any) -> list[Sequence[Any]]:
        """The rows, with the values the queryset itself would give. KeyError where a value is missing."""
        params = [given[each.name] if isinstance(each, Given) else each for each in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            return list(self._compiler.apply_converters(cursor.fetchall(), self._converters))
