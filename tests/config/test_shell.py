"""What stands around a page: places by role, the current one, and pages of refusal."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.html import conditional_escape

from config import context
from config.context import DESK, PUBLIC, desk_places, exists, marked, offered
from config.specimens import NAMES
from core.errors import IllegalMove, NotAllowed
from tests.cast import ROLES, Cast


def labels(*roles: str) -> list[str]:
    return [place.label for place in offered(DESK, frozenset(roles))]


def test_every_place_offered_has_a_page() -> None:
    every_role = frozenset().union(*(place.roles for place in DESK))
    for place in (*offered(DESK, every_role), *offered(PUBLIC, frozenset())):
        assert exists(place.url)
        assert all(exists(part.url) for part in place.parts)


def test_a_board_member_sees_today_cases_and_board() -> None:
    assert labels("board_member") == ["Today", "Cases", "Board"]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_offered_a_place_that_refuses_them(signed_in: Callable[[str], Client], role: str) -> None:
    client = signed_in(role)
    shell = client.get("/desk/").context["shell"]
    for place in shell["places"]:
        for target in (place, *place.parts):
            assert client.get(target.url).status_code == 200, target


def test_an_outsider_sees_today_alone() -> None:
    assert labels() == ["Today"]


@pytest.mark.parametrize(
    ("role", "folded"), [("editor", []), ("steward", ["Interviews", "Essays", "Records"])]
)
def test_on_a_phone_only_what_has_no_room_folds_under_more(
    signed_in: Callable[[str], Client], role: str, folded: list[str]
) -> None:
    shell = signed_in(role).get("/desk/").context["shell"]
    assert [place.label for place in shell["more"]] == folded


def test_the_longest_matching_address_is_current() -> None:
    places = offered(DESK, frozenset({"auditor"}))
    current = [place.key for place in marked(places, "/desk/audit/7/") if place.current]
    assert current == ["records"]
    assert [place.key for place in marked(places, "/desk/") if place.current] == ["today"]


@pytest.mark.django_db
def test_a_model_page_belongs_to_the_register(rf: RequestFactory) -> None:
    shell = context.site(rf.get("/models/haldane-2/"))["shell"]
    assert [place.key for place in shell["places"] if place.current] == ["register"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "heading"),
    [
        (NotAllowed("Ask the steward."), "This is not yours to do"),
        (IllegalMove("It is closed."), "This cannot be done now"),
    ],
)
def test_a_refusal_is_a_page_with_its_sentence(rf: RequestFactory, refusal: Exception, heading: str) -> None:
    page = render_to_string("refused.html", {"refusal": refusal}, request=rf.get("/desk/x/"))
    assert heading in page
    assert str(refusal) in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("500.html", "A fault of ours stopped this page"),
        ("400.html", "This request was not understood"),
        ("403_csrf.html", "The form you sent was too old"),
    ],
)
def test_the_page_after_a_fault_needs_no_database(template: str, heading: str) -> None:
    page = render_to_string(template)
    assert heading in page
    assert page.count("<h1") == 1


def test_a_host_that_is_not_ours_is_not_understood(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This request was not understood" in response.content.decode()


@pytest.mark.django_db
def test_what_a_view_does_not_find_is_said_in_our_words_with_debug_on_too(
    cast: Cast, signed_in: Callable[[str], Client], settings: pytest.FixtureRequest
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    response = signed_in("auditor").get("/desk/audit/999999999/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


@pytest.mark.django_db
def test_a_missing_page_says_where_to_begin(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_the_component_page_shows_every_component(
    cast: Cast, signed_in: Callable[[str], Client], settings: pytest.FixtureRequest
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    page = signed_in("steward").get("/desk/components/").content.decode()
    assert page.count("<h1") == 1
    for part in (
        "vote-hold",
        "Secret until",
        "outcome-model-ended",
        "Published as written",
        "timeline-table",
    ):
        assert part in page


def test_every_component_stands_on_the_component_page(
    signed_in: Callable[[str], Client], settings: pytest.FixtureRequest
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    response = signed_in("steward").get("/desk/components/")
    shown = {template.name for template in response.templates}
    folder = settings.BASE_DIR / "templates"  # type: ignore[attr-defined]
    every = {str(path.relative_to(folder)) for path in (folder / "components").glob("*.html")}
    assert len(every) > 20
    assert every - shown == set()


def test_names_keep_their_own_direction(
    signed_in: Callable[[str], Client], settings: pytest.FixtureRequest
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    page = signed_in("steward").get("/desk/components/").content.decode()
    for name in NAMES:
        shown = page.count(conditional_escape(name))
        alone = len(re.findall(rf'(?:dir="auto">(?:<p>)?|<bdi>){re.escape(conditional_escape(name))}', page))
        assert shown > alone > 3, name


def test_an_organisation_that_only_watches_is_offered_no_interviews_and_no_essays() -> None:
    every = frozenset(ROLES) | {"board_member"}
    assert {"interviews", "essays"} <= {place.key for place in desk_places(every, "lab")}
    watching = {place.key for place in desk_places(every, "watch")}
    assert not watching & {"interviews", "essays"}
    assert {"models", "cases", "board"} <= watching


def test_the_account_menu_offers_only_pages_that_exist(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("member")
    account = client.get("/desk/").context["shell"]["account"]
    assert account
    assert all(client.get(item.url).status_code in (200, 302) for item in account)


def test_the_component_page_is_for_local_mode_only(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("steward").get("/desk/components/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/"],
)
def test_pages_of_the_door_have_one_heading_and_labelled_fields(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert page.count("<h1") == 1
    assert page.count("<label") >= page.count('<input type="password"') + page.count('<input type="email"')


def test_a_persons_own_account_stands_on_the_desk_and_the_way_in_does_not(
    signed_in: Callable[[str], Client], client: Client
) -> None:
    account = signed_in("member").get("/accounts/security/").context["shell"]
    assert account["desk"]
    assert [place.label for place in account["places"]] == ["Today", "Cases", "Board"]
    assert not client.get("/accounts/login/").context["shell"]["desk"]


def test_who_must_set_up_a_second_factor_first_is_shown_no_places_that_are_shut(
    signed_in: Callable[[str], Client], settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    page = signed_in("member").get("/accounts/security/")
    assert page.context["must_enrol"]
    assert not page.context["shell"]["desk"]


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("path", ["/nothing/", "/desk/nothing/"])
@pytest.mark.django_db
def test_an_unknown_address_is_a_page_of_ours_in_local_mode_too(
    client: Client, settings: Any, debug: bool, path: str
) -> None:
    settings.DEBUG = debug
    response = client.get(path)
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is nothing at this address" in page
    assert "URLconf" not in page


@pytest.mark.django_db
def test_an_address_without_its_last_slash_is_still_found(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert client.get("/decisions").headers["Location"] == "/decisions/"
