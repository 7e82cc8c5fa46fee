"""Who tests, who answers findings, who closes them. Nobody judges what they had part in."""

from controls.models import Finding, FindingNote
from controls.states import NoteKind
from core.policies import ALLOWED, Actor, Verdict, any_of, denied

KEEPERS = ("steward", "secretary")


def may_see_controls(actor: Actor) -> Verdict:
    if any_of(actor, "auditor", *KEEPERS):
        return ALLOWED
    return denied("Control tests are read by auditors, stewards and secretaries. Ask one of them.")


def may_test(actor: Actor) -> Verdict:
    """Define, freeze, draw, conclude, drop, take results away, raise findings."""
    if any_of(actor, "auditor"):
        return ALLOWED
    return denied("Only auditors carry out control tests. Ask one of them.")


def may_judge_item(actor: Actor, *, has_part: bool) -> Verdict:
    """`has_part`: whether they had part in the record themselves (controls.parts)."""
    if not (tests := may_test(actor)):
        return tests
    if has_part:
        return denied("You had part in this record: another auditor judges it.")
    return ALLOWED


def may_see_finding(actor: Actor, finding: Finding) -> Verdict:
    return ALLOWED if actor.id == finding.owner_id else may_see_controls(actor)


def may_answer_finding(actor: Actor, finding: Finding) -> Verdict:
    """The management, or whoever it made the owner; never who raised it."""
    if actor.id == finding.raised_by_id:
        return denied("You raised this finding: somebody else answers it.")
    if any_of(actor, *KEEPERS) or (actor.id is not None and actor.id == finding.owner_id):
        return ALLOWED
    return denied("A finding is answered by a steward, a secretary or its owner. Ask one of them.")


def may_follow_up_finding(actor: Actor, finding: Finding) -> Verdict:
    """Send it back or close it: an auditor who neither owns nor answered it."""
    if not (tests := may_test(actor)):
        return tests
    answered = FindingNote.objects.filter(finding=finding, kind=NoteKind.ANSWER, written_by_id=actor.id)
    if actor.id == finding.owner_id or answered.exists():
        return denied("You answered this finding or own it: another auditor follows it up.")
    return ALLOWED
