"""What the secretary entered for a member: a position they confirm or contest, a recusal they confirm or decline."""

from uuid import UUID

from accounts.actors import actor_of
from accounts.models import Person
from audit.commands import command, locked, record, unchanged
from board import policies, queries
from board.events import Verb
from board.models import Ballot, Elector, PositionAnswer, Recusal, RecusalEntry
from board.states import RECUSAL_ENTRY, BallotState, RecusalEntryState
from board.steps import require_open
from board.steps.mails import tell_of_contest, tell_of_recusal_entry
from board.steps.positions import require_nothing_secret
from core import clock
from core.errors import IllegalMove, Unacceptable
from core.policies import Actor, require


@command(Verb.POSITION_ANSWERED)
def answer_position(
    *, actor: Actor, ballot_id: UUID, number: int, answer: str, text: str = ""
) -> PositionAnswer:
    """Confirm a position the secretary entered for one, or contest it; what is contested never counts.

    Until the result is certified, so that a position entered in the last minute can be contested too.
    """
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    taken = queries.position_entered(ballot, number)
    require(policies.may_answer_position(actor, taken))
    assert taken is not None  # the policy refuses otherwise
    if answer not in PositionAnswer.Answer.values:
        raise Unacceptable("Choose whether to confirm or to contest it.", "answer")
    given = PositionAnswer.objects.filter(position=taken).first()
    if given is not None:
        if given.answer == answer:
            return unchanged(given)
        raise IllegalMove("You have answered for this position already. Record a position of your own.")
    if ballot.state not in (BallotState.OPEN, BallotState.CLOSED):
        raise IllegalMove("This round is over and certified. Tell the secretary, who puts it on record.")
    if answer == PositionAnswer.Answer.CONTEST and not text.strip():
        raise Unacceptable("Say what you had asked the secretary to enter, if anything.", "text")
    row = PositionAnswer(position=taken, answer=answer, text=text.strip(), answered_at=clock.now())
    row.save(force_insert=True)
    record(
        ballot,
        reason=row.text,
        data={"answer": answer, "number": number, "member": taken.elector.name},
    )
    if answer == PositionAnswer.Answer.CONTEST:
        tell_of_contest(ballot, taken)
    return row


@command(Verb.RECUSAL_ENTERED)
def enter_recusal(
    *, actor: Actor, ballot_id: UUID, member_id: UUID, category: str, text: str
) -> RecusalEntry:
    """Write down a recusal a member told the secretary of. It waits for the member and has no effect before."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    elector = Elector.objects.filter(ballot=ballot, person_id=member_id).select_related("person").first()
    require(policies.may_enter_recusal(actor, ballot, elector))
    assert elector is not None  # the policy refuses otherwise
    require_nothing_secret(ballot)
    now = require_open(
        ballot, "A conflict found after the close is told to the secretary, who puts it on record."
    )
    if category not in Recusal.Category.values:
        raise Unacceptable("Choose what kind of conflict it is.", "category")
    if not text.strip():
        raise Unacceptable("Say in a sentence what the conflict is, in the member’s words.", "text")
    if Recusal.objects.filter(elector=elector).exists():
        raise IllegalMove(f"{elector.name} is recused from this vote already.")
    if RecusalEntry.objects.filter(elector=elector, state=RecusalEntryState.ENTERED).exists():
        raise IllegalMove(f"A recusal is entered for {elector.name} already and waits for them.")
    entry = RecusalEntry(
        ballot=ballot,
        elector=elector,
        category=category,
        text=text.strip(),
        entered_by=Person.objects.get(pk=policies.id_of(actor)),
        entered_by_name=actor.name,
        entered_at=now,
    )
    entry.save(force_insert=True)
    record(
        ballot,
        data={"member": elector.name, "category": category},
        on_behalf_of=actor_of(elector.person),
    )
    tell_of_recusal_entry(ballot, entry)
    return entry


@command(Verb.MEMBER_RECUSED)
def confirm_recusal(*, actor: Actor, ballot_id: UUID) -> Recusal:
    """Make the recusal that the secretary entered one's own. Voids one's position; cannot be undone."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    entry = _waiting_entry(actor, ballot)
    now = require_open(
        ballot, "A conflict found after the close is told to the secretary, who puts it on record."
    )
    _end_entry(entry, RecusalEntryState.CONFIRMED)
    recusal = Recusal(
        ballot=ballot, elector=entry.elector, category=entry.category, text=entry.text, declared_at=now
    )
    recusal.save(force_insert=True)
    record(
        ballot,
        data={"member": actor.name, "category": entry.category, "entered_by": entry.entered_by_name},
    )
    return recusal


@command(Verb.RECUSAL_DECLINED)
def decline_recusal(*, actor: Actor, ballot_id: UUID, reason: str) -> RecusalEntry:
    """Say that the recusal the secretary entered is not one's own. One stays an elector."""
    ballot = locked(Ballot, ballot_id, select_related=("motion__board",))
    entry = _waiting_entry(actor, ballot)
    if not reason.strip():
        raise Unacceptable("Say why it does not stand.", "reason")
    _end_entry(entry, RecusalEntryState.DECLINED)
    record(ballot, reason=reason.strip(), data={"member": actor.name, "entered_by": entry.entered_by_name})
    return entry


def _waiting_entry(actor: Actor, ballot: Ballot) -> RecusalEntry:
    entry = (
        RecusalEntry.objects.filter(
            ballot=ballot, elector__person_id=policies.id_of(actor), state=RecusalEntryState.ENTERED
        )
        .select_related("elector")
        .first()
    )
    require(policies.may_answer_recusal(actor, entry))
    assert entry is not None  # the policy refuses otherwise
    return entry


def _end_entry(entry: RecusalEntry, state: RecusalEntryState) -> None:
    RECUSAL_ENTRY.require(entry.state, state)
    entry.state = state
    entry.answered_at = clock.now()
    entry.save()
