"""Reads: the organisation, what waits for somebody, what is due, what can be found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar

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
from core.prepared import Given, Prepared, Somebody, written_blindly
from core.search import BEST_FIRST, Sought


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


# What this request has read: every page names the organisation, and many rules ask for its profile.
_read: ContextVar[list[OrganisationStanding] | None] = ContextVar("organisation_read", default=None)


def organisation() -> OrganisationStanding:
    """The organisation as it stands; within a request it is read once, everywhere else anew."""
    read = _read.get()
    if read:
        return read[0]
    return remember(the_organisation().first())


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
    if (read := _read.get()) is not None:
        read[:] = [standing]
    return standing


# What several parts of one page want from the same query.
_shared: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("shared_reading", default=None)
Read = TypeVar("Read")


def shared(key: tuple[object, ...], read: Callable[[], Read]) -> Read:
    """What `read` gives; within a request it is read once, everywhere else anew. For pages that only show."""
    kept = _shared.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: Read = kept[key]
    return found


@contextmanager
def one_reading() -> Iterator[None]:
    """For the length of one request, `organisation()` and each `shared` reading ask the database at most once."""
    token, other = _read.set([]), _shared.set({})
    try:
        yield
    finally:
        _read.reset(token)
        _shared.reset(other)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for the actor, what is due first, then in the order of the apps."""
    asked = [*waiting.values(), *(kind.items for kind in _there_for(actor))]
    found = [item for ask in asked for item in ask(actor)]
    return sorted(found, key=lambda item: (item.due is None, _day(item.due or date.max)))


def _there_for(actor: Actor) -> list[Seldom]:
    """Of what waits or is due seldom: the kinds of which something may be there. One query."""
    if actor.id is None:
        return []

    def read() -> list[Seldom]:
        names, query = _whether_there(actor.roles, clock.today())
        [there] = query.ask(actor=actor.id) if query else [()]
        return [seldom.get(name) for name, is_there in zip(names, there, strict=True) if is_there]

    return shared(("accounts.seldom", actor.id), read)


@lru_cache(maxsize=256)
def _whether_there(roles: frozenset[str], day: date) -> tuple[list[str], Prepared[Any] | None]:
    """What may concern somebody with these roles on this day, and the query that asks of each whether it is there.

    The kinds are written for an actor whose id is given later, so nothing else of an actor may get into them.
    """
    somebody = Somebody(roles)
    with clock.within_the_day(day), written_blindly(), one_reading():
        rows = {name: kind.there(somebody) for name, kind in seldom.items()}
    kinds = {name: Exists(found) for name, found in rows.items() if found is not None}
    one = Person.objects.filter(pk=somebody.id).order_by()
    return list(kinds), Prepared(one.values_list(*kinds.values())) if kinds else None


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
    given = {**words.values, "actor": actor.id, "now": clock.now()}
    found = []
    for key, each in sorted(searchable.items(), key=lambda item: item[1].order):
        rows = _best(key, actor.roles, words.shape, clock.today(), few).ask(**given)
        if rows:
            found.append(Found(key, each.label, rows[0].found, [each.hit(row) for row in rows]))
    return found


@lru_cache(maxsize=2048)
def _best(kind: str, roles: frozenset[str], shape: Any, day: date, few: int) -> Prepared[Any]:
    """The query for the best few of one kind, for words of this shape and somebody with these roles."""
    with clock.left_open(Given("now")), clock.within_the_day(day), written_blindly(), one_reading():
        return Prepared(searchable.get(kind).find(Somebody(roles), Sought(shape, {}))[:few])


def search_kind(actor: Actor, words: Sought, kind: str, asked: QueryDict) -> list[Found]:
    """Everything of one kind that matches, the best first, paged; `asked` is the query string."""
    each = searchable.get(kind)
    rows = each.find(actor, words)
    page = page_by_key(rows, asked, by=BEST_FIRST, size=ALL_AT_ONCE)
    hits = [each.hit(row) for row in page.rows]
    return [Found(kind, each.label, rows.count(), hits, page)] if hits else []
