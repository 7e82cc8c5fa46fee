"""What waits for somebody on Today because of the board."""

from accounts.queries import waiting_for
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
