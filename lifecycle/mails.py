"""The mail of a promise (due within a week, or overdue; each once), and what webhooks are told of models."""

from datetime import date, timedelta

from django.urls import reverse

from audit.commands import in_command
from core import clock
from lifecycle.events import Verb
from lifecycle.models import AIModel, Commitment
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


groups.register("stages", Group("Changes of stage", frozenset({str(Verb.STAGE_CHANGED)}), _model_told))
groups.register("dates", Group("Facts and dates of models", frozenset({str(Verb.FACT_STATED)}), _date_told))
