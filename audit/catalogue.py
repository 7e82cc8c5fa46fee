"""The catalogue: what makes a million events quick to search and to draw. It follows from the events alone.

Filled some seconds after the events were sealed, in the order of their leaves, so that no command waits for it and
none is forgotten: numbers are given out of order, leaves are not. Until then an event is found by reading it
(`not_catalogued`), which are few.
"""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from audit.models import Catalogue, Checkpoint, Event, Leaf

BATCH = 5_000
"""Entries catalogued in one transaction."""

# What is searched of an event: every part of its verb is a word.
WORDS = (
    "to_tsvector('english', concat_ws(' ', translate({0}.verb, '._', '  '), {0}.actor_name, {0}.target_label,"
    " {0}.reason))"
    " || jsonb_to_tsvector('english', {0}.data, '[\"string\"]')"
)

_FILL = f"""
with these as (
    select e.* from audit_leaf l join audit_event e on e.number = l.event_id
    where l.index >= %(low)s and l.index < %(high)s
), entries as (
    insert into audit_cataloguedentry (event_id, words) select number, {WORDS.format("these")} from these
    on conflict (event_id) do nothing
), days as (
    insert into audit_cataloguedday (day, verb, entries)
    select (at at time zone 'UTC')::date, verb, count(*) from these group by 1, 2 order by 1, 2
    on conflict (day, verb) do update set entries = audit_cataloguedday.entries + excluded.entries
)
insert into audit_cataloguedactor (actor_id, name) select distinct actor_id, actor_name from these
on conflict (actor_id, name) do nothing
"""


def catalogue_what_is_sealed() -> int:
    """Take in every sealed event that is not in it yet. How many there were; 0 when somebody else is at it."""
    taken = 0
    while (count := _one_batch()) > 0:
        taken += count
    return taken


def _one_batch() -> int:
    with transaction.atomic():
        Catalogue.objects.get_or_create(pk=1)
        state = Catalogue.objects.select_for_update(skip_locked=True).filter(pk=1).first()
        if state is None:
            return 0
        sealed = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
        high = min(state.leaves + BATCH, 0 if sealed is None else sealed + 1)
        if high <= state.leaves:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_FILL, {"low": state.leaves, "high": high})
        count, state.leaves = high - state.leaves, high
        state.save()
        return count


def catalogue_anew(numbers: list[int]) -> None:
    """Write the words of some events again, from what the events say now: after a redaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"update audit_cataloguedentry c set words = {WORDS.format('e')} from audit_event e"
            " where e.number = c.event_id and e.number = any(%s)",
            [numbers],
        )


def not_sealed() -> QuerySet[Event]:
    """The events without a leaf: one read of what is new, none of the whole log."""
    found = Event.objects.filter(~Exists(Leaf.objects.filter(event_id=OuterRef("number"))))
    last = Checkpoint.objects.first()
    return (
        found.filter(xid__gte=last.through_xid)
        if last is not None and last.through_xid is not None
        else found
    )


def not_catalogued() -> QuerySet[Event]:
    """The numbers of the events that the catalogue does not know yet."""
    state = Catalogue.objects.first()
    sealed = Leaf.objects.filter(index__gte=state.leaves if state is not None else 0)
    return Event.objects.filter(
        number__in=not_sealed().order_by().values("number").union(sealed.values("event_id"), all=True)
    )
