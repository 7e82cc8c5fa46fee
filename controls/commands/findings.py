"""Findings: raised by an auditor, answered by the management, followed up and closed by an auditor."""

from datetime import date
from uuid import UUID

from accounts.models import Person
from audit.commands import command, locked, record
from controls import mails, policies, steps
from controls.events import Verb
from controls.models import ControlTest, Finding, SampleItem
from controls.states import FINDING, ControlState, FindingState, NoteKind, Result, Severity
from core import clock
from core.errors import IllegalMove, NotFound, Unacceptable
from core.policies import Actor, require


@command(Verb.FINDING_RAISED)
def raise_finding(
    *,
    actor: Actor,
    title: str,
    detail: str,
    severity: str,
    answer_by: date,
    test_id: UUID | None = None,
    item_id: UUID | None = None,
) -> Finding:
    """From an exception of a test, from a test as a whole, or from what an auditor saw elsewhere."""
    item = locked(SampleItem, item_id) if item_id is not None else None
    test = _test_of(item.test_id if item is not None else test_id)
    require(policies.may_test(actor))
    if item is not None and item.result != Result.EXCEPTION:
        raise IllegalMove("This record was not judged an exception. Judge it first.")
    if item is not None and hasattr(item, "finding"):
        raise IllegalMove(f"Finding {item.finding.number} was raised from this exception already.")
    if test is not None and test.state == ControlState.DROPPED:
        raise IllegalMove("This test was dropped. Raise the finding without it.")
    if not title.strip():
        raise Unacceptable("Say in one line what was found.", "title")
    if not detail.strip():
        raise Unacceptable("Say which rule was not kept, and what shows it.", "detail")
    if severity not in Severity.values:
        raise Unacceptable("Choose how severe it is.", "severity")
    if answer_by < clock.today():
        raise Unacceptable("The day for the answer is over already.", "answer_by")
    finding = Finding(
        number=steps.next_number("finding"),
        test=test,
        item=item,
        title=title.strip(),
        detail=detail.strip(),
        severity=Severity(severity),
        raised_by=steps.person_of(actor),
        raised_by_name=actor.name,
        raised_at=clock.now(),
        answer_by=answer_by,
    )
    finding.save(force_insert=True)
    record(finding, data={"severity": severity, "test": str(test.pk) if test else None})
    mails.tell_of_finding(finding, by=actor)
    return finding


@command(Verb.FINDING_ANSWERED)
def answer_finding(*, actor: Actor, finding_id: UUID, text: str, owner_id: UUID, due_on: date) -> Finding:
    """What the organisation does about it, who does it, and by when. Also how it went on, until it is closed."""
    finding = locked(Finding, finding_id)
    require(policies.may_answer_finding(actor, finding))
    if finding.state != FindingState.ANSWERED:
        FINDING.require(finding.state, FindingState.ANSWERED)
    owner = Person.objects.filter(pk=owner_id, active=True).first()
    if owner is None:
        raise Unacceptable("Choose somebody who is active here.", "owner_id")
    if owner.pk == finding.raised_by_id:
        raise Unacceptable(
            f"{owner.name} raised this finding and cannot own it. Choose somebody else.", "owner_id"
        )
    if not text.strip():
        raise Unacceptable("Say what is done about it, or why it is not what it seems.", "text")
    if due_on < clock.today() and due_on != finding.due_on:
        raise Unacceptable("The day is over already. Choose one to come.", "due_on")
    finding.state, finding.owner, finding.due_on = FindingState.ANSWERED, owner, due_on
    finding.save()
    steps.add_note(finding, NoteKind.ANSWER, text.strip(), by=actor)
    record(finding, reason=text.strip(), data={"owner": str(owner.pk), "due_on": due_on.isoformat()})
    mails.tell_of_answer(finding, by=actor)
    return finding


@command(Verb.FINDING_SENT_BACK)
def send_back_finding(*, actor: Actor, finding_id: UUID, text: str, answer_by: date) -> Finding:
    """The follow-up showed that it is not settled: it waits for another answer."""
    finding = locked(Finding, finding_id)
    require(policies.may_follow_up_finding(actor, finding))
    FINDING.require(finding.state, FindingState.OPEN)
    if not text.strip():
        raise Unacceptable("Say what is still missing.", "text")
    if answer_by < clock.today():
        raise Unacceptable("The day for the answer is over already.", "answer_by")
    finding.state, finding.answer_by = FindingState.OPEN, answer_by
    finding.save()
    steps.add_note(finding, NoteKind.SENT_BACK, text.strip(), by=actor)
    record(finding, reason=text.strip(), data={"answer_by": answer_by.isoformat()})
    mails.tell_of_sending_back(finding, by=actor)
    return finding


@command(Verb.FINDING_CLOSED)
def close_finding(*, actor: Actor, finding_id: UUID, text: str) -> Finding:
    """The follow-up showed that it is settled. That stays."""
    finding = locked(Finding, finding_id)
    require(policies.may_follow_up_finding(actor, finding))
    FINDING.require(finding.state, FindingState.CLOSED)
    if not text.strip():
        raise Unacceptable("Say what shows that it is settled.", "text")
    finding.state, finding.closed_at = FindingState.CLOSED, clock.now()
    finding.save()
    steps.add_note(finding, NoteKind.CLOSING, text.strip(), by=actor)
    record(finding, reason=text.strip())
    return finding


def _test_of(test_id: UUID | None) -> ControlTest | None:
    if test_id is None:
        return None
    found = ControlTest.objects.filter(pk=test_id).first()
    if found is None:
        raise NotFound("There is no such control test.")
    return found
