"""The calendar of votes: a month, a file, and a private address that can be ended."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from accounts import commands as accounts
from accounts.models import RoleGrant
from audit.models import Event
from board.calendar import Month, month_named, month_of
from board.commands import ballots
from board.commands.calendars import make_calendar_address
from board.models import CalendarAddress
from core import clock
from tests.cast import Cast
from tests.factories.board import closed_ballot_for, found_board, move_motion, open_ballot_for, vote

pytestmark = pytest.mark.django_db


def events_of(body: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def test_a_month_has_whole_weeks_and_each_vote_on_its_day(cast: Cast) -> None:
    with clock.frozen(datetime(2027, 3, 22, 12, tzinfo=UTC)):
        ballot = open_ballot_for(cast, days=10)  # closes 1 April
    shown: Month = month_of(date(2027, 4, 1), date(2027, 4, 27))
    days = [day for week in shown.weeks for day in week]
    assert {len(week) for week in shown.weeks} == {7}
    assert (days[0].day, days[-1].day) == (date(2027, 3, 29), date(2027, 5, 2))
    assert [day.day for day in days if day.closing == [ballot]] == [date(2027, 4, 1)]
    assert [day.day.day for day in days if day.today] == [27]
    assert (shown.before, shown.after) == ("2027-03", "2027-05")
    assert shown.ballots == [ballot]
    # In March's drawing the same day stands outside, and the vote is not in its list.
    march = month_of(date(2027, 3, 1), date(2027, 4, 27))
    days = [day for week in march.weeks for day in week]
    assert [day.day for day in days if day.opening == [ballot]] == [date(2027, 3, 22)]
    assert [(day.day, day.inside) for day in days if day.closing == [ballot]] == [(date(2027, 4, 1), False)]
    assert march.ballots == []


@pytest.mark.parametrize("text", ["", "2026-13", "nonsense", "0001-01", "9999-12", "2026-11-01"])
def test_a_month_that_is_none_is_this_month(text: str) -> None:
    assert month_named(text, date(2026, 11, 27)) == date(2026, 11, 1)


def test_the_page_draws_and_lists_the_month_in_its_address(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ballot = open_ballot_for(cast)
    url = reverse("board:calendar")
    page = signed_in("auditor").get(url, {"month": f"{ballot.closes_at:%Y-%m}"}).content.decode()
    assert page.count(ballot.motion.title) >= 2
    assert (
        "No vote closes in this month."
        in signed_in("auditor").get(url, {"month": "2020-02"}).content.decode()
    )


def test_the_file_holds_ones_own_votes_and_never_how_anybody_voted(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ballot = open_ballot_for(cast)
    vote(ballot, "reject", cast.chair, reason="Too dear.")
    response = signed_in("member").get(reverse("board:calendar-file"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = events_of(response.content)
    assert entry["summary"] == f"Vote closes: {ballot.motion.title}"
    assert entry["dtstart"].dt == ballot.closes_at.replace(microsecond=0)
    assert not [word for word in (b"reject", b"Too dear", b"approve") if word in response.content.lower()]
    assert events_of(signed_in("steward").get(reverse("board:calendar-file")).content) == []
    assert len(events_of(signed_in("secretary").get(reverse("board:calendar-file")).content)) == 1


def test_who_recused_themselves_has_no_entry_and_a_closed_vote_stays_where_counting_stopped(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ballot = open_ballot_for(cast)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    assert events_of(signed_in("member").get(reverse("board:calendar-file")).content) == []
    other = closed_ballot_for_another(cast, ballot.motion.board)
    entries = {str(entry["uid"]).partition("@")[0]: entry for entry in chairs(signed_in)}
    assert other.counts_until is not None
    assert entries[f"ballot-{other.pk}"]["dtstart"].dt == other.counts_until.replace(microsecond=0)


def chairs(signed_in: Callable[[str], Client]) -> list[icalendar.Event]:
    return events_of(signed_in("chair").get(reverse("board:calendar-file")).content)


def closed_ballot_for_another(cast: Cast, board: object) -> ballots.Ballot:
    ballot = open_ballot_for(cast, move_motion(cast, board))  # type: ignore[arg-type]
    vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    return ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def test_the_private_address_is_told_once_kept_as_a_digest_and_out_of_history(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    open_ballot_for(cast)
    client = signed_in("member")
    response = client.post(reverse("board:calendar-address"))
    found = re.search(r"/calendar/([\w-]{40,})\.ics", response.content.decode())
    assert found
    path = found[1]
    assert response["Cache-Control"] == "no-store"
    assert path not in client.get(reverse("board:calendar-address")).content.decode()
    assert path not in str(CalendarAddress.objects.values().get())
    assert path not in str(list(Event.objects.values()))
    assert len(events_of(Client().get(f"/calendar/{path}.ics").content)) == 1


def test_a_new_address_ends_the_old_one_and_it_can_be_ended(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    found_board(cast)
    first = make_calendar_address(actor=cast.member)
    second = make_calendar_address(actor=cast.member)
    assert Client().get(f"/calendar/{first}.ics").status_code == 404
    assert Client().get(f"/calendar/{second}.ics").status_code == 200
    assert signed_in("member").post(reverse("board:calendar-address-end")).status_code == 303
    assert Client().get(f"/calendar/{second}.ics").status_code == 404


def test_the_address_answers_no_more_once_its_person_reads_the_board_no_more(cast: Cast) -> None:
    found_board(cast)
    secret = make_calendar_address(actor=cast.member)
    grant = RoleGrant.objects.get(person=cast.person("member"), role="board_member")
    accounts.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="On leave")
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
    assert Client().get("/calendar/guess.ics").status_code == 404


def test_an_old_vote_leaves_the_calendar(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    closed_ballot_for(cast)
    assert len(chairs(signed_in)) == 1
    with clock.moved(timedelta(days=200)):
        assert chairs(signed_in) == []
