"""Wrong owners of votes and motions."""

from accounts import commands as accounts
from accounts.models import RoleGrant
from board.commands import ballots, boards
from board.commands.withdrawals import ask_withdrawal
from board.models import Ballot, Board, Seat
from tests.cast import Cast
from tests.factories import board as make_board
from tests.security.permissions import ballots as of_ballots
from tests.security.wrong_owners import Kwargs, Made, WrongOwner, _seated, a_reason, also, newcomer


def _of(ballot: Ballot) -> Kwargs:
    return {"ballot_id": ballot.pk}


def member_of_another_board(cast: Cast) -> Made:
    ballot = make_board.open_ballot_for(cast)
    other = boards.found_board(actor=cast.steward, name="Another board", demonstration=True)
    person = newcomer(cast, "board_member")
    _seated(cast, other, person, "member")
    return _of(ballot), person


def secretary_of_another_board(cast: Cast, *, closed: bool = False) -> Made:
    ballot = make_board.closed_ballot_for(cast) if closed else make_board.open_ballot_for(cast)
    other = boards.found_board(actor=cast.steward, name="Another board", demonstration=True)
    person = newcomer(cast, "secretary")
    _seated(cast, other, person, "secretary")
    return _of(ballot), person


def secretary_of_another_board_at_a_closed_vote(cast: Cast) -> Made:
    return secretary_of_another_board(cast, closed=True)


def secretary_of_another_board_at_a_motion(cast: Cast) -> Made:
    _, person = secretary_of_another_board(cast)
    board = Board.objects.get(name="Board for retired models")
    return {"motion_id": make_board.move_motion(cast, board).pk}, person


def elector_whose_seat_ended(cast: Cast) -> Made:
    ballot = make_board.open_ballot_for(cast)
    seat = Seat.objects.get(person=cast.person("member"), ended_at=None)
    boards.end_seat(actor=cast.secretary, seat_id=seat.pk, basis="Moved away")
    return _of(ballot), cast.person("member")


def elector_whose_role_was_withdrawn(cast: Cast) -> Made:
    ballot = make_board.open_ballot_for(cast)
    grant = RoleGrant.objects.get(person=cast.person("member"), role="board_member")
    accounts.revoke_role(actor=cast.steward, grant_id=grant.pk, reason="On leave")
    return _of(ballot), cast.person("member")


def secretary_whose_seat_ended(cast: Cast) -> Made:
    ballot = make_board.closed_ballot_for(cast)
    seat = Seat.objects.get(person=cast.person("secretary"), ended_at=None)
    boards.end_seat(actor=cast.steward, seat_id=seat.pk, basis="Moved away")
    return _of(ballot), cast.person("secretary")


def elector_who_recused_themselves(cast: Cast) -> Made:
    ballot = make_board.open_ballot_for(cast)
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    return _of(ballot), cast.person("member")


def elector_recused_from_the_motion(cast: Cast) -> Made:
    kwargs, person = elector_who_recused_themselves(cast)
    return {"motion_id": Ballot.objects.get(pk=kwargs["ballot_id"]).motion_id}, person


def elector_seated_after_the_opening(cast: Cast) -> Made:
    ballot = make_board.open_ballot_for(cast)
    person = newcomer(cast, "board_member")
    _seated(cast, ballot.motion.board, person, "member")
    return _of(ballot), person


def mover_who_is_secretary_too(cast: Cast) -> Made:
    ballot = make_board.closed_ballot_for(cast)
    person = also(cast, "steward", "secretary")
    boards.seat_member(
        actor=cast.secretary,
        board_id=ballot.motion.board_id,
        person_id=person.pk,
        role="secretary",
        basis="Elected",
    )
    return _of(ballot), person


def member_who_did_not_move_it(cast: Cast) -> Made:
    return {"motion_id": make_board.move_motion(cast, make_board.found_board(cast)).pk}, cast.person("member")


def who_proposed_the_fix(cast: Cast) -> Made:
    return of_ballots.a_fix(cast), cast.person("steward")


def mover_who_presides(cast: Cast) -> Made:
    """The chair moved it and asks to take it back: somebody else must agree."""
    motion = make_board.move_motion(cast, make_board.found_board(cast), mover=cast.chair)
    ballot = make_board.open_ballot_for(cast, motion)
    make_board.vote(ballot, "approve", cast.member)
    ask_withdrawal(actor=cast.chair, ballot_id=ballot.pk, reason="Too early.")
    return _of(ballot), cast.person("chair")


def another_elector_of_an_entered_position(cast: Cast) -> Made:
    return of_ballots.an_entered_position(cast), cast.person("colleague")


def another_elector_of_an_entered_recusal(cast: Cast) -> Made:
    return of_ballots.an_entered_recusal(cast), cast.person("colleague")


def a_confirmation(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"answer": "confirm"}


def a_vote(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"position": "approve"}


def a_vote_for_the_member(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"position": "approve", "member": str(cast.person("member").pk)}


def a_conflict(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"category": "personal", "text": "A tie."}


def a_close(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"closes_at": "2999-01-01T10:00"}


def a_motion(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"title": "Shall it be so?", "text": "Let it be so.", "status_quo": "It is not so."}


TABLE = [
    WrongOwner("a member of another board", "board:ballot-position", 403, member_of_another_board, a_vote),
    WrongOwner("a member of another board", "board:ballot-recuse", 403, member_of_another_board, a_conflict),
    WrongOwner(
        "a secretary of another board", "board:ballot-position", 403, secretary_of_another_board, a_vote
    ),
    WrongOwner(
        "a secretary of another board",
        "board:ballot-enter",
        403,
        secretary_of_another_board,
        a_vote_for_the_member,
    ),
    WrongOwner("a secretary of another board", "board:ballot-close", 403, secretary_of_another_board),
    WrongOwner(
        "a secretary of another board", "board:ballot-supersede", 403, secretary_of_another_board, a_reason
    ),
    WrongOwner(
        "a secretary of another board",
        "board:ballot-certify",
        403,
        secretary_of_another_board_at_a_closed_vote,
    ),
    WrongOwner(
        "a secretary of another board",
        "board:motion-open",
        403,
        secretary_of_another_board_at_a_motion,
        a_close,
    ),
    WrongOwner("an elector whose seat ended", "board:ballot-position", 403, elector_whose_seat_ended, a_vote),
    WrongOwner(
        "an elector whose role was withdrawn",
        "board:ballot-position",
        404,
        elector_whose_role_was_withdrawn,
        a_vote,
    ),
    WrongOwner(
        "an elector whose role was withdrawn",
        "board:ballot",
        404,
        elector_whose_role_was_withdrawn,
        method="GET",
    ),
    WrongOwner(
        "an elector who recused themselves",
        "board:ballot-position",
        403,
        elector_who_recused_themselves,
        a_vote,
    ),
    WrongOwner(
        "an elector who recused themselves",
        "board:motion-pack",
        403,
        elector_recused_from_the_motion,
        method="GET",
    ),
    WrongOwner(
        "an elector who recused themselves",
        "board:motion-discussion",
        403,
        elector_recused_from_the_motion,
        method="GET",
    ),
    WrongOwner(
        "an elector who recused themselves",
        "board:motion-comment",
        403,
        elector_recused_from_the_motion,
    ),
    WrongOwner(
        "an elector who recused themselves",
        "board:motion-pack-export",
        403,
        elector_recused_from_the_motion,
    ),
    WrongOwner(
        "a member seated after the opening",
        "board:ballot-position",
        403,
        elector_seated_after_the_opening,
        a_vote,
    ),
    WrongOwner("who proposed it", "board:ballot-fix-decide", 403, who_proposed_the_fix, a_confirmation),
    WrongOwner("the mover, who presides", "board:ballot-withdraw-agree", 403, mover_who_presides),
    WrongOwner(
        "another elector", "board:ballot-answer", 403, another_elector_of_an_entered_position, a_confirmation
    ),
    WrongOwner(
        "another elector",
        "board:ballot-recusal-answer",
        403,
        another_elector_of_an_entered_recusal,
        a_confirmation,
    ),
    WrongOwner("a secretary whose seat ended", "board:ballot-certify", 403, secretary_whose_seat_ended),
    WrongOwner("the mover, who is secretary too", "board:ballot-certify", 403, mover_who_is_secretary_too),
    WrongOwner(
        "a member who did not move it", "board:motion-edit", 403, member_who_did_not_move_it, a_motion
    ),
    WrongOwner(
        "a member who did not move it", "board:motion-withdraw", 403, member_who_did_not_move_it, a_reason
    ),
]
