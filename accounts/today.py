"""What accounts itself tells the search: people, to those who keep the roles."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.models import PERSON_WORDS, Person
from accounts.policies import KEEPERS
from accounts.registry import Hit, Searchable, searchable
from accounts.states import Role
from core.policies import Actor, any_of
from core.search import Sought, matching


def find_people(actor: Actor, words: Sought) -> QuerySet[Any]:
    if not any_of(actor, "auditor", *KEEPERS):
        return Person.objects.none()
    live = Q(grants__revoked_at=None)
    rows = Person.objects.annotate(
        roles=StringAgg("grants__role", ",", filter=live, distinct=True, default="")
    )
    return matching(rows, words, name="name", fields=PERSON_WORDS)


def hit_person(row: Any) -> Hit:
    roles = ", ".join(Role(role).label for role in row.roles.split(",") if role)
    detail = ". ".join(filter(None, (roles, row.affiliation)))
    return Hit(row.name, _page(row), detail if row.active else f"No longer active. {detail}")


def _page(row: Person) -> str:
    """The page of people, at this person; "" while there is none."""
    try:
        return f"{reverse('accounts:people')}#person-{row.pk}"
    except NoReverseMatch:
        return ""


searchable.register("people", Searchable("people", find_people, hit_person, order=30))
