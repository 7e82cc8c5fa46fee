"""Pages that show text of boards, proposals and votes that can be redacted."""

from django.urls import reverse

from board.commands.ballots import certify_result, close_ballot, recuse, take_position
from board.commands.boards import end_seat, seat_alternate
from board.commands.chair import cast_casting_vote
from board.commands.discussion import ask, comment
from board.commands.entered import enter_recusal
from board.commands.fixes import confirm_fix, propose_fix
from board.commands.founding import return_founding
from board.commands.motions import propose_terms
from board.commands.statements import make_statement, state_outcome
from board.commands.withdrawals import ask_withdrawal
from board.models import Ballot, Elector, Seat, Terms
from core import clock
from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import board, founding, lifecycle


def _motion(cast: Cast) -> Made:
    row = board.move_motion(cast, board.found_board(cast))
    return row, reverse("board:motion", args=[row.pk])


def _comment(cast: Cast) -> Made:
    motion = board.move_motion(cast, board.found_board(cast))
    said = comment(actor=cast.member, motion_id=motion.pk, text="I should like to see the lamps first.")
    return said, reverse("board:motion-discussion", args=[motion.pk])


def _decision(cast: Cast) -> Made:
    row = lifecycle.decide(cast, board.move_motion(cast, board.found_board(cast)))
    return row, reverse("board_public:decision", args=[row.number])


def _vote(cast: Cast) -> Ballot:
    return board.open_ballot_for(cast, board.move_motion(cast, board.found_board(cast)))


def _position(cast: Cast) -> Made:
    vote = _vote(cast)
    row = take_position(actor=cast.member, ballot_id=vote.pk, position="reject", reason="He is my brother.")
    return row, reverse("board:ballot", args=[vote.pk])


def _recusal(cast: Cast) -> Made:
    vote = _vote(cast)
    row = recuse(actor=cast.member, ballot_id=vote.pk, category="personal", text="He is my brother.")
    return row, reverse("board:ballot", args=[vote.pk])


def _elector(cast: Cast) -> Made:
    """An alternate who sits for a member."""
    founded = board.found_board(cast)
    (alternate,) = board.seat_more(cast, founded, 1, role="alternate")
    seats = Seat.objects.filter(board=founded)
    seat_alternate(
        actor=cast.secretary,
        seat_id=seats.get(person_id=alternate.id).pk,
        member_seat_id=seats.get(person=cast.person("member")).pk,
        reason="Travel",
    )
    vote = board.open_ballot_for(cast, board.move_motion(cast, founded))
    return Elector.objects.get(ballot=vote, person_id=alternate.id), reverse("board:ballot", args=[vote.pk])


def _elector_of_a_decision(cast: Cast) -> Made:
    row, _ = _elector(cast)
    board.vote(row.ballot, "approve", cast.chair, cast.colleague)
    with clock.frozen(row.ballot.closes_at):
        close_ballot(actor=cast.secretary, ballot_id=row.ballot_id)
        certified = certify_result(actor=cast.secretary, ballot_id=row.ballot_id)
    return row, reverse("board_public:decision", args=[certified.number])


def _said_after(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "approve", cast.chair, cast.member)
    with clock.frozen(vote.closes_at):
        close_ballot(actor=cast.secretary, ballot_id=vote.pk)
        row = make_statement(
            actor=cast.colleague, ballot_id=vote.pk, kind="late", text="I should have been asked."
        )
    return row, reverse("board:ballot", args=[vote.pk])


def _casting_vote(cast: Cast) -> Made:
    founded = board.found_board(cast)
    electors = board.seat_more(cast, founded, 2)
    rules = propose_terms(
        actor=cast.steward,
        board_id=founded.pk,
        name="ordinary_casting",
        minimum_opening_days=0,
        hold_lapse_days=14,
        extension_days=14,
        act_floor=3,
        why="Ties happen.",
    )
    board.decide(cast, rules)
    vote = board.open_ballot_for(cast, board.move_motion(cast, founded))
    board.vote(vote, "approve", cast.member, cast.colleague)
    board.vote(vote, "reject", *electors)
    board.vote(vote, "abstain", cast.chair)
    close_ballot(actor=cast.secretary, ballot_id=vote.pk)
    row = cast_casting_vote(actor=cast.chair, ballot_id=vote.pk, position="approve", reason="For the peace.")
    return row, reverse("board:ballot", args=[vote.pk])


def _hold(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "hold", cast.member)
    return vote.positions.get(), reverse("board:ballot", args=[vote.pk])


def _entered(cast: Cast) -> Made:
    """A position the secretary entered for a member."""
    vote = _vote(cast)
    row = take_position(
        actor=cast.secretary,
        ballot_id=vote.pk,
        position="approve",
        entered_for=cast.person("member").pk,
    )
    return row, reverse("board:ballot", args=[vote.pk])


def _fix(cast: Cast) -> Made:
    vote = _vote(cast)
    words = {"title": vote.motion.title, "status_quo": vote.motion.status_quo}
    propose_fix(actor=cast.steward, ballot_id=vote.pk, text="Open it.", reason="It was misprinted.", **words)
    return confirm_fix(actor=cast.secretary, ballot_id=vote.pk), reverse("board:ballot", args=[vote.pk])


def _recusal_entered(cast: Cast) -> Made:
    vote = _vote(cast)
    row = enter_recusal(
        actor=cast.secretary,
        ballot_id=vote.pk,
        member_id=cast.person("member").pk,
        category="personal",
        text="He is their brother.",
    )
    return row, reverse("board:ballot", args=[vote.pk])


def _withdrawal(cast: Cast) -> Made:
    vote = _vote(cast)
    board.vote(vote, "approve", cast.colleague)
    row = ask_withdrawal(actor=cast.steward, ballot_id=vote.pk, reason="It is not ready.")
    return row, reverse("board:ballot", args=[vote.pk])


def _question(cast: Cast) -> Made:
    motion = board.move_motion(cast, board.found_board(cast))
    row = ask(actor=cast.member, motion_id=motion.pk, text="Who pays?", asked_of=cast.person("steward").pk)
    return row, reverse("board:motion-discussion", args=[motion.pk])


def _outcome(cast: Cast) -> Made:
    certificate, url = _decision(cast)
    return state_outcome(actor=cast.secretary, certificate_id=certificate.pk, text="The room opens."), url


def _guideline(cast: Cast) -> Made:
    row = board.adopt_guideline(cast)
    return row, reverse("board:guideline", args=[row.pk])


def _seat(cast: Cast) -> Made:
    founded = board.found_board(cast)
    return Seat.objects.get(board=founded, person=cast.person("member")), reverse("board:board")


def _seat_that_ended(cast: Cast) -> Made:
    row, _ = _seat(cast)
    row = end_seat(actor=cast.secretary, seat_id=row.pk, basis="She moved away.")
    return row, reverse("board:board")


def _rules(cast: Cast) -> Made:
    founded = board.found_board(cast)
    return Terms.objects.get(board=founded, name="ordinary"), reverse("board:board")


def _founding_sent_back(cast: Cast) -> Made:
    proposed = founding.propose_among(cast)
    row = return_founding(actor=cast.secretary, founding_id=proposed.pk, reason="One seat is missing.")
    return row, reverse("board:setup")


SHOWN = {
    "a proposal": Shown(
        "board.Motion", _motion, ("title", "text", "status_quo", "mover_name", "subject_label"), "member"
    ),
    "a comment": Shown("board.Comment", _comment, ("text", "author_name"), "member"),
    "a question in a discussion": Shown("board.Comment", _question, ("text", "asked_name"), "member"),
    "a decision in public": Shown("board.Certificate", _decision, ("sentence", "certified_by_name"), ""),
    "what a decision means": Shown("board.OutcomeStatement", _outcome, ("text", "written_by_name"), ""),
    "guidelines": Shown("board.Guideline", _guideline, ("title", "text"), "member"),
    "a seat": Shown("board.Seat", _seat, ("basis",), "member"),
    "a seat that ended": Shown("board.Seat", _seat_that_ended, ("end_basis",), "member"),
    "voting rules": Shown("board.Terms", _rules, ("basis",), "member"),
    "a founding sent back": Shown("board.Founding", _founding_sent_back, ("reason",), "steward"),
    "the reason of a position": Shown("board.Position", _position, ("reason",), "chair"),
    "what lifts a hold": Shown("board.Position", _hold, ("lifts_when",), "chair"),
    "who entered a position": Shown("board.Position", _entered, ("entered_by_name",), "chair"),
    "a recusal": Shown("board.Recusal", _recusal, ("text",), "chair"),
    "a recusal entered for a member": Shown(
        "board.RecusalEntry", _recusal_entered, ("entered_by_name", "text"), "chair"
    ),
    "an elector": Shown("board.Elector", _elector, ("name",), "chair"),
    "whom an alternate sits for": Shown("board.Elector", _elector, ("alternate_for",), "chair"),
    "an elector of a decision": Shown(
        "board.Elector", _elector_of_a_decision, ("name", "affiliation", "alternate_for"), ""
    ),
    "a statement": Shown("board.Statement", _said_after, ("text",), "chair"),
    "a casting vote": Shown("board.CastingVote", _casting_vote, ("reason",), "chair"),
    "an editorial fix": Shown(
        "board.EditorialFix",
        _fix,
        ("proposed_by_name", "decided_by_name", "reason", "before", "after"),
        "chair",
    ),
    "a withdrawal": Shown(
        "board.Withdrawal", _withdrawal, ("reason", "agreed_by_name", "objector_name", "objection"), "chair"
    ),
}
