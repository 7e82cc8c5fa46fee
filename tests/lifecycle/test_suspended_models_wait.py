"""Nothing is asked of a suspended model: what is queued waits, says why, and goes on by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from board.models import Board
from core import clock
from essays.models import Essay
from interviews.steps import PURPOSE
from lifecycle.commands.suspensions import lift_suspension
from modelcalls import runner
from modelcalls.models import Call
from modelcalls.queries import calls_to_wake, why_waiting
from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import essays as make_essay
from tests.factories import interviews as make_interview
from tests.factories import lifecycle as make
from tests.provider import ScriptedProvider, says

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def test_an_essay_waits_in_the_queue_and_is_written_once_the_suspension_is_lifted(
    cast: Cast, signed_in: SignedIn
) -> None:
    make_board.found_board(cast)
    with ScriptedProvider() as provider:
        provider.will(says(make_essay.TEXT))
        essay = make_essay.requested(cast, make_essay.column(cast, provider.url))
        assert essay.call is not None
        author = essay.series.ai_model
        suspension = make.suspend(cast, author)
        assert calls_to_wake() == []
        assert runner.run(essay.call.pk) is None
        assert provider.received == []
        call = Call.objects.select_related("endpoint").get(pk=essay.call.pk)
        assert (call.state, call.tries) == ("queued", 0)
        assert f"{author.name} is suspended in an emergency" in why_waiting(call, clock.now())
        html = signed_in("steward").get(reverse("essays:essay", args=[essay.pk])).content.decode()
        assert f"{author.name} is suspended in an emergency" in html
        lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="The filter works.")
        assert calls_to_wake() == [essay.call.pk]
        assert runner.run(essay.call.pk) is not None
    assert Essay.objects.get(pk=essay.pk).state == "in_review"


def test_one_asked_for_meanwhile_waits_as_well_and_goes_on_when_it_lapses(cast: Cast) -> None:
    make_board.found_board(cast)
    with ScriptedProvider() as provider:
        provider.will(says(make_essay.TEXT))
        series = make_essay.column(cast, provider.url)
        make.suspend(cast, series.ai_model, days=2)
        essay = make_essay.requested(cast, series)
        assert runner.run(essay.call_id) is None
        with clock.moved(timedelta(days=2)):  # no task has written the end down
            assert calls_to_wake() == [essay.call_id]
            assert runner.run(essay.call_id) is not None


def test_calls_of_a_suspended_model_keep_no_other_from_the_same_endpoint(cast: Cast) -> None:
    make_board.found_board(cast)
    endpoint = make_essay.make_endpoint(cast, "http://127.0.0.1:9", max_concurrency=1)
    first, second = (
        make_essay.requested(
            cast, make_essay.found_series(cast, make_essay.make_author(cast, endpoint), title=title)
        )
        for title in ("Marginalia", "Small hours")
    )
    make.suspend(cast, first.series.ai_model)
    assert calls_to_wake() == [second.call_id]


def test_an_interview_waits_and_says_why_and_is_not_blocked_for_ever(cast: Cast, signed_in: SignedIn) -> None:
    interview = make_interview.started(cast)
    call = Call.objects.filter(purpose=PURPOSE).earliest("number")
    if not Board.objects.exists():
        make_board.found_board(cast)
    suspension = make.suspend(cast, interview.ai_model)
    assert runner.run(call.pk) is None
    page = signed_in("interviewer").get(reverse("interviews:interview-detail", args=[interview.pk]))
    assert "is suspended in an emergency, at the latest until" in page.content.decode()
    assert suspension.ends_at is not None
    with clock.frozen(suspension.ends_at):
        assert call.pk in calls_to_wake()
