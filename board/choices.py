"""What a viewer may do to a ballot besides voting, as links: who may from policies, when from states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from board import policies
from board.acts import Acts
from board.models import Ballot, Elector
from board.roll import Roll
from board.states import BallotState
from board.tally import TIE, decide
from core.policies import Actor


@dataclass(frozen=True)
class Choice:
    """One act: the verb on its link, where it leads, and what it is about. `waits`: somebody waits for it."""

    label: str
    url: str
    note: str = ""
    waits: bool = False


def choices_of(
    actor: Actor,
    ballot: Ballot,
    electors: Sequence[Elector],
    roll: Roll,
    acts: Acts,
    *,
    now: datetime,
    secretary: bool,
) -> list[Choice]:
    """What this viewer may do now, what is waited for first. Asks the database nothing."""
    if ballot.state == BallotState.OPEN and now < ballot.closes_at:
        found = [
            *_own(actor, ballot, roll, acts),
            *_withdrawal(actor, ballot, electors, roll, acts),
            *_fix(actor, ballot, electors, acts, secretary=secretary),
            *_presiding(actor, ballot, electors),
        ]
    elif ballot.state in (BallotState.OPEN, BallotState.CLOSED):
        found = _over(actor, ballot, electors, roll, acts)
    else:
        found = []
    return sorted(found, key=lambda choice: not choice.waits)


def _to(ballot: Ballot, name: str, *args: object) -> str:
    return reverse(f"board:ballot-{name}", args=[ballot.pk, *args])


def _own(actor: Actor, ballot: Ballot, roll: Roll, acts: Acts) -> list[Choice]:
    line = roll.line_of(actor.id)
    if line is None:
        return []
    found = _answer(ballot, roll, actor)
    if (entry := acts.entry_for(actor.id)) is not None:
        found.append(
            Choice(
                "Confirm or decline the recusal",
                _to(ballot, "recusal-answer"),
                f"{entry.entered_by_name} entered it for you. It has no effect before you confirm it.",
                waits=True,
            )
        )
    if line.status == "hold" and line.latest and line.latest.renewed_at is None:
        found.append(Choice("Renew your hold", _to(ballot, "renew"), "Once, before it lapses."))
    return found


def _answer(ballot: Ballot, roll: Roll, actor: Actor) -> list[Choice]:
    line = roll.line_of(actor.id)
    latest = line.latest if line else None
    if line is None or latest is None or latest.entered_by_id == line.person_id or latest.confirmed:
        return []
    return [
        Choice(
            "Confirm or contest your position",
            _to(ballot, "answer", latest.number),
            f"{latest.entered_by} entered “{latest.position}” for you.",
            waits=True,
        )
    ]


def _withdrawal(
    actor: Actor, ballot: Ballot, electors: Sequence[Elector], roll: Roll, acts: Acts
) -> list[Choice]:
    pending = acts.withdrawal_pending
    if pending is None:
        voted = ballot.keeps_secret or any(line.stances for line in roll.lines)
        if voted and policies.may_change_motion(actor, ballot.motion):
            return [Choice("Ask to take the proposal back", _to(ballot, "withdraw"), "The chair must agree.")]
        return []
    found = []
    if pending.agreed_at is None and policies.may_agree_to_withdrawal(actor, ballot, electors):
        found.append(
            Choice("Agree to the withdrawal", _to(ballot, "withdraw-agree"), pending.reason, waits=True)
        )
    if policies.may_object_to_withdrawal(actor, ballot, electors):
        found.append(
            Choice("Object to the withdrawal", _to(ballot, "withdraw-object"), pending.reason, waits=True)
        )
    return found


def _fix(
    actor: Actor, ballot: Ballot, electors: Sequence[Elector], acts: Acts, *, secretary: bool
) -> list[Choice]:
    fix = acts.fix_proposed
    if fix is not None and policies.may_decide_fix(actor, ballot, fix, electors, secretary=secretary):
        return [
            Choice("Confirm or refuse the fix", _to(ballot, "fix-decide"), fix.reason, waits=True),
        ]
    if fix is None and policies.may_propose_fix(actor, ballot, secretary=secretary):
        return [
            Choice("Put words right", _to(ballot, "fix"), "A slip of the pen; a second person confirms it.")
        ]
    return []


def _presiding(actor: Actor, ballot: Ballot, electors: Sequence[Elector]) -> list[Choice]:
    if ballot.extended_from is None and policies.may_extend_ballot(actor, ballot, electors):
        days = ballot.terms["extension_days"]
        return [Choice("Extend the vote", _to(ballot, "extend"), f"Once, by at most {days} days.")]
    return []


def _over(actor: Actor, ballot: Ballot, electors: Sequence[Elector], roll: Roll, acts: Acts) -> list[Choice]:
    elector = next((row for row in electors if row.person_id == actor.id), None)
    found = _answer(ballot, roll, actor)
    line = roll.line_of(actor.id)
    if (
        ballot.state == BallotState.CLOSED
        and acts.casting_vote is None
        and policies.may_cast_casting_vote(actor, ballot, elector)
        and line is not None
        and line.status not in ("approve", "reject")
        and decide(ballot.arithmetic, roll.counts).result == TIE
    ):
        found.append(
            Choice(
                "Cast the casting vote",
                _to(ballot, "casting-vote"),
                "As many rejected as approved. Without it the tie loses.",
                waits=True,
            )
        )
    if policies.may_make_statement(actor, elector):
        found.append(
            Choice(
                "Make a statement for the record",
                _to(ballot, "statement"),
                "Printed with the decision, never counted.",
            )
        )
    return found
