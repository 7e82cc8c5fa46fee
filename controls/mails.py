"""The mails of a finding: raised, owned, answered, sent back. They name it; what was found stays on its page."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.models import Person
from accounts.queries import people_in_role
from controls.models import Finding
from controls.policies import KEEPERS
from core.policies import Actor
from mail.registry import MessageKind, kinds
from mail.steps import post

RAISED, OWNED = "controls.finding.raised", "controls.finding.owned"
ANSWERED, SENT_BACK = "controls.finding.answered", "controls.finding.sent_back"

_EXAMPLE = {
    "number": 3,
    "title": "Two grants without a second person",
    "severity": "Moderate",
    "by": "Vera Lindqvist",
    "day": date(2026, 11, 28),
}

for kind, label, name, action, why, optional in (
    (RAISED, "A finding was raised", "raised", "Read and answer", "stewards and secretaries answer findings", False),
    (OWNED, "A finding was put into your hands", "owned", "Read the finding", "you own what is done about it", False),
    (ANSWERED, "A finding of yours was answered", "answered", "Read the answer", "you raised the finding", True),
    (SENT_BACK, "A finding was sent back", "sent_back", "Read and answer", "you own what is done about it", False),
):  # fmt: skip
    kinds.register(
        kind,
        MessageKind(
            label=label,
            template=f"mail/controls/finding_{name}.txt",
            action=action,
            why=why,
            example=_EXAMPLE,
            optional=optional,
        ),
    )


def tell_of_finding(finding: Finding, *, by: Actor) -> None:
    """To everybody who may answer it, as the last step of a command."""
    _post(RAISED, finding, people_in_role(*KEEPERS), by=by, day=finding.answer_by)


def tell_of_answer(finding: Finding, *, by: Actor) -> None:
    """To whoever raised it, and to its owner."""
    _post(OWNED, finding, [finding.owner], by=by, day=finding.due_on)
    _post(ANSWERED, finding, [finding.raised_by], by=by, day=finding.due_on)


def tell_of_sending_back(finding: Finding, *, by: Actor) -> None:
    """To its owner."""
    _post(SENT_BACK, finding, [finding.owner], by=by, day=finding.answer_by)


def _post(
    kind: str, finding: Finding, people: Iterable[Person | None], *, by: Actor, day: date | None
) -> None:
    told = [person for person in people if person is not None and person.pk != by.id]
    if not told:
        return
    post(
        kind=kind,
        to=told,
        about=finding,
        slot=f"{kind}:{finding.pk}:{finding.notes.count()}",
        url=reverse("controls:finding", args=[finding.pk]),
        context={
            "number": finding.number,
            "title": finding.title,
            "severity": finding.get_severity_display(),
            "by": by.name,
            "day": day,
        },
    )
