"""The mails of promises (due within a week, or overdue) and of suspensions; and what webhooks are told of models."""

from datetime import UTC, date, datetime, timedelta

from django.urls import reverse

from accounts.models import Person
from audit.commands import in_command
from board.models import Seat
from board.queries import seats_in_office
from core import clock
from lifecycle.events import Verb
from lifecycle.models import AIModel, Commitment, Suspension
from lifecycle.models import Fact as FactRow
from lifecycle.stages import Stage
from lifecycle.visibility import hidden_decisions, is_shown
from mail.registry import Fact, Group, MessageKind, groups, kinds
from mail.steps import post

DUE = "lifecycle.commitment.due"
AHEAD = timedelta(days=7)

kinds.register(
    DUE,
    MessageKind(
        label="A promise of yours is due",
        template="mail/lifecycle/commitment_due.txt",
        action="Add evidence",
        why="you answer for this promise",
        example={
            "promise": "Keep the weights of Haldane 2 for as long as the institute exists.",
            "ai_model": "Haldane 2",
            "due_on": date(2026, 12, 4),
            "overdue": False,
        },
        optional=False,
    ),
)


def occasion(commitment: Commitment, today: date) -> str:
    """The slot of the mail that is due now; a promise whose day was moved is told of anew. "" when none is."""
    if commitment.due_on is None or commitment.due_on - AHEAD > today:
        return ""
    which = "overdue" if commitment.due_on < today else "soon"
    return f"{DUE}:{which}:{commitment.pk}:{commitment.due_on}"


def tell_of_due(commitment: Commitment, today: date, *, url: str) -> None:
    """To whom the promise is answered for by."""
    in_command()
    assert commitment.due_on is not None
    post(
        kind=DUE,
        to=commitment.owner,
        about=commitment,
        slot=occasion(commitment, today),
        url=url,
        context={
            "promise": commitment.text,
            "ai_model": commitment.ai_model.name,
            "due_on": commitment.due_on,
            "overdue": commitment.due_on < today,
        },
    )


PROPOSED, SUSPENDED, OVER = (
    "lifecycle.suspension.proposed",
    "lifecycle.suspension.confirmed",
    "lifecycle.suspension.ended",
)
_THEN = datetime(2026, 12, 9, 12, tzinfo=UTC)
_EXAMPLE = {
    "ai_model": "Wren",
    "reason": "It told two visitors that the fire door was open.",
    "proposed_by": "Ines Falk",
    "confirmed_by": "Ada Marsh",
    "days": 14,
    "ends_at": _THEN,
    "ending": "lapsed",
    "ended_because": "",
}

for key, label, template, action, why in (
    (
        PROPOSED,
        "A suspension waits to be confirmed",
        "suspension_proposed",
        "Confirm it or turn it down",
        "you sit on the board that answers for it",
    ),
    (
        SUSPENDED,
        "A model was suspended in an emergency",
        "suspension_confirmed",
        "Read why, and what comes next",
        "you sit on the board that answers for it, or are the steward of this model",
    ),
    (
        OVER,
        "A suspension is over",
        "suspension_ended",
        "Read how it ended",
        "you sit on the board that answers for it, or are the steward of this model",
    ),
):
    kinds.register(
        key,
        MessageKind(
            label=label,
            template=f"mail/lifecycle/{template}.txt",
            action=action,
            why=why,
            example=_EXAMPLE,
            optional=False,
        ),
    )


def tell_of_proposal(suspension: Suspension) -> None:
    """To those who can confirm it: the members of its board, but for who proposed it."""
    seats = seats_in_office(suspension.board).exclude(role=Seat.Role.SECRETARY)
    members = [seat.person for seat in seats if seat.person_id != suspension.proposed_by_id]
    _tell(PROPOSED, suspension, members)


def tell_of_suspension(suspension: Suspension) -> None:
    """To the whole board at once, and the model's steward."""
    _tell(SUSPENDED, suspension, _concerned(suspension))


def tell_of_end(suspension: Suspension) -> None:
    """To the same people."""
    _tell(OVER, suspension, _concerned(suspension))


def _concerned(suspension: Suspension) -> list[Person]:
    people = [seat.person for seat in seats_in_office(suspension.board)]
    steward = suspension.ai_model.steward
    return [*people, steward] if steward is not None else people


def _tell(kind: str, suspension: Suspension, people: list[Person]) -> None:
    in_command()
    post(
        kind=kind,
        to=people,
        about=suspension,
        slot=f"{kind}:{suspension.pk}",
        context={
            "ai_model": suspension.ai_model.name,
            "reason": suspension.reason,
            "proposed_by": suspension.proposed_by_name,
            "confirmed_by": suspension.confirmed_by_name,
            "days": suspension.days,
            "ends_at": suspension.ends_at,
            "ending": str(suspension.ending),
            "ended_because": suspension.ended_because,
        },
    )


def _model_told(ai_model_id: str) -> Fact | None:
    """What a webhook is told of a stage that changed."""
    row = AIModel.objects.filter(pk=ai_model_id).first()
    if row is None or not is_shown(row, clock.now()):
        return None
    address = reverse("lifecycle_public:model", args=[row.slug])
    return Fact(f"{row.name}: {Stage(row.stage).label}", address)


def _date_told(fact_id: str) -> Fact | None:
    """What a webhook is told of a fact that a source stated."""
    row = FactRow.objects.select_related("ai_model").filter(pk=fact_id).first()
    if row is None or not is_shown(row.ai_model, clock.now()):
        return None
    if row.locator.removeprefix("Decision ") in hidden_decisions(None):
        return None
    words = row.kind.replace("_", " ")
    said = row.effective.isoformat() if row.effective else row.value
    address = reverse("lifecycle_public:model", args=[row.ai_model.slug])
    return Fact(f"{row.ai_model.name}: {words} {said}", address)


def _suspension_told(suspension_id: str) -> Fact | None:
    """What a webhook is told of a model that was suspended, or is so no more."""
    row = Suspension.objects.select_related("ai_model").filter(pk=suspension_id).first()
    if row is None or not is_shown(row.ai_model, clock.now()):
        return None
    state = row.state_at(clock.now()).label
    return Fact(f"{row}: {state}", reverse("lifecycle_public:model", args=[row.ai_model.slug]))


SUSPENSIONS = frozenset(
    map(
        str,
        (
            Verb.SUSPENSION_CONFIRMED,
            Verb.SUSPENSION_LIFTED,
            Verb.SUSPENSION_RATIFIED,
            Verb.SUSPENSION_REJECTED,
            Verb.SUSPENSION_EXPIRED,
        ),
    )
)

groups.register("stages", Group("Changes of stage", frozenset({str(Verb.STAGE_CHANGED)}), _model_told))
groups.register("dates", Group("Facts and dates of models", frozenset({str(Verb.FACT_STATED)}), _date_told))
groups.register("suspensions", Group("Emergency suspensions", SUSPENSIONS, _suspension_told))
