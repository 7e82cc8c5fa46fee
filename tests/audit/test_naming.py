"""Records that a version points to: by name where the viewer may know of them, with the key beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from audit.naming import names_of, pointed_to, with_names
from audit.redactions import carry_out_redaction, propose_redaction
from audit.registry import withheld
from audit.testing import recorded
from audit.versions import Value, WrittenVersion, version_at, versions_written_by
from audit.withholding import Withheld, withheld_from
from board.models import Ballot, Elector, Motion, Position
from core import clock
from core.policies import Actor
from tests.audit.log import as_owner, run
from tests.cast import Cast
from tests.factories import board

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def motion(cast: Cast) -> Motion:
    return board.move_motion(cast, board.found_board(cast))


def record_page(row: Any, at: str = "") -> str:
    return f"/desk/audit/records/{row._meta.label}/{row.pk}/{at}"


def field_on(page: str, field: str) -> str:
    """What the first row, or the first term, of this name says."""
    for before, after in ((f'<th scope="row">{field}</th><td>', "</td>"), (f"<dt>{field}</dt><dd", "</dd>")):
        if before in page:
            return page.partition(before)[2].partition(after)[0]
    raise AssertionError(f"no {field} on the page")


def stands_of(motion: Motion) -> WrittenVersion:
    version = version_at(Motion, str(motion.pk), clock.now())
    assert version is not None
    return version


def named_to(viewer: Actor, version: WrittenVersion, kept: Withheld) -> WrittenVersion:
    return with_names([version], names_of(pointed_to([version]), viewer, kept))[0]


def values_of(version: WrittenVersion) -> dict[str, Value]:
    return {value.field: value for value in version.values}


@contextmanager
def asked() -> Iterator[list[str]]:
    """What the database was asked meanwhile."""
    with CaptureQueriesContext(connection) as few:
        found: list[str] = []
        yield found
    found += [each["sql"] for each in few]


def test_a_history_an_entry_and_as_of_name_people_and_records_and_keep_their_keys(
    cast: Cast, signed_in: Callable[[str], Client], motion: Motion
) -> None:
    auditor, steward = signed_in("auditor"), cast.person("steward")
    entry = Event.objects.get(verb="board.motion.moved")
    named = f'<a href="/desk/people/{steward.pk}/">Steward</a> <small class="digest">{steward.pk}</small>'
    of_board = f'Board for retired models</a> <small class="digest">{motion.board_id}</small>'
    for url in (record_page(motion), record_page(motion, "as-of/"), f"/desk/audit/{entry.number}/"):
        page = auditor.get(url).content.decode()
        assert named in field_on(page, "Mover"), url
        assert of_board in field_on(page, "Board"), url


def test_another_person_in_a_field_is_told_by_both_names(
    cast: Cast, signed_in: Callable[[str], Client], motion: Motion
) -> None:
    with recorded("moved by another"):
        motion.mover = cast.person("member")
        motion.save()
    told = field_on(signed_in("auditor").get(record_page(motion)).content.decode(), "Mover")
    before, _, after = told.partition("</del>")
    assert ">Steward</a>" in before.partition("<del>")[2]
    assert ">Member</a>" in after.partition("<ins>")[2]


def test_the_name_is_todays_and_gone_where_it_was_redacted(
    cast: Cast, signed_in: Callable[[str], Client], motion: Motion
) -> None:
    steward = cast.person("steward")
    asked_for = propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=steward.pk,
        columns=["name"],
        reason="privacy",
        explanation="They asked for it.",
    )
    carry_out_redaction(actor=cast.secretary, redaction_id=asked_for.pk)
    told = field_on(signed_in("auditor").get(record_page(motion)).content.decode(), "Mover")
    assert f'>[redacted]</a> <small class="digest">{steward.pk}</small>' in told
    assert "Steward" not in told


def test_a_key_of_nobody_stays_a_key(cast: Cast, signed_in: Callable[[str], Client], motion: Motion) -> None:
    with as_owner("board_historicalmotion"):
        run("update board_historicalmotion set mover_id = %s where id = %s", NOBODY, motion.pk)
    told = field_on(signed_in("auditor").get(record_page(motion)).content.decode(), "Mover")
    assert told.strip() == NOBODY


def test_a_withheld_record_is_named_nowhere(
    cast: Cast, motion: Motion, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Withheld({"board.Board": frozenset({str(motion.board_id)})})
    told = named_to(cast.auditor, stands_of(motion), kept)
    assert values_of(told)["board"] == values_of(stands_of(motion))["board"]
    assert values_of(told)["mover"].text == "Steward"
    (change,) = [change for change in told.changes if change.field == "board"]
    assert change.now is not None
    assert (change.now.text, change.now.key, change.now.url) == (str(motion.board_id), "", "")


def test_pages_ask_what_is_withheld_and_do_not_name_it(
    cast: Cast, signed_in: Callable[[str], Client], motion: Motion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seat is kept from the viewer; whom it is of is on the page by another key, and named there alone."""
    ballot = board.open_ballot_for(cast, motion)
    elector = Elector.objects.filter(ballot=ballot).order_by("pk")[0]
    assert elector.seat is not None
    number = Event.objects.get(verb="board.ballot.opened").number
    urls = (record_page(elector), record_page(elector, "as-of/"), f"/desk/audit/{number}/")
    client = signed_in("auditor")
    said = f' seat: {elector.name}</a> <small class="digest">{elector.seat_id}</small>'
    assert [url for url in urls if said in client.get(url).content.decode()] == list(urls)
    monkeypatch.setitem(withheld._items, "a test", lambda viewer: {"board.Seat": [elector.seat_id]})
    monkeypatch.setattr(Withheld, "events", frozenset())
    for url in urls:
        page = client.get(url).content.decode()
        assert said not in page
        assert str(elector.seat_id) in page


def test_whoever_may_not_see_people_reads_their_keys(cast: Cast, motion: Motion) -> None:
    def mover(viewer: Actor) -> Value:
        return values_of(named_to(viewer, stands_of(motion), withheld_from(viewer)))["mover"]

    assert mover(cast.member) == values_of(stands_of(motion))["mover"]
    assert mover(cast.auditor).text == "Steward"


def test_records_are_asked_for_at_once_however_many_there_are(
    cast: Cast, signed_in: Callable[[str], Client], motion: Motion
) -> None:
    board.seat_more(cast, motion.board, 20)
    ballot: Ballot = board.open_ballot_for(cast, motion)
    entry = Event.objects.get(verb="board.ballot.opened")
    versions = versions_written_by(entry)
    assert len([version for version in versions if version.model is Elector]) == 23
    kept = withheld_from(cast.auditor)
    with asked() as few:
        names = names_of(pointed_to(versions), cast.auditor, kept)
    assert len(few) <= 2, few
    assert {kind for kind, _key in names} >= {"accounts.Person", "board.Ballot", "board.Motion", "board.Seat"}
    board.vote(ballot, "approve", cast.member)
    position = Position.objects.get(ballot=ballot)
    client = signed_in("auditor")
    for url in (
        f"/desk/audit/{entry.number}/",
        record_page(ballot),
        record_page(motion),
        record_page(position),
    ):
        with asked() as few:
            assert client.get(url).status_code == 200
        assert len(few) <= 12, (url, len(few), "\n".join(q[:90] + " … " + q[-200:] for q in few))
