"""What waits for somebody on Today because of the board."""

from accounts.queries import waiting_for
from board.commands import ballots, entered, withdrawals
from tests.cast import Cast
from tests.factories import board


def titles(actor: object) -> list[str]:
    return [item.title for item in waiting_for(actor)]  # type: ignore[arg-type]


def test_a_proposal_waits_for_the_secretary_until_its_vote_is_opened(cast: Cast) -> None:
    motion = board.move_motion(cast, board.found_board(cast), title="Shall it be so?")
    assert titles(cast.secretary) == ["Open a vote: Shall it be so?"]
    assert titles(cast.member) == []
    board.open_ballot_for(cast, motion)
    assert titles(cast.secretary) == []
    assert titles(cast.member) == ["Vote: Shall it be so?"]


def test_it_does_not_wait_for_the_secretary_of_another_board(cast: Cast) -> None:
    board.move_motion(cast, board.found_board(cast), title="Shall it be so?")
    assert titles(cast.steward) == []


def test_what_was_entered_for_a_member_waits_for_them_until_it_is_answered(cast: Cast) -> None:
    motion = board.move_motion(cast, board.found_board(cast), title="Shall it be so?")
    ballot = board.open_ballot_for(cast, motion)
    ballots.take_position(
        actor=cast.secretary, ballot_id=ballot.pk, position="approve", entered_for=cast.member.id
    )
    entered.enter_recusal(
        actor=cast.secretary,
        ballot_id=ballot.pk,
        member_id=cast.colleague.id,
        category="personal",
        text="Kin.",
    )
    assert titles(cast.member) == ["Confirm or contest your position: Shall it be so?"]
    assert "Confirm or decline your recusal: Shall it be so?" in titles(cast.colleague)
    assert not [title for title in titles(cast.chair) if "Confirm" in title]
    entered.answer_position(actor=cast.member, ballot_id=ballot.pk, number=1, answer="confirm")
    entered.confirm_recusal(actor=cast.colleague, ballot_id=ballot.pk)
    assert titles(cast.member) == []
    assert titles(cast.colleague) == []


def test_what_was_entered_no_longer_waits_once_the_member_voted_anew(cast: Cast) -> None:
    ballot = board.open_ballot_for(cast)
    ballots.take_position(
        actor=cast.secretary, ballot_id=ballot.pk, position="approve", entered_for=cast.member.id
    )
    ballots.take_position(actor=cast.member, ballot_id=ballot.pk, position="reject", reason="I read it.")
    assert titles(cast.member) == []


def test_a_withdrawal_asked_for_waits_for_whoever_presides_until_they_agree(cast: Cast) -> None:
    motion = board.move_motion(cast, board.found_board(cast), title="Shall it be so?")
    ballot = board.open_ballot_for(cast, motion)
    for actor in (cast.chair, cast.member):
        ballots.take_position(actor=actor, ballot_id=ballot.pk, position="approve")
    assert titles(cast.chair) == []
    withdrawals.ask_withdrawal(actor=cast.steward, ballot_id=ballot.pk, reason="The successor is late.")
    assert titles(cast.chair) == ["Agree to a withdrawal, or not: Shall it be so?"]
    assert titles(cast.member) == []
    withdrawals.agree_to_withdrawal(actor=cast.chair, ballot_id=ballot.pk)
    assert titles(cast.chair) == []
