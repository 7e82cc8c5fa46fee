"""Make a promise, inside the command that undertakes it."""

from datetime import date

from accounts.models import Person
from audit.commands import in_command, record
from core import clock
from lifecycle.events import Verb
from lifecycle.models import AIModel, Case, Commitment
from lifecycle.steps.numbers import next_number


def promise(
    *, ai_model: AIModel, case: Case | None, text: str, source: str, owner: Person, due_on: date | None
) -> Commitment:
    """One open promise. `source` says in words what made it: "Decision 2026-03", "Answer to wish 2 of …"."""
    in_command()
    commitment = Commitment(
        number=next_number("commitment"),
        ai_model=ai_model,
        case=case,
        text=text,
        source=source,
        owner=owner,
        due_on=due_on,
        made_at=clock.now(),
    )
    commitment.save(force_insert=True)
    record(
        commitment,
        verb=Verb.COMMITMENT_MADE,
        data={"source": source, "owner": owner.name, "due_on": due_on.isoformat() if due_on else None},
    )
    return commitment
