"""Reads: the organisation, what waits for somebody, what is due, what can be found."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import QueryDict

from accounts.models import Organisation, Person, RoleGrant
from accounts.registry import AHEAD, Due, Hit, Seldom, Waiting, due, searchable, seldom, waiting
from accounts.states import Profile, Role, RollCall
from core import clock
from core.paging import Page, page_by_key
from core.policies import Actor
from core.prepared import written_once
from core.reading import keep, shared
from core.search import BEST_FIRST, Shape, Sought


@dataclass(frozen=True)
class OrganisationStanding:
    """Whose installation this is and what it has chosen. Before the founding: everything, in public."""

    name: str
    profile: Profile = Profile.LAB
    public_site: bool = True
    roll_call: RollCall = RollCall.NAMES
    founded_at: datetime | None = None

    @property
    def founded(self) -> bool:
        return self.founded_at is not None

    @property
    def watches_only(self) -> bool:
        """Whether only vendors' models are followed here, none of its own."""
        return self.profile == Profile.WATCH


_ORGANISATION = ("accounts.organisation",)


def organisation() -> OrganisationStanding:
    """The organisation as it stands. Every page names it, and many rules ask for its profile: `shared`."""
    return shared(_ORGANISATION, lambda: remember(the_organisation().first()))


def the_organisation() -> QuerySet[Organisation, dict[str, Any]]:
    """What pages need of the one row, if there is one, as one value."""
    return Organisation.objects.annotate(
        standing=JSONObject(
            name="name",
            profile="profile",
            public_site="public_site",
            roll_call="roll_call",
            founded_at="founded_at",
        )
    ).values_list("standing", flat=True)


def remember(row: dict[str, Any] | None) -> OrganisationStanding:
    """What `the_organisation` gave, kept for the rest of the request; None is what stands before the founding."""
    standing = OrganisationStanding(name=settings.ORGANISATION_NAME)
    if row is not None:
        standing = OrganisationStanding(
            name=row["name"],
            profile=Profile(row["profile"]),
            public_site=row["public_site"],
            roll_call=RollCall(row["roll_call"]),
            founded_at=datetime.fromisoformat(row["founded_at"]),
        )
    return keep(_ORGANISATION, standing)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for the actor, what is due first, then in the order of the apps."""
    asked = [*waiting.values(), *(kind.items for kind in _there_for(actor))]
    found = [item for ask in asked for item in ask(actor)]
    return sorted(found, key=lambda item: (item.due is None, _day(item.due or date.max)))


def _there_for(actor: Actor) -> list[Seldom]:
    """Of what waits or is due seldom: the kinds of which something may be there. One query."""

    def read() -> list[Seldom]:
        return [seldom.get(name) for name in _there(_whether_there(actor))]

    return shared(("accounts.seldom", actor.id), read)


@written_once
def _whether_there(actor: Actor) -> QuerySet[Any, Any] | None:
    """One row: of each kind that may concern somebody with these roles, whether anything is there."""
    rows = {name: kind.there(actor) for name, kind in seldom.items()}
    kinds = {name: Exists(found) for name, found in rows.items() if found is not None}
    return _one_row(actor, kinds) if kinds else None


def _one_row(actor: Actor, kinds: dict[str, Exists]) -> QuerySet[Any, Any]:
    """What is asked for somebody of several kinds, as the only row of a query; `_there` reads it."""
    me: Any = actor.id
    asked = {f"any_{name}": kind for name, kind in kinds.items()}  # no field of a person is called so
    return Person.objects.filter(pk=me).order_by().values(**asked)


def _there(rows: list[dict[str, bool]]) -> list[str]:
    """The names of the kinds of which there is any."""
    return [name.removeprefix("any_") for row in rows for name, is_there in row.items() if is_there]


def people_in_role(*roles: str) -> QuerySet[Person]:
    """The active people who hold one of these roles now."""
    now = clock.now()
    in_force = RoleGrant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), role__in=roles, starts_at__lte=now, revoked_at=None
    )
    return Person.objects.filter(active=True, pk__in=in_force.values("person_id"))


def auditors_without_end() -> QuerySet[RoleGrant]:
    """Grants of the auditor's role that go on until somebody thinks of them: from before there was a rule."""
    rows = RoleGrant.objects.filter(role=Role.AUDITOR, ends_at=None, revoked_at=None, person__active=True)
    return rows.select_related("person").order_by("person__name")


def roles_ending(within: timedelta) -> QuerySet[RoleGrant]:
    """Grants that end within so long, of people who are active."""
    now = clock.now()
    rows = RoleGrant.objects.filter(ends_at__gt=now, ends_at__lte=now + within, revoked_at=None)
    return rows.filter(person__active=True, person__user__isnull=False).order_by("ends_at", "pk")


def due_for(actor: Actor) -> list[Due]:
    """What comes within two weeks (AHEAD), or is overdue, in the order of its day."""
    until = clock.today() + AHEAD
    often = [item for ask in due.values() for item in ask(actor, until)]
    found = [*often, *(item for kind in _there_for(actor) for item in kind.due(actor))]
    return sorted(found, key=lambda item: _day(item.at))


def _day(at: date | datetime) -> tuple[date, datetime]:
    instant = at if isinstance(at, datetime) else datetime.combine(at, time.max, UTC)
    return instant.astimezone(UTC).date(), instant


#: Hits of one kind on a page.
ALL_AT_ONCE = 50


@dataclass(frozen=True)
class Found:
    """What the search found of one kind, and how many there are: the first few, or one page of all."""

    key: str
    label: str
    total: int
    hits: list[Hit]
    page: Page[Any] | None = None


def search(actor: Actor, words: Sought, *, few: int = 5) -> list[Found]:
    """What of everything the actor may know of matches the words, a few of each kind."""
    there = _there(_whether_found(actor, words.shape, **words.values))
    found = []
    for key, each in sorted(searchable.items(), key=lambda item: item[1].order):
        if key in there and (rows := _best(actor, key, words.shape, few, **words.values)):
            found.append(Found(key, each.label, rows[0].found, [each.hit(row) for row in rows]))
    return found


@written_once
def _whether_found(actor: Actor, shape: Shape) -> QuerySet[Any, Any]:
    """One row: of each kind, whether anything of it matches. Most searches find something of a few kinds only."""
    kinds = {key: Exists(each.find(actor, Sought(shape, {}))) for key, each in searchable.items()}
    return _one_row(actor, kinds)


@written_once
def _best(actor: Actor, kind: str, shape: Shape, few: int) -> QuerySet[Any]:
    """The best few of one kind, for words of this shape."""
    return searchable.get(kind).find(actor, Sought(shape, {}))[:few]


def search_kind(actor: Actor, words: Sought, kind: str, asked: QueryDict) -> list[Found]:
    """Everything of one kind that matches, the best first, paged; `asked` is the query string."""
    each = searchable.get(kind)
    rows = each.find(actor, words)
    page = page_by_key(rows, asked, by=BEST_FIRST, size=ALL_AT_ONCE)
    hits = [each.hit(row) for row in page.rows]
    return [Found(kind, each.label, rows.count(), hits, page)] if hits else []
