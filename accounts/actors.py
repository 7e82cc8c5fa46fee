"""A person as an actor: id, name and the roles in force now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Subquery

from accounts.models import Person
from accounts.queries import remember, the_organisation
from core import clock


@dataclass(frozen=True)
class PersonActor:
    """What commands and policies know of a person (core.policies.Actor)."""

    id: UUID
    name: str
    roles: frozenset[str]
    fresh_until: datetime | None = None


def actor_of(person: Person, *, fresh_until: datetime | None = None) -> PersonActor:
    """The person as an actor, with the roles in force at this instant."""
    return _actors(Person.objects.filter(pk=person.pk), fresh_until)[0]


def actor_of_user(user_id: int, *, fresh_until: datetime | None = None) -> PersonActor | None:
    """The active person behind a sign-in, or None."""
    found = _actors(Person.objects.filter(user_id=user_id, active=True), fresh_until)
    return found[0] if found else None


def _actors(people: QuerySet[Person], fresh_until: datetime | None) -> list[PersonActor]:
    now = clock.now()
    in_force = Q(grants__starts_at__lte=now, grants__revoked_at__isnull=True) & (
        Q(grants__ends_at__isnull=True) | Q(grants__ends_at__gt=now)
    )
    rows = people.annotate(
        roles_now=ArrayAgg("grants__role", filter=in_force, default=[], distinct=True),
        # Rides along, since every page wants it next.
        standing=Subquery(the_organisation()[:1]),
    ).values_list("id", "name", "roles_now", "standing")
    found = list(rows)
    if found:
        remember(found[0][3])
    return [PersonActor(key, name, frozenset(roles), fresh_until) for key, name, roles, _ in found]
