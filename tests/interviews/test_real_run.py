"""One whole interview for real: a Celery worker, the local model server, rows that really commit.

Nothing is asserted of what the model says: only that all of it is kept, adds up and can be proved.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from interviews.anchors import Anchor, holds, places
from interviews.commands.plans import plan_interview
from interviews.commands.runs import seal_interview
from interviews.commands.wishes import answer_preference, register_preference, sign_off_interview
from interviews.models import Interview, Turn
from interviews.queries.cases import interview_signed_off
from interviews.queries.pages import tally_of
from interviews.queries.records import integrity
from interviews.states import ENDED
from lifecycle.models import Commitment
from lifecycle.registry import Status
from tests.cast import Cast, admit_cast
from tests.factories import interviews as made
from tests.reliability.processes import Worker, wait_until, workers

LEASE = 120


@pytest.fixture
def start(fresh_db: str, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    with workers(fresh_db, tmp_path, lease=LEASE) as starting:
        yield starting


def a_started_interview(cast: Cast) -> Interview:
    """One question, two framings, two replicates, of the model behind the local server."""
    assert settings.LOCAL_MODEL_URL, "needs the local model server: run the tests through `manage.py local`"
    endpoint = made.an_endpoint(cast, f"{settings.LOCAL_MODEL_URL}/v1", model="smollm2-135m-instruct")
    case = made.a_case(cast, made.a_model(cast, endpoint))
    interview = plan_interview(
        actor=cast.interviewer,
        case_id=case.pk,
        protocol_version_id=made.a_protocol(cast).pk,
        replicates=2,
        max_tokens=24,
        temperature=0.7,
    )
    return made.started_from(cast, interview)


def test_an_interview_of_the_local_model_by_a_real_worker_ends_signed(start: Callable[[], Worker]) -> None:
    cast = admit_cast()
    interview = a_started_interview(cast)
    start()
    wait_until(lambda: made.reread(interview).state == "collected", "the interview is collected", seconds=420)

    states = list(interview.sessions.values_list("state", flat=True))
    tally = tally_of(states)
    assert tally.planned == tally.ended == 4
    assert set(states) <= ENDED
    answers = list(Turn.objects.filter(session__interview=interview, role="model"))
    assert len(answers) == 4
    for turn in answers:
        assert turn.facts["returned_model"] == "smollm2-135m-instruct"
        assert turn.outcome == turn.facts["outcome"]
        assert turn.call.attempts.filter(outcome__in=["completed", "truncated"]).count() == 1

    seal_interview(actor=cast.interviewer, interview_id=interview.pk)
    assert integrity(made.reread(interview), interview.design) == []

    turn = next(turn for turn in answers if turn.text.strip())
    quote = next(
        part for part in (turn.text.strip()[:40], turn.text.strip()) if len(places(turn.text, part)) == 1
    )
    wish = register_preference(
        actor=cast.interviewer,
        interview_id=interview.pk,
        turn_id=turn.pk,
        statement="As it was said",
        quote=quote,
    )
    assert holds(Anchor(wish.exact, wish.prefix, wish.suffix, wish.start, wish.end), turn.text)
    answer_preference(
        actor=cast.chair,
        preference_id=wish.pk,
        answer="accept",
        rationale="It costs nothing.",
        **made.a_promise(cast),
    )
    sign_off_interview(actor=cast.interviewer, interview_id=interview.pk)
    sign_off_interview(actor=cast.member, interview_id=interview.pk)
    assert made.reread(interview).state == "signed_off"
    assert Commitment.objects.count() == 1
    assert interview_signed_off(interview.case).status == Status.MET


def test_questions_queued_while_no_worker_ran_are_put_once_one_does(start: Callable[[], Worker]) -> None:
    cast = admit_cast()
    interview = a_started_interview(cast)
    assert set(interview.sessions.values_list("state", flat=True)) == {"running"}
    start()
    start()
    wait_until(lambda: made.reread(interview).state == "collected", "the interview is collected", seconds=420)
    assert Turn.objects.filter(session__interview=interview, role="model").count() == 4
    assert integrity(made.reread(interview), interview.design) == []
