"""Nobody is shown a link that leads nowhere, or to a door that stays shut."""

from collections.abc import Callable

from django.test import Client

from tests.cast import Cast
from tests.factories.house import furnish
from tests.journeys.links import walked

ROLES = (
    "steward",
    "member",
    "colleague",
    "secretary",
    "interviewer",
    "coder",
    "editor",
    "publisher",
    "auditor",
)


def test_every_link_opens_for_whom_it_is_shown(
    cast: Cast, signed_in: Callable[[str], Client], client: Client
) -> None:
    furnish(cast)
    shut = []
    seen: dict[str, set[str]] = {}
    for role, visitor, starts in [("nobody", client, ("/",))] + [
        (role, signed_in(role), ("/desk/", "/")) for role in ROLES
    ]:
        visits = list(walked(visitor, *starts))
        seen[role] = {url for url, _, _ in visits}
        shut += [
            f"{role}: {url} is {status}, on {origin}"
            for url, status, origin in visits
            if status not in (200, 302)
        ]
    assert shut == []
    for place in ("/models/", "/decisions/20", "/essays/marginalia/"):
        assert any(url.startswith(place) for url in seen["nobody"]), place
    assert all("/desk/" in urls for role, urls in seen.items() if role != "nobody")
