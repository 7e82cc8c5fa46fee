"""The three machines, by trying every pair."""

import itertools

import pytest

from core.errors import IllegalMove
from interviews.states import (
    ASKED_AGAIN,
    ENDED,
    INTERVIEW,
    PROTOCOL,
    SESSION,
    InterviewState,
    ProtocolState,
    SessionState,
)

I, S = InterviewState, SessionState  # noqa: E741

INTERVIEW_MOVES = {
    (I.DRAFT, I.AUTHORISED),
    (I.AUTHORISED, I.RUNNING),
    (I.RUNNING, I.COLLECTED),
    (I.COLLECTED, I.RUNNING),
    (I.COLLECTED, I.SEALED),
    (I.SEALED, I.REPORTED),
    (I.SEALED, I.SIGNED_OFF),
    (I.REPORTED, I.SIGNED_OFF),
    *((state, I.VOIDED) for state in (I.DRAFT, I.AUTHORISED, I.RUNNING, I.COLLECTED, I.SEALED, I.REPORTED)),
}
SESSION_MOVES = {
    (S.PLANNED, S.RUNNING),
    (S.PLANNED, S.SKIPPED),
    *((S.RUNNING, outcome) for outcome in ENDED),
    (S.TRUNCATED, S.RUNNING),
    (S.ERRORED, S.RUNNING),
}


@pytest.mark.parametrize(("current", "target"), list(itertools.product(I, I)))
def test_an_interview_moves_only_as_the_method_says(current: I, target: I):
    assert INTERVIEW.allows(current, target) == ((current, target) in INTERVIEW_MOVES)


@pytest.mark.parametrize(("current", "target"), list(itertools.product(S, S)))
def test_a_session_moves_only_as_the_method_says(current: S, target: S):
    assert SESSION.allows(current, target) == ((current, target) in SESSION_MOVES)


@pytest.mark.parametrize(("current", "target"), list(itertools.product(ProtocolState, ProtocolState)))
def test_a_frozen_protocol_never_thaws(current: ProtocolState, target: ProtocolState):
    assert PROTOCOL.allows(current, target) == (
        (current, target) == (ProtocolState.DRAFT, ProtocolState.FROZEN)
    )


def test_signed_off_and_voided_are_final():
    assert {I.SIGNED_OFF, I.VOIDED} == INTERVIEW.final


def test_a_refusal_is_never_asked_again():
    assert S.REFUSED not in ASKED_AGAIN
    with pytest.raises(IllegalMove):
        SESSION.require(S.REFUSED, S.RUNNING)
