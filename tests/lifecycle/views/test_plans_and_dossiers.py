"""The plan of a case from one date, and its frozen dossiers."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from board.models import Board
from core import clock
from lifecycle.commands.cases import edit_case
from lifecycle.commands.dossiers import freeze_dossier
from lifecycle.models import Case
from tests.factories import board as boards
from tests.factories import lifecycle as make

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def a_case(cast, **words) -> Case:
    board = boards.found_board(cast, demonstration=False, notice_days=60)
    return make.make_case(cast, board, **words)


def plan_url(case, query=""):
    return reverse("lifecycle:case-plan", args=[case.pk]) + query


def test_trying_a_day_shows_what_is_missed_and_saves_nothing(signed_in, cast):
    case = a_case(cast)
    member = signed_in("member")
    events = Event.objects.count()
    soon = clock.today() + timedelta(days=30)
    page = member.get(plan_url(case, f"?retires_on={soon:%Y-%m-%d}"))
    assert page.status_code == 200
    assert "cannot be kept" in text(page)
    assert "missed by" in text(page)
    assert "Set dates" not in text(page)
    case.refresh_from_db()
    assert (case.retires_on, Event.objects.count()) == (None, events)


def test_the_steward_sets_the_dates_and_the_requirement_of_notice_is_met(signed_in, cast):
    case = a_case(cast)
    day = clock.today() + timedelta(days=120)
    announce = day - timedelta(days=60)
    steward = signed_in("steward")
    shown = steward.get(plan_url(case, f"?retires_on={day:%Y-%m-%d}")).context["form"]
    assert (shown.initial["retires_on"], shown.initial["announced_on"]) == (day, announce)
    response = steward.post(plan_url(case), {"retires_on": day, "announced_on": announce})
    assert response.status_code == 303
    case.refresh_from_db()
    assert (case.retires_on, case.announced_on) == (day, announce)
    page = text(steward.get(reverse("lifecycle:case", args=[case.pk])))
    assert "60 days from" in page


@pytest.mark.parametrize("wrong", ["soon", "9999-12-31", "0001-01-01", "2027-02-30", ""])
def test_a_day_that_cannot_be_planned_falls_back_to_the_earliest(signed_in, cast, wrong):
    case = a_case(cast)
    page = signed_in("steward").get(plan_url(case, f"?retires_on={wrong}"))
    assert page.status_code == 200
    assert page.context["plan"].retires_on == page.context["plan"].earliest


def test_a_plan_costs_few_queries(signed_in, cast):
    case = a_case(cast)
    client = signed_in("steward")
    client.get(plan_url(case))
    with CaptureQueriesContext(connection) as asked:
        client.get(plan_url(case))
    assert len(asked) <= 12


def test_a_later_dossier_says_what_changed_since_the_round_before(signed_in, cast):
    case = a_case(cast)
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    edit_case(actor=cast.steward, case_id=case.pk, cost="It costs nothing any more.")
    freeze_dossier(actor=cast.steward, case_id=case.pk)
    client = signed_in("member")
    page = text(client.get(reverse("lifecycle:dossier", args=[case.pk, 2])))
    assert "What changed since dossier 1" in page
    assert "1,940 euros" in page
    assert "nothing any more" in page
    first = text(client.get(reverse("lifecycle:dossier", args=[case.pk, 1])))
    assert "What changed" not in first
    assert client.get(reverse("lifecycle:dossier", args=[case.pk, 3])).status_code == 404


def test_the_file_has_the_digest_the_board_votes_on_and_taking_it_is_recorded(signed_in, cast):
    case = a_case(cast)
    dossier = freeze_dossier(actor=cast.steward, case_id=case.pk)
    url = reverse("lifecycle:dossier-export", args=[case.pk, 1])
    response = signed_in("auditor").post(url)
    assert hashlib.sha256(response.content).hexdigest() == dossier.digest
    taken = Event.objects.get(verb="lifecycle.dossier.exported")
    assert (taken.actor_id, taken.target_id) == (cast.auditor.id, str(dossier.pk))
    assert signed_in("auditor").get(url).status_code == 405


def test_a_recused_member_gets_neither_the_dossier_nor_its_file(signed_in, cast):
    board = boards.found_board(cast)
    case = make.make_case(cast, board)
    ballot = boards.open_ballot_for(cast, make.propose(cast, case))
    client = signed_in("member")
    client.post(
        reverse("board:ballot-recuse", args=[ballot.pk]), {"category": "authored", "text": "I built it."}
    )
    assert Board.objects.exists()
    assert client.get(reverse("lifecycle:dossier", args=[case.pk, 1])).status_code == 403
    assert client.post(reverse("lifecycle:dossier-export", args=[case.pk, 1])).status_code == 403
    assert client.get(plan_url(case)).status_code == 403


def test_a_case_before_the_board_shows_its_plan_and_says_why_its_dates_are_fixed(signed_in, cast):
    board = boards.found_board(cast)
    case = make.make_case(cast, board)
    make.propose(cast, case)
    steward = signed_in("steward")
    page = text(steward.get(plan_url(case)))
    assert "its dates are fixed while that lasts" in page
    assert "Set dates" not in page
    refused = steward.post(plan_url(case), {"retires_on": clock.today() + timedelta(days=90)})
    assert refused.status_code == 409


def test_an_announcement_that_is_early_enough_is_not_moved_by_the_plan(signed_in, cast):
    early = clock.today() + timedelta(days=1)
    case = a_case(cast, announced_on=early)
    day = clock.today() + timedelta(days=120)
    shown = signed_in("steward").get(plan_url(case, f"?retires_on={day:%Y-%m-%d}")).context["form"]
    assert shown.initial["announced_on"] == early
