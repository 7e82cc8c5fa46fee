"""What the apps above tell Today and the search (what waits, is due, changed, can be found), and who writes mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from core.policies import Actor
from core.registry import Registry
from core.search import Sought


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody. `action` names the way to it ("Open the vote"), `due` an instant, day or None.

    One that is `private` stands on their own page and in no mail: that it waits would tell others what they did not do.
    """

    title: str
    url: str
    detail: str
    action: str
    due: date | datetime | None = None
    private: bool = False


# As many things are shown on Today; each app tells at most one more, so that more of them can be told from as many.
MOST = 10

# By name; each is asked for what waits for one actor, first what is due first.
waiting: Registry[Callable[[Actor], list[Waiting]]] = Registry("accounts.waiting")


@dataclass(frozen=True)
class Due:
    """Something with a date that concerns somebody without waiting for them. `at` is a day or an instant."""

    title: str
    url: str
    at: date | datetime
    detail: str = ""


# So far ahead does Today look.
AHEAD = timedelta(days=14)

# By name; each is asked what comes for one actor from now until a day.
due: Registry[Callable[[Actor, date], list[Due]]] = Registry("accounts.due")


@dataclass(frozen=True)
class Seldom:
    """What waits for somebody, or is due, now and then only: Today asks once whether any row of all these is `there`.

    `there` gives the rows that may concern the actor, None when none ever does; `items` and `due` are asked when one
    is there. `there` is asked once a day for each set of roles (accounts.queries), so it may depend on the actor's
    roles, on the day and, in the rows' conditions, on the actor's id, and on nothing else.
    """

    there: Callable[[Actor], QuerySet[Any] | None]
    items: Callable[[Actor], list[Waiting]] = lambda actor: []
    due: Callable[[Actor], list[Due]] = lambda actor: []


# By name, as a field may be called.
seldom: Registry[Seldom] = Registry("accounts.seldom")


@dataclass(frozen=True)
class News:
    """How an event of one verb is told to those who may know of it: "Ines Marlow {sentence}".

    `url` makes the page's address from the id the event is about, so that no row need be read; `seen` says who
    may know of every event of this verb. A verb that only some events of which may be known has no place here.
    """

    sentence: str
    url: Callable[[str], str]
    seen: Callable[[Actor], bool]


# By verb. What is not here is not told: positions, reviews and sign-ins among others.
news: Registry[News] = Registry("accounts.news")


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Searchable:
    """One kind of thing the search finds. `find` gives rows this actor may know of, by core.search.matching.

    It is asked once a day for each set of roles and shape of words, so it may depend on the actor's roles and the day
    and, in the rows' conditions, on the actor's id, the words and the instant, and on nothing else.

    `label` is its plural ("models"); kinds are shown by `order`.
    """

    label: str
    find: Callable[[Actor, Sought], QuerySet[Any]]
    hit: Callable[[Any], Hit]
    order: int = 50


# By key, which stands in addresses: "models".
searchable: Registry[Searchable] = Registry("accounts.searchable")

# By name ("mail"); called by accounts.steps.tell inside a command, with mail.steps.post's keywords.
messengers: Registry[Callable[..., Any]] = Registry("accounts.messengers")
