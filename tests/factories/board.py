"""A board with its seats, motions and ballots, made by calling commands."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from accounts import commands as accounts
from accounts.actors import PersonActor, actor_of
from board.commands import ballots, boards, motions
from board.commands.guidelines import propose_guideline
from board.models import Ballot, Board, Certificate, Guideline, Motion
from core import clock
from core.digests import digest_of
from tests.audit.log import as_owner, run
from tests.cast import Cast

MEMBERS = {"chair": "chair", "member": "member", "colleague": "member"}


def found_board(cast: Cast, *, name: str = "Board for retired models", **options: Any) -> Board:
    """A demonstration board (unless told otherwise): chair, two members and a secretary in their seats."""
    options.setdefault("demonstration", True)
    board = boards.found_board(actor=cast.steward, name=name, **options)
    for who, role in {**MEMBERS, "secretary": "secretary"}.items():
        boards.seat_member(
            actor=cast.steward,
            board_id=board.pk,
            person_id=cast.person(who).pk,
            role=role,
            basis="The founding of the board",
        )
    return board


def seat_more(cast: Cast, board: Board, count: int, *, role: str = "member") -> list[PersonActor]:
    """Further people with the board member's role and a seat: Elector 1, Elector 2, …"""
    seated = []
    for number in range(1, count + 1):
        person = accounts.admit_person(
            actor=cast.steward,
            name=f"Elector {number}",
            email=f"elector-{number}-{role}@example.org",
            affiliation="Office of electors",
        )
        accounts.grant_role(actor=cast.steward, person_id=person.pk, role="board_member")
        boards.seat_member(
            actor=cast.secretary,
            board_id=board.pk,
            person_id=person.pk,
            role=role,
            basis="Elected by the readers",
        )
        seated.append(actor_of(person))
    return seated


def move_motion(cast: Cast, board: Board, *, mover: PersonActor | None = None, **said: Any) -> Motion:
    """A resolution moved by the steward."""
    asked = {
        "kind": "resolution",
        "title": "Shall the reading room open on Sundays?",
        "text": "Open the reading room on Sundays from 10:00 to 16:00, from 1 March on.",
        "status_quo": "The reading room stays closed on Sundays.",
        **said,
    }
    return motions.move_motion(actor=mover or cast.steward, board_id=board.pk, **asked)


def open_ballot_for(cast: Cast, motion: Motion | None = None, *, days: float = 10, **options: Any) -> Ballot:
    """An open ballot; founds the board and moves a motion when given none."""
    if motion is None:
        motion = move_motion(cast, found_board(cast, **options))
    return ballots.open_ballot(
        actor=cast.secretary, motion_id=motion.pk, closes_at=clock.now() + timedelta(days=days)
    )


def open_secret_ballot_for(cast: Cast, motion: Motion | None = None, *, days: float = 10) -> Ballot:
    """An open ballot that is secret until its close; of a board of its own when given no motion."""
    if motion is None:
        motion = move_motion(cast, found_board(cast, name="Board of secret votes"), title="Shall it be told?")
    return ballots.open_ballot(
        actor=cast.secretary,
        motion_id=motion.pk,
        closes_at=clock.now() + timedelta(days=days),
        secret=True,
    )


def vote(ballot: Ballot, position: str, *actors: PersonActor, **said: Any) -> None:
    """Record the same position for several people. A reason and a lifting condition are filled in."""
    for actor in actors:
        ballots.take_position(
            actor=actor,
            ballot_id=ballot.pk,
            position=position,
            reason=said.get("reason", "" if position in ("approve", "abstain") else f"Because I {position}."),
            lifts_when=said.get("lifts_when", "The third copy is checked." if position == "hold" else ""),
        )


def closed_ballot_for(cast: Cast, approving: Sequence[str] = ("chair", "member", "colleague")) -> Ballot:
    """A ballot on which these people approved and the rest rejected, closed by the secretary."""
    ballot = open_ballot_for(cast)
    for who in MEMBERS:
        vote(ballot, "approve" if who in approving else "reject", getattr(cast, who))
    return ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)


def decide(cast: Cast, motion: Motion, position: str = "approve") -> Certificate:
    """The motion put to the vote, this position of all three electors, its close and its certificate."""
    ballot = open_ballot_for(cast, motion, days=15)
    vote(ballot, position, cast.chair, cast.member, cast.colleague)
    with nullcontext() if ballot.terms["early_close"] else clock.frozen(ballot.closes_at):
        ballots.close_ballot(actor=cast.secretary, ballot_id=ballot.pk)
    return ballots.certify_result(actor=cast.secretary, ballot_id=ballot.pk)


def in_older_form(certificate: Certificate, form: int) -> Certificate:
    """The same as it was made in form 1 or 2, which held their words themselves; 1 named none before it."""
    document = certificate.told | {"form": f"emeritus.board.certificate/{form}"}
    if form == 1:
        del document["previous"]
    with as_owner("board_certificate"):
        run(
            "update board_certificate set disclosures = null, document = %s::jsonb, digest = %s where id = %s",
            json.dumps(document),
            digest_of(document),
            certificate.pk,
        )
    return Certificate.objects.get(pk=certificate.pk)


def move_guideline(cast: Cast, board: Board, *, mover: PersonActor | None = None, **said: Any) -> Motion:
    """Guidelines on editing essays, proposed by the steward."""
    asked = {
        "title": "Editing what a model wrote",
        "text": "An editor mends the spelling.\n\nNothing else is changed.",
        "why": "Editors asked what they may do.",
        **said,
    }
    return propose_guideline(actor=mover or cast.steward, board_id=board.pk, **asked)


def adopt_guideline(cast: Cast, board: Board | None = None, **said: Any) -> Guideline:
    """The same, adopted; founds the board when given none."""
    certificate = decide(cast, move_guideline(cast, board or found_board(cast), **said))
    return Guideline.objects.get(certificate=certificate)
