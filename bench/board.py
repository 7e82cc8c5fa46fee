"""The board: what recording a position costs, five hundred electors at once, pages with five hundred of them."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from audit.models import Event
from bench import rounds, times
from bench.electorate import Electorate, electorate
from bench.shelf.models import PlainBook
from bench.visitors import client_of
from board.commands import ballots as commands
from board.models import Ballot, Position
from board.queries import roll_of
from config import demo
from core import clock
from core.door import DeskRequest, desk_page

FEW, MANY, WORKERS = 9, 500, 24
ROUNDS, EACH = 9, 20
QUERIES = 12
INSERT = "/desk/insert/"


@desk_page
def insert(request: DeskRequest) -> HttpResponse:
    """The reference: whoever is signed in adds one row in a transaction, and is led on."""
    with transaction.atomic():
        PlainBook.objects.create(title=request.POST["reason"])
    return HttpResponse(status=303, headers={"Location": "/desk/"})


urlpatterns = [path("desk/insert/", insert), *times.urlpatterns]


def measured() -> list[dict[str, Any]]:
    """Rows for positions, for the crowd, and for the pages of its vote."""
    call_command("migrate", verbosity=0)
    demo.ensure_people()
    few, many = electorate(FEW), electorate(MANY)
    with override_settings(ROOT_URLCONF="bench.board"):
        rows = [_position(few), _position(many)]
        ballot, crowd = _crowd(many)
        return [*rows, *crowd, *_pages(many, ballot)]


def _position(people: Electorate) -> dict[str, Any]:
    """Members in turn record a position, each time another one than before, by the address the page uses."""
    ballot, clients = people.opened(), people.clients()
    turns = {"vote": _turns(clients), "insert": _turns(clients)}
    seconds = rounds.median_seconds(
        {
            "insert": lambda: _post(*next(turns["insert"]), INSERT),
            "vote": lambda: _post(*next(turns["vote"]), _address(ballot)),
        },
        rounds=ROUNDS,
        each=EACH,
        warm=3,
    )
    return rounds.row(
        f"recording a position, {len(clients)} electors: {seconds['vote'] * 1000:.1f} ms, "
        f"the reference {seconds['insert'] * 1000:.1f} ms",
        seconds["vote"],
        over=seconds["insert"],
        reference="a view behind the same sign-in that inserts one row in a transaction",
        bar=4.0,
    )


def _turns(clients: Sequence[Client]) -> Iterator[tuple[Client, dict[str, str]]]:
    """Everybody in turn; each time round they say something else."""
    for turn in itertools.count():
        position = ("approve", "reject", "abstain")[turn % 3]
        for client in clients:
            yield client, {"position": position, "reason": f"Said in turn {turn}."}


def _address(ballot: Ballot) -> str:
    return reverse("board:ballot-position", args=[ballot.pk])


def _post(client: Client, said: dict[str, str], address: str) -> None:
    response = client.post(address, said)
    if response.status_code != 303:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _crowd(people: Electorate) -> tuple[Ballot, list[dict[str, Any]]]:
    """Everybody votes at once, as many workers as there are; beside it everybody inserts a row at once."""
    ballot, clients = people.opened("Shall the lamp be lit at dusk?"), people.clients()
    said = [{"position": ("approve", "reject")[at % 3 == 2], "reason": f"Number {at}."} for at in range(MANY)]
    inserting = _at_once(clients, said, INSERT)
    voting = _at_once(clients, said, _address(ballot))
    wrong = _differences(ballot, people, said)
    return ballot, [
        {
            "figure": f"{MANY} electors vote at once, {WORKERS} at a time: {wrong} lost, doubled or counted otherwise",
            "ratio": float(wrong),
            "reference": "what each sent, and a replay of the events",
            "bar": 0.0,
        },
        rounds.row(
            f"{MANY} electors vote at once, {WORKERS} at a time: {voting:.1f} s until the last is recorded",
            voting,
            over=inserting,
            reference=f"{MANY} rows inserted by the reference view in the same way, which nothing makes wait",
            bar=None,
        ),
    ]


def _at_once(clients: Sequence[Client], said: Sequence[dict[str, str]], address: str) -> float:
    """Seconds from the first request to the last response."""
    together = threading.Barrier(WORKERS)

    def work(shift: int) -> None:
        try:
            together.wait(timeout=30)
            for at in range(shift, len(clients), WORKERS):
                _post(clients[at], said[at], address)
        finally:
            connections.close_all()

    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(work, range(WORKERS)))
    return time.perf_counter() - started


def _differences(ballot: Ballot, people: Electorate, said: Sequence[dict[str, str]]) -> int:
    """How many positions, numbers and counts are not what was sent, and not what the events say."""
    sent = {person.pk: one["position"] for person, one in zip(people.electors, said, strict=True)}
    kept = list(
        Position.objects.filter(ballot=ballot).values_list("elector__person_id", "position", "number")
    )
    told = [
        (event.data["member"], event.data["position"])
        for event in Event.objects.filter(
            target_id=str(ballot.pk), verb="board.position.taken", outcome="done"
        )
    ]
    names = {person.pk: person.name for person in people.electors}
    counts, replay = roll_of(ballot, clock.now()).counts, Counter(position for _, position in told)
    return (
        len(set(sent.items()) ^ {(who, position) for who, position, _ in kept})
        + len(set(range(1, MANY + 1)) ^ {number for *_, number in kept})
        + len({(names[who], position) for who, position in sent.items()} ^ set(told))
        + abs(len(told) - MANY)
        + abs(counts.approve - replay["approve"])
        + abs(counts.reject - replay["reject"])
    )


def _pages(people: Electorate, ballot: Ballot) -> list[dict[str, Any]]:
    """The pages of a vote of five hundred: by a member, by the secretary, closed, certified."""
    address, member = reverse("board:ballot", args=[ballot.pk]), people.clients()[MANY // 2]
    secretary = client_of("secretary")
    rows = [
        _page("the vote as a member", member, address),
        _page("the vote's live part as a member", member, reverse("board:ballot-tally", args=[ballot.pk])),
        _page("the vote as the secretary", secretary, address),
        _page("the secretary's view of all votes", secretary, reverse("board:ballots")),
        _page("the calendar", member, reverse("board:calendar")),
    ]
    commands.close_ballot(actor=demo.actor("secretary"), ballot_id=ballot.pk, reason="All have voted.")
    rows.append(_page("certifying it", secretary, reverse("board:ballot-certify", args=[ballot.pk])))
    done = commands.certify_result(actor=demo.actor("secretary"), ballot_id=ballot.pk)
    decision = reverse("board_public:decision", args=[done.number])
    return [*rows, _page("the decision", member, decision), _page("the vote, decided", member, address)]


def _page(name: str, client: Client, address: str) -> dict[str, Any]:
    """Queries of a page over 12; beside them how long it takes and how heavy it is."""
    client.get(address)
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    seconds = time.perf_counter() - started
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return {
        "figure": f"{MANY} electors, {name}: {len(captured)} queries, {len(response.content) / 1000:.0f} kB, "
        f"{seconds * 1000:.0f} ms",
        "ratio": round(len(captured) / QUERIES, 2),
        "reference": f"{QUERIES} queries",
        "bar": 1.0,
    }
