"""A list whose first page, which is looked at most, is asked by SQL written once (core.prepared)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

from core.paging import SIZE, Page, first_of, page_by_key
from core.policies import Actor
from core.prepared import written_once

Row = TypeVar("Row")


class Listing(Generic[Row]):
    """The rows that `rows` gives for an actor and further arguments, paged by key in the order of `by`.

    `rows` may depend on what `core.prepared.written_once` allows, and on nothing else.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Row]], by: Sequence[str]) -> None:
        self.rows, self.by = rows, tuple(by)
        self._first = written_once(self._written)

    def page(
        self,
        actor: Actor,
        *args: Any,
        asked: QueryDict,
        size: int = SIZE,
        name: str = "cursor",
        where: Mapping[str, Any] | None = None,
    ) -> Page[Row]:
        """The page that `asked`, the query string, names; of all rows, or of those `where` it says."""
        if asked.get(name) or where:
            rows = self.rows(actor, *args).filter(**(where or {}))
            return page_by_key(rows, asked, by=self.by, size=size, name=name)
        return first_of(self._first(actor, size, *args), asked, by=self.by, size=size, name=name)

    def _written(self, actor: Actor, size: int, *args: Any) -> QuerySet[Any, Row]:
        return self.rows(actor, *args).order_by(*self.by)[: size + 1]


def listed(*by: str) -> Callable[[Callable[..., QuerySet[Any, Row]]], Listing[Row]]:
    """`@listed("-number")` over the function that gives the rows."""
    return lambda rows: Listing(rows, by)
