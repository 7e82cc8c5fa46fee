"""Words for the record after a vote: late and minority statements of electors, the outcome statement of a decision."""

from datetime import date
from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board import policies
from board.events import Verb
from board.models import Ballot, Certificate, Elector, OutcomeStatement, Statement
from board.queries import roll_of
from board.states import BallotState
from board.tally import CARRIED, decide
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.STATEMENT_MADE)
def make_statement(*, actor: Actor, ballot_id: UUID, kind: str, text: str) -> Statement:
    """Put an elector's words on the record of a vote that is over, before it is certified. Never counted.

    `kind`: late, for what came too late to be a position; minority, for a signed dissent of somebody who took the
    side that did not prevail. Both are printed with the certificate.
    """
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    elector = (
        Elector.objects.filter(ballot=ballot, person_id=policies.id_of(actor))
        .select_related("recusal")
        .first()
    )
    require(policies.may_make_statement(actor, elector))
    assert elector is not None  # the policy refuses otherwise
    now = clock.now()
    _require_between(ballot, ended=now >= ballot.closes_at or ballot.state == BallotState.CLOSED)
    if kind not in Statement.Kind.values:
        raise Unacceptable("Choose what kind of statement it is.", "kind")
    if not text.strip():
        raise Unacceptable("Write the statement; it is printed with the decision.", "text")
    if kind == Statement.Kind.MINORITY:
        _require_minority(ballot, elector)
    said = Statement.objects.filter(ballot=ballot, elector=elector, kind=kind, text=text.strip()).first()
    if said is not None:
        return unchanged(said)
    row = Statement(ballot=ballot, elector=elector, kind=kind, text=text.strip(), made_at=now)
    row.save(force_insert=True)
    record(ballot, data={"kind": kind, "member": elector.name})
    return row


@command(Verb.OUTCOME_STATED)
def state_outcome(
    *, actor: Actor, certificate_id: UUID, text: str, review_on: date | None = None, seen: str = ""
) -> OutcomeStatement:
    """Say in words what a decision means, what follows and when it is looked at again. A change is a new version.

    `seen`: the number of the version that was read before writing, where it was read on a page.
    """
    certificate = locked(Certificate, certificate_id, select_related=("ballot__motion",))
    require(policies.may_state_outcome(actor, certificate))
    if not text.strip():
        raise Unacceptable("Say what was decided in effect, and what follows from it.", "text")
    if review_on is not None and review_on <= clock.today():
        raise Unacceptable("Choose a day to come, or none.", "review_on")
    last = OutcomeStatement.objects.filter(certificate=certificate).order_by("-version").first()
    version = last.version if last else 0
    if seen and seen != str(version):
        raise IllegalMove(
            f"Version {version} was saved while you wrote, so nothing was overwritten. What you typed is kept below."
        )
    if last is not None and (last.text, last.review_on) == (text.strip(), review_on):
        return unchanged(last)
    row = OutcomeStatement(
        certificate=certificate,
        version=version + 1,
        text=text.strip(),
        review_on=review_on,
        written_by=Person.objects.get(pk=policies.id_of(actor)),
        written_by_name=actor.name,
        written_at=clock.now(),
    )
    row.save(force_insert=True)
    record(
        certificate,
        data={"version": row.version, "review_on": review_on.isoformat() if review_on else None},
    )
    return row


def _require_between(ballot: Ballot, *, ended: bool) -> None:
    """After the end of the vote and before its certificate, which prints what was said until then."""
    if ballot.state == BallotState.OPEN and not ended:
        raise IllegalMove("The vote is still open: say it with your position.")
    if ballot.state not in (BallotState.OPEN, BallotState.CLOSED):
        raise IllegalMove(
            "This round is over. After the certification a statement goes into a proposal to reconsider."
        )


def _require_minority(ballot: Ballot, elector: Elector) -> None:
    roll = roll_of(ballot, clock.now())
    carried = decide(ballot.arithmetic, roll.counts).result == CARRIED
    line = roll.line_of(elector.person_id)
    if line is None or line.status not in (("reject", "hold") if carried else ("approve",)):
        side = "rejected or held" if carried else "approved"
        raise IllegalMove(f"A minority statement is for those who {side}. Yours can be filed as a late one.")
