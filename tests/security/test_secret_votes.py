"""A secret vote, by every address as every role: not one byte changes for anybody but whoever votes.

The addresses are those of the permission table, as its rows make them, and again with the secret vote in their place.
Each page is asked before anybody voted, after the member voted and changed it, and after they recused themselves.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from board.commands import ballots
from board.models import Ballot, Board, Position, Recusal, Seat
from core import clock
from tests.cast import Cast
from tests.factories.board import move_motion, open_ballot_for, open_secret_ballot_for
from tests.security.permissions import EVERYONE, NOBODY, Row
from tests.security.test_permissions import ROWS

VOTER = "member"
# They tell of processes and of clocks, not of records, and differ from one second to the next.
OF_THE_MOMENT = ("readyz", "health")
# Pages of what a vote touches are asked after each act; the others once after all of them.
NEAR = ("board", "board_public", "audit", "audit_public", "api", "accounts", "mail")

CLIENTS = Callable[[str], Client]


def acts(cast: Cast, ballot: Ballot) -> list[Callable[[], object]]:
    """What the voter does, one after the other."""

    def votes_and_changes() -> None:
        ballots.take_position(actor=cast.member, ballot_id=ballot.pk, position="approve")
        ballots.take_position(
            actor=cast.member,
            ballot_id=ballot.pk,
            position="hold",
            reason="The third copy is unchecked.",
            lifts_when="It is checked.",
        )

    def recuses() -> None:
        ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")

    return [votes_and_changes, recuses]


def in_its_place(kwargs: dict[str, Any], ballot: Ballot) -> dict[str, Any]:
    """The same address with the secret vote for what its row made."""
    own = {"ballot_id": ballot.pk, "motion_id": ballot.motion_id}
    found = {name: own.get(name, value) for name, value in kwargs.items()}
    if "kind" in found and "key" in found:
        found |= {"kind": "board.Ballot", "key": ballot.pk}
    return found


def shown(response: HttpResponseBase) -> tuple[int, str, str]:
    """What a response says, without what differs each time: tokens, and how far clocks are apart."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined,arg-type]
    text = body.decode(errors="replace")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    text = re.sub(r'"X-CSRFToken": ?"\w+"', "", text)
    text = re.sub(r'name="once" value="[^"]+"', "", text)
    text = re.sub(r"\d+\.\d s apart", "", text)
    if response.headers.get("Content-Type") == "application/pdf":
        text = hashlib.sha256(body).hexdigest()
    return response.status_code, response.headers.get("Location", ""), text


def asked(url: str, roles: tuple[str, ...], clients: dict[str, Client]) -> dict[str, tuple[int, str, str]]:
    """The page as each role gets it, each from the same records: a page that is refused is an entry itself."""
    found = {}
    for role in roles:
        before = transaction.savepoint()
        found[role] = shown(clients[role].get(url))
        transaction.savepoint_rollback(before)
    return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for role, (status, where, text) in after.items():
        if role != VOTER and before[role] != (status, where, text):
            pairs = zip(before[role][2].splitlines(), text.splitlines(), strict=False)
            line = next(((old, new) for old, new in pairs if old != new), ("", ""))
            yield f"{role}: {before[role][:2]} → {(status, where)}: {line[0][:300]} → {line[1][:300]}"


def pages() -> list[tuple[str, list[Row]]]:
    """The rows of the table that look at something, by page."""
    rows = sorted((row for row in ROWS if row.method == "GET"), key=lambda row: row.name)
    return [
        (name, list(some)) for name, some in groupby(rows, lambda row: row.name) if name not in OF_THE_MOMENT
    ]


@pytest.mark.parametrize(("name", "rows"), pages(), ids=lambda value: value if isinstance(value, str) else "")
def test_nobody_but_the_voter_sees_a_byte_change(
    name: str, rows: list[Row], cast: Cast, signed_in: CLIENTS
) -> None:
    clients = {role: Client() if role == NOBODY else signed_in(role) for role in EVERYONE}
    told: list[str] = []
    for row in rows:
        before = transaction.savepoint()
        with clock.frozen(clock.now()):
            told += walked(row, cast, clients)
        transaction.savepoint_rollback(before)
    assert told == []


def walked(row: Row, cast: Cast, clients: dict[str, Client]) -> Iterator[str]:
    """What changed on the pages of one row; on a board that the row made, if it made one."""
    made = row.make(cast)
    kept = Seat.objects.filter(person_id=cast.secretary.id, role=Seat.Role.SECRETARY, ended_at=None)
    board = Board.objects.filter(pk__in=kept.values("board")).first()
    motion = move_motion(cast, board, title="Shall it be told?") if board else None
    ballot = open_secret_ballot_for(cast, motion)
    own = [made, in_its_place(made, ballot)]
    urls = list(dict.fromkeys(reverse(row.name, kwargs=kwargs) for kwargs in own))
    before = {url: asked(url, EVERYONE, clients) for url in urls}
    done = acts(cast, ballot)
    for act in done:
        act()
        if act is done[-1] or row.name.partition(":")[0] in NEAR:
            for url in urls:
                yield from (f"{url} {line}" for line in differing(before[url], asked(url, EVERYONE, clients)))
    assert Position.objects.filter(ballot=ballot).count() == 2
    assert Recusal.objects.filter(ballot=ballot).count() == 1


def test_the_walk_would_notice(cast: Cast, signed_in: CLIENTS) -> None:
    """The same walk over a vote that is not secret finds it: on its page, on the list, in the timeline."""
    clients = {role: signed_in(role) for role in ("chair", "secretary", "auditor")}
    with clock.frozen(clock.now()):
        ballot = open_ballot_for(cast)
        urls = [
            reverse("board:ballot", args=[ballot.pk]),
            reverse("board:ballots"),
            reverse("audit:event-timeline"),
        ]
        before = {url: asked(url, tuple(clients), clients) for url in urls}
        acts(cast, ballot)[0]()
        found = {url: set(differing(before[url], asked(url, tuple(clients), clients))) for url in urls}
    assert [len(lines) for lines in found.values()] == [3, 1, 1]


def test_the_voter_sees_their_own(cast: Cast, signed_in: CLIENTS) -> None:
    clients = {VOTER: signed_in(VOTER)}
    ballot = open_secret_ballot_for(cast)
    url = reverse("board:ballot", args=[ballot.pk])
    before = asked(url, (VOTER,), clients)
    acts(cast, ballot)[0]()
    assert "You voted: hold." in asked(url, (VOTER,), clients)[VOTER][2]
    assert "You voted" not in before[VOTER][2]
