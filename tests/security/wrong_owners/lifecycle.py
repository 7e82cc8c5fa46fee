"""Wrong owners of cases, promises and suspensions."""

from accounts.models import Person
from board.commands import ballots, boards
from tests.cast import Cast
from tests.factories import board as make_board
from tests.factories import lifecycle as make_case
from tests.security.wrong_owners import Kwargs, Made, WrongOwner, _seated, a_reason, newcomer


def member_recused_from_its_vote(cast: Cast) -> Made:
    case = make_case.make_case(cast, make_board.found_board(cast))
    ballot = make_board.open_ballot_for(cast, make_case.propose(cast, case))
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    return {"case_id": case.pk}, cast.person("member")


def keeper_of_other_promises(cast: Cast) -> Made:
    promise = make_case.make_commitment(cast, make_case.make_ai_model(cast), owner="publisher")
    return {"commitment_id": promise.pk}, cast.person("archivist")


def _suspension(cast: Cast, *, confirmed: bool) -> Kwargs:
    make_board.found_board(cast)
    begin = make_case.suspend if confirmed else make_case.propose_suspension
    return {"suspension_id": begin(cast, make_case.make_ai_model(cast)).pk}


def member_who_proposed_the_suspension(cast: Cast) -> Made:
    make_board.found_board(cast)
    proposed = make_case.propose_suspension(cast, make_case.make_ai_model(cast), actor=cast.member)
    return {"suspension_id": proposed.pk}, cast.person("member")


def _on_another_board(cast: Cast) -> Person:
    other = boards.found_board(actor=cast.steward, name="Another board", demonstration=True)
    person = newcomer(cast, "board_member")
    _seated(cast, other, person, "member")
    return person


def member_of_another_board_at_a_proposed_suspension(cast: Cast) -> Made:
    return _suspension(cast, confirmed=False), _on_another_board(cast)


def member_of_another_board_at_a_suspension(cast: Cast) -> Made:
    return _suspension(cast, confirmed=True), _on_another_board(cast)


def steward_who_did_not_propose_the_suspension(cast: Cast) -> Made:
    return _suspension(cast, confirmed=False), newcomer(cast, "steward")


def evidence(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"evidence": "Three of three copies are whole."}


TABLE = [
    WrongOwner(
        "a member recused from its vote", "lifecycle:case", 403, member_recused_from_its_vote, method="GET"
    ),
    WrongOwner(
        "a member recused from its vote",
        "lifecycle:case-waive",
        403,
        member_recused_from_its_vote,
        lambda cast, kwargs: {"requirement": "notice_days", "reason": "It cannot wait."},
    ),
    WrongOwner(
        "a keeper of other promises", "lifecycle:commitment-keep", 403, keeper_of_other_promises, evidence
    ),
    WrongOwner(
        "a keeper of other promises",
        "lifecycle:commitment-bind",
        403,
        keeper_of_other_promises,
        lambda cast, kwargs: {"kind": "remove_weights", "reason": "It was promised."},
    ),
    WrongOwner(
        "a keeper of other promises", "lifecycle:commitment-break", 403, keeper_of_other_promises, evidence
    ),
    WrongOwner(
        "the member who proposed it", "lifecycle:suspension-confirm", 403, member_who_proposed_the_suspension
    ),
    WrongOwner(
        "a member of another board",
        "lifecycle:suspension-confirm",
        403,
        member_of_another_board_at_a_proposed_suspension,
    ),
    WrongOwner(
        "a member of another board",
        "lifecycle:suspension-drop",
        403,
        member_of_another_board_at_a_proposed_suspension,
        a_reason,
    ),
    WrongOwner(
        "a steward who did not propose it",
        "lifecycle:suspension-drop",
        403,
        steward_who_did_not_propose_the_suspension,
        a_reason,
    ),
    WrongOwner(
        "a member of another board",
        "lifecycle:suspension-lift",
        403,
        member_of_another_board_at_a_suspension,
        a_reason,
    ),
]
