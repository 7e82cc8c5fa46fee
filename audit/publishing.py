"""Which checkpoints everybody may know of: all, but while something is held back only those from before it.

The seal goes on meanwhile; the size of the tree, the places of leaves in it and what waits are not told, since from
these anybody could count what is withheld (withholding.py). All of it is published when nothing is held back any more.
"""

from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from audit.models import Checkpoint, Leaf
from audit.queries import tracked_models
from audit.registry import held_back
from core.prepared import Prepared

MOST_PASSED_OVER = 3
"""Numbers passed over at one beat of the clock at most, in each sequence."""


def held_back_since() -> list[int]:
    """The events after which nothing of the seal is published for now; none when everything is."""
    return [number for tell in held_back.values() for number in tell()]


def published() -> QuerySet[Checkpoint]:
    """The checkpoints that everybody may know of, newest first. What was published once stays so."""
    since = held_back_since()
    if not since:
        return Checkpoint.objects.all()
    older = Leaf.objects.filter(event_id__in=since, index__lt=OuterRef("size") - 1)
    return Checkpoint.objects.filter(~Exists(older))


def published_size() -> int:
    """How many leaves the last of them has."""
    size, _at = last_published() or (0, None)
    return size


def last_published() -> tuple[int, datetime] | None:
    """Size and time of the last of them."""
    if held_back_since():
        return published().values_list("size", "at").first()
    return next(iter(_last().ask()), None)


@cache
def _last() -> Prepared[tuple[int, datetime]]:
    """Written once, for the timeline: of all checkpoints."""
    return Prepared(Checkpoint.objects.order_by("-size").values_list("size", "at")[:1])


def pass_over_numbers() -> int:
    """While something is held back: use up some numbers of events and versions at random, and say how many.

    Numbers have gaps anyway, since a command that changes nothing or is rolled back has drawn one, too. Left to
    themselves on a quiet day the gaps would count what is withheld.
    """
    if not held_back_since():
        return 0
    tables = ["audit_event", *(model.history.model._meta.db_table for model in tracked_models())]
    keys = ["number", *["history_id"] * (len(tables) - 1)]
    with connection.cursor() as cursor:
        cursor.execute(_PASS_OVER, {"tables": tables, "keys": keys, "most": MOST_PASSED_OVER})
        return int(cursor.fetchone()[0])


# The count is drawn anew for each table because it names it.
_PASS_OVER = """
select count(nextval(pg_get_serial_sequence(own.name, own.key)))
from unnest(%(tables)s::text[], %(keys)s::text[]) as own (name, key),
     generate_series(1, floor(random() * (%(most)s + 1))::int + 0 * length(own.name))
"""
