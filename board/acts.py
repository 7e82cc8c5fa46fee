"""What was done to a round besides voting, read once for a page or a certificate. Words are in `board.wording`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.disclosures import words, words_of
from audit.models import Event
from board.events import Verb
from board.models import Ballot, CastingVote, EditorialFix, RecusalEntry, Statement, Withdrawal
from board.states import BallotState, FixState, RecusalEntryState, WithdrawalState
from board.wording import moment


@dataclass(frozen=True)
class Done:
    """One line of a round's history."""

    at: datetime
    text: str
    why: str = ""


@dataclass(frozen=True)
class Acts:
    """Fixes, withdrawals, statements, recusals entered by the secretary, the casting vote.

    `ended`: the act by which a round was ended for a new one.
    """

    fixes: list[EditorialFix] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    entries: list[RecusalEntry] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    casting_vote: CastingVote | None = None
    ended: Event | None = None

    @property
    def fix_proposed(self) -> EditorialFix | None:
        return next((row for row in self.fixes if row.state == FixState.PROPOSED), None)

    @property
    def withdrawal_pending(self) -> Withdrawal | None:
        pending = (WithdrawalState.ASKED, WithdrawalState.AGREED)
        return next((row for row in self.withdrawals if row.state in pending), None)

    def entry_for(self, person_id: object) -> RecusalEntry | None:
        """The recusal entered for this person that waits for them."""
        return next(
            (
                row
                for row in self.entries
                if row.state == RecusalEntryState.ENTERED and row.elector.person_id == person_id
            ),
            None,
        )

    @property
    def done(self) -> list[Done]:
        """All of it as lines of history."""
        lines = [line for row in self.fixes for line in _fix_lines(row)]
        lines += [line for row in self.withdrawals for line in _withdrawal_lines(row)]
        for entry in self.entries:
            lines.append(
                Done(
                    entry.entered_at,
                    f"{entry.entered_by_name} entered a recusal for {entry.elector.name}, who confirms or declines it",
                )
            )
            if entry.state == RecusalEntryState.DECLINED and entry.answered_at:
                lines.append(Done(entry.answered_at, f"{entry.elector.name} declined that recusal"))
        lines += [
            Done(row.made_at, f"{row.elector.name} made a {row.get_kind_display().lower()}", row.text)
            for row in self.statements
        ]
        if self.casting_vote:
            cast = self.casting_vote
            lines.append(
                Done(cast.cast_at, f"{cast.elector.name} broke the tie: {cast.position}", cast.reason)
            )
        if self.ended and self.ended.at:
            said = f"{self.ended.actor_name} ended this round for a new one; what was recorded is not counted"
            lines.append(Done(self.ended.at, said, self.ended.reason))
        return lines


def acts_of(ballot: Ballot) -> Acts:
    """Read them: what is known not to be there (`queries.ballots_to_show`) is not asked for."""

    def there(kind: str) -> bool:
        return bool(getattr(ballot, f"has_{kind}", True))

    casting = ballot.state != BallotState.OPEN and ballot.arithmetic.casting_vote
    fixes = EditorialFix.objects.filter(ballot=ballot).order_by("proposed_at")
    withdrawals = Withdrawal.objects.filter(ballot=ballot).order_by("asked_at")
    entries = RecusalEntry.objects.filter(ballot=ballot).select_related("elector")
    statements = Statement.objects.filter(ballot=ballot).select_related("elector").order_by("made_at")
    cast = CastingVote.objects.filter(ballot=ballot).select_related("elector")
    # Nothing but its event says why a round was ended.
    ended = Event.objects.filter(
        target_type=Ballot._meta.label, target_id=str(ballot.pk), verb=Verb.BALLOT_SUPERSEDED
    )
    return Acts(
        fixes=list(fixes) if there("fixes") else [],
        withdrawals=list(withdrawals) if there("withdrawals") else [],
        entries=list(entries) if there("entries") else [],
        statements=list(statements) if there("statements") else [],
        casting_vote=cast.first() if casting else None,
        ended=ended.first() if ballot.state == BallotState.SUPERSEDED else None,
    )


def as_certified(acts: Acts, ballot: Ballot) -> dict[str, Any]:
    """What a certificate says of them: only what happened, so that one without any looks as it always did."""
    found: dict[str, Any] = {}
    if ballot.extended_from:
        found["extended_from"] = ballot.extended_from.isoformat()
    fixes = [row for row in acts.fixes if row.state == FixState.CONFIRMED]
    if fixes:
        found["fixes"] = [
            {
                "before": _texts(row, "before"),
                "after": _texts(row, "after"),
                "reason": words_of(row, "reason"),
                "proposed_by": words_of(row, "proposed_by_name"),
                "confirmed_by": words_of(row, "decided_by_name"),
                "confirmed_at": row.decided_at.isoformat() if row.decided_at else None,
            }
            for row in fixes
        ]
    if acts.casting_vote:
        found["casting_vote"] = {
            "name": words_of(acts.casting_vote.elector, "name"),
            "position": acts.casting_vote.position,
            "reason": words_of(acts.casting_vote, "reason"),
            "cast_at": acts.casting_vote.cast_at.isoformat(),
        }
    if acts.statements:
        found["statements"] = [
            {
                "kind": row.kind,
                "name": words_of(row.elector, "name"),
                "text": words_of(row, "text"),
                "made_at": row.made_at.isoformat(),
            }
            for row in acts.statements
        ]
    return found


def _texts(row: EditorialFix, column: str) -> dict[str, str]:
    """The words of a motion as a fix holds them; empty where they were redacted."""
    return {name: words(text, row._meta.label, row.pk, column) for name, text in getattr(row, column).items()}


def _fix_lines(row: EditorialFix) -> list[Done]:
    lines = [Done(row.proposed_at, f"{row.proposed_by_name} proposed to put words right", row.reason)]
    if row.decided_at:
        did = "confirmed that nothing asked changes" if row.state == FixState.CONFIRMED else "refused it"
        lines.append(Done(row.decided_at, f"{row.decided_by_name} {did}"))
    return lines


def _withdrawal_lines(row: Withdrawal) -> list[Done]:
    lines = [Done(row.asked_at, "Its mover asked to take the proposal back", row.reason)]
    if row.agreed_at and row.takes_effect_at:
        until = moment(row.takes_effect_at)
        lines.append(Done(row.agreed_at, f"{row.agreed_by_name} agreed; objections until {until}"))
    if row.ended_at and row.state == WithdrawalState.OBJECTED:
        lines.append(Done(row.ended_at, f"{row.objector_name} objected, so the vote went on", row.objection))
    elif row.ended_at:
        lines.append(Done(row.ended_at, f"Withdrawal: {row.get_state_display().lower()}"))
    return lines
