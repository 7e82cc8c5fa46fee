"""Today: what waits, what is due, what changed since one was here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import Visit
from accounts.queries import due_for, waiting_for
from accounts.registry import news, seldom
from accounts.states import Role
from accounts.visits import look
from audit.models import Event
from core import clock
from tests.cast import Cast
from tests.factories import board as boards
from tests.factories import lifecycle
from tests.factories.accounts import make_organisation


def told(actor: Any) -> list[str]:
    return [f"{line.who} {line.sentence}" for record in look(actor).records for line in record.lines]


@pytest.mark.parametrize("roles", [*({role} for role in Role), set(Role), set()])
def test_nothing_that_waits_seldom_is_missed_whatever_somebodys_roles(cast: Cast, roles: set[Role]) -> None:
    case = lifecycle.make_case(cast, boards.found_board(cast))
    lifecycle.make_commitment(cast, case.ai_model, owner="steward", due_on=clock.today())
    actor = replace(cast.steward, roles=frozenset(roles))
    asked = {item.url for item in waiting_for(actor)}
    for kind in seldom.values():
        assert {item.url for item in kind.items(actor)} <= asked
    assert any("/commitments/" in url for url in asked)


def test_what_others_did_is_told_and_ones_own_acts_are_not(cast: Cast) -> None:
    lifecycle.make_case(cast, boards.found_board(cast))
    assert "Steward opened the case" in told(cast.chair)
    assert "Steward opened the case" not in told(cast.steward)


def test_a_record_is_told_once_with_what_was_done_to_it_newest_first(cast: Cast) -> None:
    lifecycle.propose(cast, lifecycle.make_case(cast, boards.found_board(cast)))
    (case,) = [record for record in look(cast.chair).records if record.label.startswith("Case ")]
    assert [line.sentence for line in case.lines] == ["put the case to the board", "froze the dossier"]
    assert case.further == 1


def test_an_hour_later_only_what_is_newer_is_new(cast: Cast) -> None:
    board = boards.found_board(cast)
    lifecycle.make_case(cast, board)
    assert told(cast.chair)
    with clock.moved(timedelta(hours=2)):
        assert told(cast.chair) == []
        lifecycle.make_ai_model(cast, name="Haldane 2")
        assert told(cast.chair) == ["Steward registered the model"]


def test_looking_again_at_once_loses_nothing(cast: Cast) -> None:
    lifecycle.make_ai_model(cast)
    assert told(cast.chair) == told(cast.chair) != []


def test_what_is_marked_as_read_is_gone_and_what_came_after_the_page_stays(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    lifecycle.make_ai_model(cast)
    client = signed_in("chair")
    upto = client.get("/desk/").context["news"].upto
    lifecycle.make_ai_model(cast, name="Haldane 2")
    assert client.post("/desk/read/", {"upto": upto}).status_code == 303
    assert told(cast.chair) == ["Steward registered the model"]


@pytest.mark.parametrize("upto", ["", "x", "-3", "9" * 40, str(10**17)])
def test_a_mark_that_cannot_be_right_hides_nothing_that_comes_later(
    cast: Cast, signed_in: Callable[[str], Client], upto: str
) -> None:
    assert signed_in("chair").post("/desk/read/", {"upto": upto}).status_code == 303
    lifecycle.make_ai_model(cast)
    assert told(cast.chair) == ["Steward registered the model"]


def test_a_position_is_never_told(cast: Cast) -> None:
    ballot = boards.open_ballot_for(cast, boards.move_motion(cast, boards.found_board(cast)))
    boards.vote(ballot, "approve", cast.member)
    assert Event.objects.filter(verb="board.position.taken").exists()
    assert not any("position" in line or line.startswith("Member") for line in told(cast.chair))


@pytest.mark.parametrize(
    "verb", ["board.position.taken", "board.recusal.declared", "essays.review.submitted"]
)
def test_what_only_some_may_know_is_no_news(verb: str) -> None:
    assert verb not in news


def test_what_one_may_not_read_is_not_told(cast: Cast) -> None:
    boards.move_motion(cast, boards.found_board(cast))
    assert "Steward put a proposal to the board" in told(cast.member)
    assert "Steward put a proposal to the board" not in told(cast.editor)
    assert told(cast.outsider) == []


def test_a_refused_act_is_not_told(cast: Cast) -> None:
    ids = set(Event.objects.values_list("number", flat=True))
    with pytest.raises(Exception, match="steward"):
        lifecycle.register_ai_model(actor=cast.editor, name="X", provider="Y")
    assert Event.objects.exclude(number__in=ids).get().outcome == "refused"
    assert told(cast.chair) == []


def test_every_piece_of_news_leads_to_a_page_that_exists() -> None:
    key = "5f6d3c52-7a30-4f1f-9a41-7f2ed1a1b001"
    lost = []
    for verb, each in news.items():
        try:
            resolve(each.url(key).partition("?")[0])
        except Resolver404:
            lost.append(verb)
    assert lost == []


def test_a_vote_that_closes_is_due_for_those_who_have_voted_too(cast: Cast) -> None:
    ballot = boards.open_ballot_for(cast, boards.move_motion(cast, boards.found_board(cast)))
    boards.vote(ballot, "approve", cast.member)
    assert [item.url for item in due_for(cast.member)] == [f"/desk/ballots/{ballot.pk}/"]
    assert due_for(cast.editor) == []


def test_a_promise_of_somebody_else_is_due_for_the_auditor(cast: Cast) -> None:
    lifecycle.make_commitment(cast, lifecycle.make_ai_model(cast), due_on=clock.today() + timedelta(days=3))
    lifecycle.make_commitment(
        cast, lifecycle.make_ai_model(cast, name="B"), due_on=clock.today() + timedelta(days=30)
    )
    assert [item.title for item in due_for(cast.auditor)] == ["Keep the weights in three copies"]


def test_what_waits_for_somebody_is_not_said_to_be_due_as_well(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    boards.open_ballot_for(cast, boards.move_motion(cast, boards.found_board(cast)))
    page = signed_in("member").get("/desk/").context
    assert [item.action for item in page["waiting"]] == ["Open the vote"]
    assert page["due"] == []


def test_the_first_thing_that_waits_is_the_first_action_of_the_page(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    boards.open_ballot_for(cast, boards.move_motion(cast, boards.found_board(cast)))
    page = signed_in("member").get("/desk/").content.decode()
    assert page.count('class="button primary"') == 1
    assert "One thing waits for you" in page


def test_who_has_nothing_to_do_and_nothing_new_is_told_so(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("outsider").get("/desk/").content.decode()
    assert "Nothing waits for you" in page
    assert "Nothing that concerns you has changed" in page


def test_a_visit_is_kept_in_no_history(cast: Cast) -> None:
    look(cast.chair)
    before = Event.objects.count()
    look(cast.chair)
    assert Visit.objects.filter(person_id=cast.chair.id).count() == 1
    assert Event.objects.count() == before
    assert not hasattr(Visit, "history")


@pytest.mark.parametrize(
    "role", ["steward", "member", "secretary", "interviewer", "editor", "publisher", "auditor"]
)
def test_today_takes_at_most_twelve_queries(
    cast: Cast, signed_in: Callable[[str], Client], role: str, django_assert_max_num_queries: Any
) -> None:
    make_organisation(cast)
    boards.open_ballot_for(cast, lifecycle.propose(cast, lifecycle.make_case(cast, boards.found_board(cast))))
    client = signed_in(role)
    client.get("/desk/")
    with django_assert_max_num_queries(12):
        client.get("/desk/")
