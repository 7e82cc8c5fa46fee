"""What every page knows about the site: organisation, the places this person may go, banners.

A place is shown only when its page exists and the person's roles have something to do there. It decides what
is *offered*; what is *allowed* is decided by each page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from accounts.queries import organisation
from accounts.second_factor import must_enrol
from accounts.states import Profile
from config.story import may_be_told

# As many places fit into the bottom bar of a phone; of more, the last ones fold under "More".
BAR = 5
EVERYONE = frozenset[str]()
STEWARDING = frozenset({"steward", "secretary", "archivist", "auditor"})
BOARD = frozenset({"steward", "secretary", "auditor", "board_member"})
LISTENING = frozenset({"steward", "interviewer", "coder", "auditor"})
PUBLISHING = frozenset({"steward", "editor", "publisher", "auditor"})
AUDITING = frozenset({"auditor"})
CALLING = frozenset({"steward", "interviewer", "auditor"})
KEEPING = frozenset({"steward", "secretary", "auditor"})


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. `parts` are shown in a second row; `roles` empty means everybody.

    `also`: the beginnings of further addresses that belong to it.
    """

    key: str
    label: str
    url: str
    roles: frozenset[str] = EVERYONE
    parts: tuple["Place", ...] = ()
    also: tuple[str, ...] = ()
    second: bool = False
    current: bool = field(default=False, compare=False)


DESK = (
    Place("today", "Today", "/desk/"),
    Place(
        "models", "Models", "/desk/models/", STEWARDING | {"interviewer"},
        (Place("models", "Our models", "/desk/models/"), Place("archive", "Preserved weights", "/desk/archive/"),
         Place("access", "Access requests", "/desk/access/")),
    ),
    Place("cases", "Cases", "/desk/cases/", STEWARDING | {"board_member", "interviewer"}),
    Place(
        "board", "Board", "/desk/ballots/", BOARD,
        (Place("ballots", "Votes", "/desk/ballots/"), Place("calendar", "Calendar", "/desk/ballots/calendar/"),
         Place("motions", "Proposals", "/desk/motions/"),
         Place("board", "Members and rules", "/desk/board/", also=("/desk/seats/",)),
         Place("guidelines", "Guidelines", "/desk/guidelines/")),
    ),
    Place(
        "interviews", "Interviews", "/desk/interviews/", LISTENING,
        (Place("interviews", "Interviews", "/desk/interviews/", also=("/desk/sessions/",)),
         Place("protocols", "Protocols", "/desk/protocols/"),
         Place("preferences", "Wishes and answers", "/desk/preferences/")),
    ),
    Place(
        "essays", "Essays", "/desk/essays/", PUBLISHING,
        (Place("essays", "This week", "/desk/essays/"), Place("series", "Columns", "/desk/series/")),
    ),
    Place(
        "records", "Records", "/desk/audit/", STEWARDING | {"editor", "interviewer"},
        (Place("audit", "Timeline", "/desk/audit/", AUDITING, also=("/desk/redactions/",)),
         Place("commitments", "Promises", "/desk/commitments/"),
         Place("controls", "Control tests", "/desk/controls/", KEEPING,
               also=("/desk/findings/", "/desk/crosswalk/")),
         Place("calls", "Model calls", "/desk/calls/", CALLING)),
    ),
)  # fmt: skip

PUBLIC = (
    Place("register", "Register", "/"),
    Place("decisions", "Decisions", "/decisions/"),
    Place("essays", "Essays", "/essays/"),
    Place("access", "Access", "/access/"),
    Place("verify", "Verify", "/transparency/"),
)

SETTINGS = (
    Place(
        "settings", "Settings", "/desk/settings/", KEEPING,
        (Place("people", "People and roles", "/desk/people/", also=("/desk/grants/",)),
         Place("setup", "Organisation", "/desk/settings/"),
         Place("requirements", "Requirements", "/desk/requirements/"),
         Place("visibility", "Visibility", "/desk/visibility/"), Place("mail", "Mail", "/desk/mail/"),
         Place("webhooks", "Webhooks", "/desk/webhooks/"),
         Place("endpoints", "Endpoints", "/desk/endpoints/", frozenset({"steward", "auditor"})),
         Place("health", "System health", "/desk/health/")),
    ),
)  # fmt: skip

# In the account menu, where they exist.
ACCOUNT = (
    Place("security", "Sign-in and security", "/desk/security/"),
    Place("security", "Sign-in and security", "/accounts/security/"),
    Place("mail", "Mail I receive", "/desk/mail/preferences/"),
    Place("public", "Public site", "/"),
)
COMPONENTS = Place("components", "Components", "/desk/components/")
MAILBOX = Place("mailbox", "Mailbox of this machine", "/desk/mailbox/")

# Places an organisation of this profile has no use for: who only watches the models of others hears none of them.
WITHOUT: dict[str, frozenset[str]] = {Profile.WATCH: frozenset({"interviews", "essays"})}


@lru_cache(maxsize=128)
def exists(path: str) -> bool:
    """Whether some view answers at this path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def offered(places: tuple[Place, ...], roles: frozenset[str]) -> list[Place]:
    """The places that exist and mean something to these roles. One with parts opens its first part."""
    found = []
    for place in places:
        if place.roles and place.roles.isdisjoint(roles):
            continue
        parts = tuple(offered(place.parts, roles))
        if parts:
            found.append(replace(place, url=parts[0].url, parts=parts))
        elif not place.parts and exists(place.url):
            found.append(place)
    return found


@lru_cache(maxsize=256)
def desk_places(roles: frozenset[str], profile: str) -> tuple[Place, ...]:
    """The places of the desk for these roles in an organisation of this profile."""
    unused = WITHOUT.get(profile, frozenset())
    return tuple(place for place in offered(DESK, roles) if place.key not in unused)


@lru_cache(maxsize=256)
def settings_places(roles: frozenset[str]) -> tuple[Place, ...]:
    return tuple(offered(SETTINGS, roles))


def marked(places: Iterable[Place], path: str) -> list[Place]:
    """The same places; the one whose address is the longest prefix of `path` is current."""

    places = list(places)

    def reach(place: Place) -> int:
        urls = [url for each in (place, *place.parts) for url in (each.url, *each.also)]
        roots = {"/", "/desk/"}
        return max(
            (len(url) for url in urls if path == url or (url not in roots and path.startswith(url))),
            default=0,
        )

    best = max((reach(place) for place in places), default=0)
    return [replace(place, current=bool(best) and reach(place) == best) for place in places]


def is_of_the_desk(path: str, actor: Any) -> bool:
    """Whether the desk stands around a page; a person's own account is part of it, once the desk is open to them."""
    return path.startswith("/desk/") or (path.startswith("/accounts/") and not must_enrol(actor))


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, what stands around a page: organisation, actor, places and their parts."""
    actor = getattr(request, "actor", None)
    desk = actor is not None and is_of_the_desk(request.path, actor)
    roles = actor.roles if actor is not None else EVERYONE
    path = "/" if request.path.startswith("/models/") else request.path
    # Where there is no public site, the sign-in page must not name what stands behind it.
    public = offered(PUBLIC, EVERYONE) if actor is not None or organisation().public_site else []
    places = marked(desk_places(roles, organisation().profile) if desk else public, path)
    places = [
        replace(place, second=len(places) > BAR and index >= BAR - 1) for index, place in enumerate(places)
    ]
    gear = marked(settings_places(roles), path) if desk else []
    here = next((place for place in (*places, *gear) if place.current), None)
    parts = marked(here.parts, path) if here and len(here.parts) > 1 else []
    account = [place for place in ACCOUNT if exists(place.url)]
    account += [MAILBOX] if settings.LOCAL_MODE else []
    return {
        "shell": {
            "organisation": SimpleLazyObject(lambda: organisation().name),
            "demonstration": getattr(settings, "DEMONSTRATION", ""),
            "actor": actor,
            "desk": desk,
            "places": places,
            "parts": parts,
            "more": [place for place in places if place.second],
            "settings": next(iter(gear), None),
            "account": [*account, COMPONENTS] if settings.DEBUG else account,
            "search": "/desk/search/" if desk else "",
            "verify": exists("/transparency/"),
            "story": may_be_told(),
        }
    }
