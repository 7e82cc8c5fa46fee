"""The mail of a promise: it is due within a week, or overdue; each once."""

from datetime import date, timedelta

from audit.commands import in_command
from lifecycle.models import Commitment
from mail.registry import MessageKind, kinds
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
