"""A person as an actor: id, name and the roles in force now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from accounts.models import Person
from accounts.queries import remember, the_organisation
from core import clock


@dataclass(frozen=True)
class PersonActor:
    """What commands and policies know of a person (core.policies.Actor). `enrolled`: has a second factor."""

    id: UUID
    name: str
    roles: frozenset[str]
    fresh_until: datetime | None = None
    enrolled: bool = False


def actor_of(person: Person, *, fresh_until: datetime | None = None) -> PersonActor:
    """The person as an actor, with the roles in force at this instant."""
    return _actors(Person.objects.filter(pk=person.pk), fresh_until)[0]


def actor_of_user(user_id: int, *, fresh_until: datetime | None = None) -> PersonActor | None:
    """The active person behind a sign-in, or None."""
    found = _actors(Person.objects.filter(user_id=user_id, active=True), fresh_until)
    return found[0] if found else None


def _actors(people: QuerySet[Person], fresh_until: datetime | None) -> list[PersonActor]:
    now = Value(clock.now()) if clock.is_moved() else clock.instant_in_database()
    in_force = Q(grants__starts_at__lte=now, grants__revoked_at__isnull=True) & (
        Q(grants__ends_at__isnull=True) | Q(grants__ends_at__gt=now)
    )
    # Recovery codes alone are not a factor: they stand in for one that was lost.
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    rows = people.annotate(
        roles_now=ArrayAgg("grants__role", filter=in_force, default=[], distinct=True),
        enrolled=Exists(factors),
        # These ride along, since every page wants them next.
        standing=Subquery(the_organisation()[:1]),
        instant=clock.instant_in_database(),
    ).values_list("id", "name", "roles_now", "enrolled", "standing", "instant")
    found = list(rows)
    if found:
        remember(found[0][4])
        clock.remember(found[0][5])
    return [
        PersonActor(key, name, frozenset(roles), fresh_until, enrolled)
        for key, name, roles, enrolled, _, _ in found
    ]
