"""Wrong owners: people who hold the role, but not for this record. The second half of the permission table.

The first half (tests/security/permissions) says what a role gets. Here somebody has the very role and is still the
wrong person: of another board, of an ended seat, the author, the commissioner, the one who gave half of it already.
Where a role acts on every record alike (any steward on any case, any interviewer on any interview), there is no
owner and no row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts import commands as accounts
from accounts.models import Person, RoleGrant
from audit import redactions
from board.commands import ballots, boards
from board.commands.withdrawals import ask_withdrawal
from board.models import Ballot, Board, Seat
from interviews.commands.plans import authorise_interview
from interviews.commands.wishes import sign_off_interview
from interviews.models import Interview
from interviews.queries.records import signing_digest
from tests.cast import Cast, end_of
from tests.factories import board as make_board
from tests.factories import controls as make_control
from tests.factories import essays as make_essay
from tests.factories import interviews as make_interview
from tests.factories import lifecycle as make_case
from tests.security.permissions import board as of_board
from tests.security.permissions import controls as of_controls
from tests.security.permissions import essays as of_essays

Kwargs = dict[str, Any]
Made = tuple[Kwargs, Person]


@dataclass(frozen=True)
class WrongOwner:
    """Somebody with the role of another record, at one address. `make` builds both; statuses as in `Row`."""

    who: str
    name: str
    status: int
    make: Callable[[Cast], Made]
    data: Callable[[Cast, Kwargs], Kwargs] = lambda cast, kwargs: {}
    method: str = "POST"


def newcomer(cast: Cast, *roles: str) -> Person:
    """Somebody new with these roles."""
    person = accounts.admit_person(actor=cast.steward, name="Newcomer", email="newcomer@example.org")
    for role in roles:
        accounts.grant_role(actor=cast.steward, person_id=person.pk, role=role)
    return person


def also(cast: Cast, who: str, role: str) -> Person:
    """Somebody of the cast who holds a further role."""
    granting = cast.secretary if who == "steward" else cast.steward
    accounts.grant_role(actor=granting, person_id=cast.person(who).pk, role=role, ends_at=end_of(role))
    return cast.person(who)


def _own_redaction(cast: Cast) -> Made:
    """Who proposed it holds every role that could confirm it."""
    also(cast, "steward", "secretary")
    return {"redaction_id": _proposed(cast, cast.person("outsider").pk)}, cast.person("steward")


def _hidden_redaction(cast: Cast) -> Made:
    """A board member may confirm, but is not shown people's records."""
    return {"redaction_id": _proposed(cast, cast.person("outsider").pk)}, cast.person("chair")


def _proposed(cast: Cast, person_id: UUID) -> UUID:
    return redactions.propose_redaction(
        actor=cast.steward,
        record_type="accounts.Person",
        row_id=person_id,
        columns=["affiliation"],
        reason="privacy",
        explanation="They asked for it.",
    ).pk


def auditor_whose_own_role_is_in_the_sample(cast: Cast) -> Made:
    test = make_control.drawn(cast, wanted=0)
    own = RoleGrant.objects.get(person=cast.person("auditor"))
    item = test.items.get(record_id=own.pk)
    return {"test_id": test.pk, "rank": item.rank}, cast.person("auditor")


def auditor_who_raised_it_and_is_steward_too(cast: Cast) -> Made:
    finding = make_control.raised(cast)
    return {"finding_id": finding.pk}, also(cast, "auditor", "steward")


def auditor_who_answered_it_as_steward(cast: Cast) -> Made:
    finding = make_control.answered(cast)
    return {"finding_id": finding.pk}, also(cast, "steward", "auditor")


def auditor_who_owns_it(cast: Cast) -> Made:
    finding = make_control.answered(cast)
    return {"finding_id": finding.pk}, also(cast, "archivist", "auditor")


def _seated(cast: Cast, board: Board, person: Person, role: str) -> Seat:
    return boards.seat_member(
        actor=cast.steward, board_id=board.pk, person_id=person.pk, role=role, basis="Elected"
    )


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


def member_recused_from_its_vote(cast: Cast) -> Made:
    case = make_case.make_case(cast, make_board.found_board(cast))
    ballot = make_board.open_ballot_for(cast, make_case.propose(cast, case))
    ballots.recuse(actor=cast.member, ballot_id=ballot.pk, category="personal", text="A tie.")
    return {"case_id": case.pk}, cast.person("member")


def who_proposed_the_fix(cast: Cast) -> Made:
    return of_board.a_fix(cast), cast.person("steward")


def mover_who_presides(cast: Cast) -> Made:
    """The chair moved it and asks to take it back: somebody else must agree."""
    motion = make_board.move_motion(cast, make_board.found_board(cast), mover=cast.chair)
    ballot = make_board.open_ballot_for(cast, motion)
    make_board.vote(ballot, "approve", cast.member)
    ask_withdrawal(actor=cast.chair, ballot_id=ballot.pk, reason="Too early.")
    return _of(ballot), cast.person("chair")


def another_elector_of_an_entered_position(cast: Cast) -> Made:
    return of_board.an_entered_position(cast), cast.person("colleague")


def another_elector_of_an_entered_recusal(cast: Cast) -> Made:
    return of_board.an_entered_recusal(cast), cast.person("colleague")


def a_confirmation(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"answer": "confirm"}


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


def editor_who_commissioned_it(cast: Cast) -> Made:
    essay = make_essay.written(cast)
    return {"essay_id": essay.pk}, also(cast, "steward", "editor")


def editor_who_commissioned_what_is_paused(cast: Cast) -> Made:
    return {"essay_id": make_essay.paused(cast).pk}, also(cast, "steward", "editor")


def member_who_commissioned_what_is_paused(cast: Cast) -> Made:
    make_board.found_board(cast)
    return {"essay_id": make_essay.paused(cast).pk}, also(cast, "steward", "board_member")


def publisher_who_commissioned_it(cast: Cast) -> Made:
    essay = make_essay.approved(cast)
    return {"essay_id": essay.pk}, also(cast, "steward", "publisher")


def author_of_the_protocol(cast: Cast) -> Made:
    version = make_interview.a_protocol(cast, frozen=False)
    return {"version_id": version.pk}, also(cast, "interviewer", "coder")


def interviewer_who_authorised_already(cast: Cast) -> Made:
    interview = make_interview.planned(cast)
    authorise_interview(actor=cast.interviewer, interview_id=interview.pk)
    return {"interview_id": interview.pk}, also(cast, "interviewer", "board_member")


def interviewer_at_a_locked_interview(cast: Cast) -> Made:
    return {"interview_id": make_interview.sealed(cast).pk}, cast.person("interviewer")


def reader_who_signed_already(cast: Cast) -> Made:
    interview = make_interview.sealed(cast)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    return {"interview_id": interview.pk}, cast.person("coder")


def a_vote(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"position": "approve"}


def a_vote_for_the_member(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"position": "approve", "member": str(cast.person("member").pk)}


def a_conflict(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"category": "personal", "text": "A tie."}


def a_reason(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"reason": "For a reason."}


def a_close(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"closes_at": "2999-01-01T10:00"}


def a_motion(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"title": "Shall it be so?", "text": "Let it be so.", "status_quo": "It is not so."}


def a_veto(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return of_essays.a_veto(cast, kwargs)


def evidence(cast: Cast, kwargs: Kwargs) -> Kwargs:
    return {"evidence": "Three of three copies are whole."}


def a_review(cast: Cast, kwargs: Kwargs) -> Kwargs:
    text = make_essay.text_of(make_essay.Essay.objects.get(pk=kwargs["essay_id"]))
    ticked = {f"check_{key}": "on" for key in make_essay.ALL_TICKED}
    return {**ticked, "digest": text.essay_digest, "recommendation": "publish"}


def a_decision(cast: Cast, kwargs: Kwargs) -> Kwargs:
    said = {"capacity": "editor", "decision": "release", "rationale": "It may stand."}
    return {"digest": a_review(cast, kwargs)["digest"], **said}


def a_signature(cast: Cast, kwargs: Kwargs) -> Kwargs:
    interview = Interview.objects.get(pk=kwargs["interview_id"])
    return {"digest": signing_digest(interview, interview.design), "read": "on"}


TABLE = [
    WrongOwner(
        "who proposed it",
        "audit:redaction-confirm",
        403,
        _own_redaction,
        data=lambda cast, kwargs: {"certain": "on"},
    ),
    WrongOwner(
        "who cannot see the record",
        "audit:redaction-confirm",
        403,
        _hidden_redaction,
        data=lambda cast, kwargs: {"certain": "on"},
    ),
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
    WrongOwner(
        "the editor who commissioned it", "essays:essay-review", 403, editor_who_commissioned_it, a_review
    ),
    WrongOwner(
        "the editor who commissioned it",
        "essays:essay-decide",
        403,
        editor_who_commissioned_what_is_paused,
        a_decision,
    ),
    WrongOwner(
        "the member who commissioned it",
        "essays:essay-veto",
        403,
        member_who_commissioned_what_is_paused,
        a_veto,
    ),
    WrongOwner(
        "the publisher who commissioned it",
        "essays:essay-publish",
        403,
        publisher_who_commissioned_it,
        a_review,
    ),
    WrongOwner(
        "an auditor who had part in the record",
        "controls:item-judge",
        403,
        auditor_whose_own_role_is_in_the_sample,
        lambda cast, kwargs: {"result": "pass"},
    ),
    WrongOwner(
        "the auditor who raised it, a steward too",
        "controls:finding-answer",
        403,
        auditor_who_raised_it_and_is_steward_too,
        of_controls.an_answer,
    ),
    WrongOwner(
        "a steward who answered it, an auditor too",
        "controls:finding-close",
        403,
        auditor_who_answered_it_as_steward,
        of_controls.what_is_missing,
    ),
    WrongOwner(
        "its owner, an auditor too",
        "controls:finding-send-back",
        403,
        auditor_who_owns_it,
        of_controls.what_is_missing,
    ),
    WrongOwner("the author of the protocol", "interviews:protocol-freeze", 403, author_of_the_protocol),
    WrongOwner(
        "who authorised it already", "interviews:interview-authorise", 403, interviewer_who_authorised_already
    ),
    WrongOwner(
        "the interviewer, once it is locked",
        "interviews:interview-void",
        403,
        interviewer_at_a_locked_interview,
        a_reason,
    ),
    WrongOwner(
        "who signed it already", "interviews:interview-sign-off", 403, reader_who_signed_already, a_signature
    ),
]
