"""What lifecycle itself requires of a case. Other requirements come from the apps that hold the evidence."""

from core import clock
from lifecycle import notice
from lifecycle.legality import TAKES_AWAY
from lifecycle.models import Case
from lifecycle.registry import Finding, Status
from lifecycle.states import CaseKind


def notice_days(case: Case) -> Finding:
    """Enough days between the announcement and the day it takes effect, as the case's board promised."""
    if not case.ai_model.ours:
        return Finding(Status.DOES_NOT_APPLY, "It is a vendor’s model: the notice is theirs to give.")
    if case.kind not in (CaseKind.RETIRE, CaseKind.LIMIT_ACCESS, CaseKind.REMOVE_WEIGHTS):
        return Finding(Status.DOES_NOT_APPLY, "Nothing ends by this decision.")
    announced, effective = case.announced_on, case.retires_on
    if announced is None or effective is None:
        today = clock.today()
        announced, effective = announced or today, effective or today
    promised = case.board.notice_days
    try:
        given = notice.days(announced, effective)
    except ValueError:
        return Finding(
            Status.NOT_MET,
            f"It would be announced on {announced:%-d %b %Y}, after it takes effect on {effective:%-d %b %Y}."
            " Change one of the two dates.",
        )
    if given >= promised:
        return Finding(
            Status.MET, f"{_days(given)} from {announced:%-d %b %Y}; at least {promised} are promised."
        )
    return Finding(
        Status.NOT_MET,
        f"{_days(given)} from {announced:%-d %b %Y} to {effective:%-d %b %Y}; at least {promised} are promised."
        " Choose a later day.",
    )


def replacement_named(case: Case) -> Finding:
    """What people can use instead is named, or it is argued that there is nothing."""
    if case.kind not in (*TAKES_AWAY, CaseKind.RESPOND):
        return Finding(Status.DOES_NOT_APPLY, "Nothing ends by this decision.")
    if case.replacement:
        return Finding(Status.MET, case.replacement)
    if case.no_replacement_reason:
        return Finding(Status.MET, f"None: {case.no_replacement_reason}")
    return Finding(Status.NOT_MET, "Name what people can use instead, or say why there is nothing.")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
