"""One record in the auditor's browser: every version, how it stood, what belongs to it, and who read it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.test import Client

from accounts.models import Person
from audit.belonging import belonging_to
from audit.models import Event
from audit.testing import recorded
from audit.versions import Change, WrittenVersion, version_at, versions_of
from audit.withholding import withheld_from
from board.models import Ballot, Certificate, Position
from lifecycle.models import Case, Dossier
from tests.cast import Cast
from tests.factories import board, lifecycle


def rename(person: Person, *names: str) -> list[datetime]:
    """A version for each name, and the moment after each."""
    moments = []
    for name in names:
        with recorded(f"now called {name}"):
            person.name = name
            person.save()
        moments.append(Event.objects.latest("number").at)
    return moments


def said(version: WrittenVersion) -> dict[str, str]:
    return {value.field: value.text for value in version.values}


def test_versions_are_paged_by_key_both_ways_with_what_each_changed(cast: Cast) -> None:
    person = cast.person("editor")
    rename(person, *(f"Name {number}" for number in range(70)))
    first = versions_of(Person, str(person.pk), QueryDict(), size=25)
    second = versions_of(Person, str(person.pk), QueryDict(first.older_url[1:]), size=25)
    back = versions_of(Person, str(person.pk), QueryDict(second.newer_url[1:]), size=25)
    assert [row.history_id for row in back.rows] == [row.history_id for row in first.rows]
    assert (first.newer, bool(second.older)) == ("", True)
    names = [(row.changes[0].before, row.changes[0].after) for row in first.rows + second.rows]
    assert names == [(f"Name {at - 1}", f"Name {at}") for at in range(69, 19, -1)]
    odd = versions_of(Person, str(person.pk), QueryDict("cursor=<nonsense"))
    assert odd.rows[0].history_id == first.rows[0].history_id


def test_a_change_is_told_word_by_word_unless_it_is_long() -> None:
    change = Change("reason", "kept until spring", "kept until next spring")
    assert change.words == [("equal", "kept until "), ("insert", "next "), ("equal", "spring")]
    long = Change("reason", "word " * 2_000, "word " * 2_001)
    assert [kind for kind, _ in long.words] == ["delete", "insert"]


def test_as_of_finds_the_version_of_any_moment(cast: Cast) -> None:
    person = cast.person("editor")
    before = datetime.now(UTC) - timedelta(days=1)
    moments = rename(person, *(f"Name {number}" for number in range(40)))
    # Others write in between, so that the numbers of its versions have holes.
    rename(cast.person("steward"), "Other", "Another")
    for number, moment in enumerate(moments):
        found = version_at(Person, str(person.pk), moment)
        assert found is not None
        assert said(found)["name"] == f"Name {number}"
    assert version_at(Person, str(person.pk), before) is None
    assert version_at(Person, "00000000-0000-0000-0000-000000000000", moments[0]) is None


def test_a_version_counts_from_the_time_of_its_event(cast: Cast) -> None:
    person = cast.person("editor")
    with recorded("slow"):
        person.name = "Late"
        person.save()
        written = Person.history.filter(id=person.pk).latest().history_date
    event = Event.objects.latest("number")
    assert written < event.at
    early, late = version_at(Person, str(person.pk), written), version_at(Person, str(person.pk), event.at)
    assert early is not None
    assert late is not None
    assert (said(early)["name"], said(late)["name"]) == ("Editor", "Late")


def test_a_case_has_its_dossier_its_motion_and_its_votes(cast: Cast) -> None:
    founded = board.found_board(cast)
    case = lifecycle.make_case(cast, founded)
    lifecycle.decide(cast, lifecycle.propose(cast, case))
    found = belonging_to(Case.objects.get(pk=case.pk), cast.auditor, withheld_from(cast.auditor))
    assert next(iter(found)) is Case
    assert {Dossier, Ballot, Position, Certificate} <= set(found)
    assert len(found[Position]) == Position.objects.count()
    assert Person not in found


def test_a_ballot_takes_its_proposal_along_and_no_other_round(cast: Cast) -> None:
    ballot = board.open_ballot_for(cast)
    other = board.open_ballot_for(cast, board.move_motion(cast, ballot.motion.board, title="Another matter"))
    found = belonging_to(ballot, cast.auditor, withheld_from(cast.auditor))
    assert [row.pk for row in found[type(ballot.motion)]] == [ballot.motion_id]
    assert other.pk not in {row.pk for row in found[Ballot]}


def test_pages_of_a_record(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    person = cast.person("editor")
    first, _second = rename(person, "Grace <b>Hopper</b>", "Grace Murray <b>Hopper</b>")
    client, record = signed_in("auditor"), f"/desk/audit/records/accounts.Person/{person.pk}/"
    history = client.get(record).content.decode()
    assert "<ins>Murray </ins>" in history
    assert "&lt;b&gt;Hopper" in history
    assert "now called Grace Murray" in history
    assert "Not yet sealed" in history
    stamp = (first + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")[:23]
    assert stamp in history
    as_of = client.get(f"{record}as-of/", {"at": stamp}).content.decode()
    assert "read from the versions recorded then" in as_of
    assert "Grace &lt;b&gt;Hopper" in as_of
    assert "Grace Murray" not in as_of.partition('id="own"')[2].partition("</section>")[0]
    assert "Not there yet" in client.get(f"{record}as-of/", {"at": "1999-01-01T00:00"}).content.decode()
    assert client.get(f"{record}as-of/", {"at": "nonsense"}).status_code == 200
    assert client.get("/desk/audit/records/accounts.User/" + str(person.pk) + "/").status_code == 404
    assert client.get("/desk/audit/records/no.Such/" + str(person.pk) + "/").status_code == 404


def test_reading_a_restricted_record_is_an_event(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    ai_model = lifecycle.make_ai_model(cast)
    client, record = signed_in("auditor"), f"/desk/audit/records/lifecycle.AIModel/{ai_model.pk}/"
    reads = Event.objects.filter(verb="audit.record.read", target_id=str(ai_model.pk))
    client.get(record)
    assert reads.count() == 0
    with recorded():
        ai_model.visibility = "internal"
        ai_model.save()
    client.get(record)
    client.get(f"{record}as-of/")
    client.get(record, {"cursor": "<1"})
    assert [event.data["page"] for event in reads.order_by("number")] == ["history", "as of"]
    assert reads.latest("number").actor_name == "Auditor"


def test_every_page_of_a_record_leads_an_auditor_to_its_history(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    case = lifecycle.make_case(cast, board.found_board(cast))
    link = f"/desk/audit/records/lifecycle.Case/{case.pk}/"
    page = signed_in("auditor").get(f"/desk/cases/{case.pk}/").content.decode()
    assert link in page
    assert "Not yet sealed" in page
    assert link not in signed_in("steward").get(f"/desk/cases/{case.pk}/").content.decode()
