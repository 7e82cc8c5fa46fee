"""Names nobody tried, boards of three hundred, and an installation with nothing in it yet."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from playwright.sync_api import Browser, BrowserContext, expect

from accounts import commands as accounts
from board.commands import boards
from tests.cast import ROLES, Cast, admit_cast
from tests.factories import board as make_board
from tests.factories import essays as make_essay
from tests.factories import interviews as make_interview
from tests.factories import lifecycle as make_case
from tests.factories.house import House
from tests.journeys.conftest import signed_in_window
from tests.journeys.links import walked

LONG = "Retirement of incomprehensible counterrevolutionaries " * 4
UNBROKEN = "Wwwwwwwwww" * 20
RIGHT_TO_LEFT = "\u0646\u0645\u0648\u0630\u062c \u0627\u0644\u0644\u063a\u0629 \u202e123\u202c"
COMBINING = "Za" + "\u0301\u0327\u0338" * 30 + "lgo"
QUERIES = 12


@pytest.mark.parametrize(
    "name", [LONG, UNBROKEN, RIGHT_TO_LEFT, COMBINING], ids=["long", "unbroken", "right to left", "combining"]
)
def test_no_name_breaks_a_page_on_a_phone(
    name: str, house: House, visitor: Callable[..., BrowserContext]
) -> None:
    pages = dict(named(house.cast, name[:190]))
    too_wide = []
    for role, urls in pages.items():
        page = visitor(role, width=360).new_page()
        for url in urls:
            answer = page.goto(url)
            assert answer is not None
            assert answer.status == 200, url
            beyond = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if beyond > 0:
                too_wide.append(f"{url} sticks out by {beyond} px")
    assert too_wide == []


def named(cast: Cast, name: str) -> Iterator[tuple[str, list[str]]]:
    """Something of every kind under that name, and the pages that show it."""
    board = boards.found_board(actor=cast.steward, name=name, demonstration=True)
    person = accounts.admit_person(
        actor=cast.steward, name=name, email="named@example.org", affiliation=name, password=None
    )
    accounts.grant_role(actor=cast.steward, person_id=person.pk, role="board_member")
    for seated, role in (
        (person, "member"),
        (cast.person("member"), "member"),
        (cast.person("chair"), "chair"),
    ):
        boards.seat_member(actor=cast.steward, board_id=board.pk, person_id=seated.pk, role=role, basis=name)
    boards.seat_member(
        actor=cast.steward,
        board_id=board.pk,
        person_id=cast.person("secretary").pk,
        role="secretary",
        basis="x",
    )
    ai_model = make_case.make_ai_model(cast, name=name, provider=name, family=name, licence=name)
    case = make_case.make_case(cast, board, ai_model=ai_model, title=name, asked=name, cost=name)
    make_case.make_commitment(cast, ai_model, text=name, source=name)
    motion = make_board.move_motion(cast, board, title=name, text=name, status_quo=name)
    ballot = make_board.open_ballot_for(cast, motion)
    make_board.vote(ballot, "reject", cast.member, reason=name)
    version = make_interview.a_protocol(cast, title=name, purpose=name)
    publication = make_essay.published(cast, title=name)
    essay = publication.essay
    yield (
        "nobody",
        [
            "/",
            reverse("lifecycle_public:model", args=[ai_model.slug]),
            reverse("essays_public:column", args=[essay.series.slug]),
            reverse("essays_public:essay", args=[essay.series.slug, essay.slug]),
        ],
    )
    yield (
        "member",
        [
            "/desk/",
            reverse("board:ballot", args=[ballot.pk]),
            reverse("board:ballots"),
            reverse("board:board"),
            reverse("board:motion", args=[motion.pk]),
            reverse("lifecycle:cases"),
            reverse("lifecycle:case", args=[case.pk]),
        ],
    )
    yield (
        "steward",
        [
            reverse("lifecycle:models"),
            reverse("lifecycle:model-record", args=[ai_model.pk]),
            reverse("lifecycle:case-edit", args=[case.pk]),
            reverse("lifecycle:commitments"),
            reverse("interviews:protocol-detail", args=[version.pk]),
            reverse("essays:series", args=[essay.series_id]),
            reverse("essays:essay", args=[essay.pk]),
        ],
    )
    yield (
        "secretary",
        [reverse("board:ballot", args=[ballot.pk]), reverse("board:ballot-enter", args=[ballot.pk])],
    )
    yield ("auditor", [reverse("audit:event-timeline")])


def test_a_board_of_three_hundred_votes_on_a_phone(browser: Browser, address: str) -> None:
    cast = admit_cast()
    board = make_board.found_board(cast)
    make_board.seat_more(cast, board, 297)
    ballot = make_board.open_ballot_for(cast, make_board.move_motion(cast, board))
    url = reverse("board:ballot", args=[ballot.pk])
    for role in ("member", "secretary"):
        client = Client()
        client.force_login(
            cast.person(role).user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= QUERIES, [query["sql"][:120] for query in queries]
    window = signed_in_window(browser, address, cast.person("member"), width=360)
    page = window.new_page()
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Record position").click()
    expect(page.get_by_role("main")).to_contain_text("You voted: approve.")
    window.close()


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_installation_says_how_to_begin(role: str, signed_in: Callable[[str], Client]) -> None:
    pages: dict[str, str] = {}
    visits = list(walked(signed_in(role), "/desk/", "/", pages=pages))
    lost = [f"{url} is {status}, on {origin}" for url, status, origin in visits if status not in (200, 302)]
    assert lost == []
    assert [url for url, html in pages.items() if "<main" in html and not says_how_to_begin(html)] == []


def says_how_to_begin(html: str) -> bool:
    """A page without records has a sentence and somewhere to go, or a form to fill in."""
    main = html.partition("<main")[2]
    return 'class="sentence"' in main or 'class="empty"' in main or "<form" in main or "<table" in main


def test_nobody_lives_here_yet_and_the_public_pages_still_open(db: None, client: Client) -> None:
    for url, status, _ in walked(client, "/"):
        assert status in (200, 302), (url, resolve(urlsplit(url).path).view_name)
    assert client.get("/desk/").status_code == 302
