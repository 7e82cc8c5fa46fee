"""Two people suspend a model without its board for 14 days in any 90, however they divide them."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from audit.testing import recorded
from board.commands import ballots
from core import clock
from core.errors import IllegalMove, Unacceptable
from lifecycle.allowance import DAY, MOST, WINDOW, Span, allowance, allowance_of
from lifecycle.commands.suspensions import confirm_suspension, drop_suspension, lift_suspension
from lifecycle.models import AIModel, Suspension
from lifecycle.states import SuspensionState
from lifecycle.tasks import expire_suspensions
from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import lifecycle as make

SignedIn = Callable[[str], Client]
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def on(day: float) -> datetime:
    return START + day * DAY


def suspended(*spans: tuple[float, float]) -> list[Span]:
    return [(on(start), on(end)) for start, end in spans]


# --- The rule alone -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "day", "days"),
    [
        ([], 0, 14),
        ([(0, 14)], 14, 0),
        ([(0, 5)], 5, 9),
        ([(0, 1.5)], 2, 12),  # a day begun counts whole
        ([(0, 14)], 89.9, 0),
        ([(0, 14)], 90, 14),  # each day gives one back as it is used
        ([(0, 7), (80, 87)], 88, 0),
        ([(0, 7), (80, 87)], 89, 0),
        ([(0, 7), (80, 87)], 90, 7),
        ([(0, 10)], 80, 4),
        ([(0, 10)], 85, 4),  # on the fifth day, the first of the ten would still be in the window
        ([(0, 10)], 86, 14),
        ([(0, 30)], 30, 0),  # more than there should be: from before the rule
    ],
)
def test_what_is_left(spans: list[tuple[float, float]], day: float, days: int) -> None:
    assert allowance(suspended(*spans), on(day)).days == days


def test_none_are_left_until_the_minute_from_which_a_day_is() -> None:
    left = allowance([(on(0), on(14) + timedelta(seconds=1))], on(20))
    assert (left.days, left.counted) == (0, 14)
    assert left.again_at == on(90) + timedelta(minutes=1)
    assert allowance(suspended((0, 7), (80, 87)), on(88)).again_at == on(90)
    assert allowance(suspended((0, 14)), on(90)).again_at is None


def most_in_a_window(spans: list[Span]) -> timedelta:
    """By trying every window that ends at a full hour."""
    last = max(end for _, end in spans)
    hours = int((last - START) / HOUR) + 1
    return max(
        sum((max(min(end, at) - max(start, at - WINDOW), timedelta(0)) for start, end in spans), timedelta(0))
        for at in (START + hour * HOUR for hour in range(hours + 1))
    )


def test_no_window_of_ninety_days_ever_holds_more_and_a_day_more_would_be_too_many() -> None:
    chance = random.Random(8)
    for _ in range(12):
        spans: list[Span] = []
        now = START
        for _ in range(6):
            now += chance.randrange(0, 40 * 24) * HOUR
            left = allowance(spans, now)
            if not left.days:
                assert left.again_at is not None
                assert allowance(spans, left.again_at).days
                assert not allowance(spans, left.again_at - HOUR).days
                continue
            if left.days < MOST.days:
                assert most_in_a_window([*spans, (now, now + (left.days + 1) * DAY)]) > MOST
            taken = chance.randrange(1, left.days * 24 + 1) * HOUR
            spans.append((now, now + taken))
            assert most_in_a_window(spans) <= MOST
            now += taken


# --- Held by the commands and said on the page ----------------------------------------------------


def wren(cast: Cast) -> AIModel:
    make_board.found_board(cast)
    return make.make_ai_model(cast)


def left(model: AIModel) -> int:
    return allowance_of(model).days


def page(client: Client, model: AIModel) -> str:
    response = client.get(reverse("lifecycle:model-suspend", args=[model.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_two_people_do_not_suspend_it_again_right_after_it_lapsed(cast: Cast, signed_in: SignedIn) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    assert suspension.confirmed_at is not None
    with clock.moved(14 * DAY):
        with pytest.raises(IllegalMove, match="for 14 of the 14 days they may in 90 days") as refused:
            make.propose_suspension(cast, model, days=1)
        assert "They may again from" in str(refused.value)
        assert "Until then open a case to limit access." in str(refused.value)
        html = page(signed_in("steward"), model)
        assert "They may again from" in html
        assert "Propose suspension</button>" not in html
        assert Event.objects.filter(verb="lifecycle.suspension.proposed", outcome="refused").count() == 1
    with clock.frozen(suspension.confirmed_at + WINDOW):
        assert make.suspend(cast, model).days == 14
    make.propose_suspension(cast, make.make_ai_model(cast, name="Lark"))


@pytest.mark.django_db
def test_fewer_days_are_offered_and_no_more_are_taken(cast: Cast, signed_in: SignedIn) -> None:
    model = wren(cast)
    assert "14 at most. It lapses after that" in page(signed_in("steward"), model)
    make.suspend(cast, model, days=12)
    with clock.moved(13 * DAY):
        steward = signed_in("steward")
        html = page(steward, model)
        assert (
            "2 at most. It lapses after that unless the board ratifies it. Two people have suspended" in html
        )
        assert "Two people have suspended Wren for 12 of the 14 days they may in 90 days." in html
        assert 'value="2"' in html
        assert 'max="2"' in html
        said = {"reason": "It leaked.", "days": 3, "board_id": str(make_board.Board.objects.get().pk)}
        response = steward.post(reverse("lifecycle:model-suspend", args=[model.pk]), said)
        assert response.status_code == 422
        assert "Ask for 2 days, or open a case to limit access." in response.content.decode()
        with pytest.raises(Unacceptable, match="Ask for 2 days") as refused:
            make.propose_suspension(cast, model, days=3)
        assert refused.value.field == "days"
        make.suspend(cast, model, days=2)
    with clock.moved(15 * DAY):
        assert left(model) == 0


@pytest.mark.django_db
def test_what_was_lifted_counts_until_then_and_what_was_dropped_does_not(cast: Cast) -> None:
    model = wren(cast)
    dropped = make.propose_suspension(cast, model)
    with clock.moved(3 * DAY):
        drop_suspension(actor=cast.chair, suspension_id=dropped.pk, reason="A false alarm.")
        assert left(model) == 14
        suspension = make.suspend(cast, model)
    assert suspension.confirmed_at is not None
    with clock.frozen(suspension.confirmed_at + 4 * DAY):
        lift_suspension(actor=cast.chair, suspension_id=suspension.pk, reason="The filter works.")
        assert left(model) == 10
    with clock.frozen(suspension.confirmed_at + 40 * DAY):
        assert left(model) == 10


@pytest.mark.django_db
def test_a_lost_vote_ends_it_and_what_it_lasted_counts(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    assert suspension.confirmed_at is not None
    with clock.frozen(suspension.confirmed_at + 6 * DAY + HOUR):
        make.decide(cast, make.ask_to_ratify(cast, suspension, days=20), "reject")
        assert suspension.ai_model.suspensions.get().ending == SuspensionState.REJECTED
        assert left(model) == 7
        with pytest.raises(Unacceptable, match=r"for 7 of the 14 days they may in 90 days\. Ask for 7 days"):
            make.propose_suspension(cast, model, days=8)


@pytest.mark.django_db
def test_the_days_that_the_board_ratified_do_not_count(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model)
    began = suspension.confirmed_at
    assert began is not None
    with clock.frozen(began + 3 * DAY):
        make.decide(cast, make.ask_to_ratify(cast, suspension, days=30))
    with clock.frozen(began + 10 * DAY):
        # Said anew, which does not make the days between the two decisions count.
        make.decide(cast, make.ask_to_ratify(cast, suspension, days=2))
    with clock.frozen(began + 12 * DAY):
        assert expire_suspensions() == 1
        assert left(model) == 11
    with clock.frozen(began + 70 * DAY):
        assert left(model) == 11
    with clock.frozen(began + WINDOW):
        assert left(model) == 14


@pytest.mark.django_db
def test_a_vote_that_carried_when_it_was_over_ratified_nothing(cast: Cast) -> None:
    model = wren(cast)
    suspension = make.suspend(cast, model, days=5)
    motion = make.ask_to_ratify(cast, suspension, days=20)
    ballot = make_board.open_ballot_for(cast, motion, days=10)
    make_board.vote(ballot, "approve", cast.chair, cast.member, cast.colleague)
    with clock.moved(6 * DAY):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
        assert ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk).carried
        assert left(model) == 9


@pytest.mark.django_db
def test_a_proposal_from_before_the_rule_is_not_confirmed_for_longer(cast: Cast) -> None:
    model = wren(cast)
    make.suspend(cast, model, days=10)
    with clock.moved(11 * DAY):
        waiting = make.propose_suspension(cast, model, days=4)
        with recorded():
            row = Suspension.objects.get(pk=waiting.pk)
            row.days = 14
            row.save()
        with pytest.raises(IllegalMove, match="Ask for 4 days, or open a case to limit access"):
            confirm_suspension(actor=cast.chair, suspension_id=waiting.pk)
        refused = Event.objects.get(verb="lifecycle.suspension.confirmed", outcome="refused")
        assert refused.target_id == str(waiting.pk)
        assert Suspension.objects.get(pk=waiting.pk).confirmed_at is None
