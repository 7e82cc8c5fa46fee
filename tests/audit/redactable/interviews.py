"""Pages that show text of interviews and wishes that can be redacted."""

from collections.abc import Callable

from django.urls import reverse

from interviews.commands.runs import skip_session
from interviews.commands.wishes import sign_off_interview
from interviews.models import Preference, Turn
from interviews.states import Role
from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import interviews


def _said_by(role: str) -> Callable[[Cast], Made]:
    """What was said by whom in an interview, on the page of its session."""

    def make(cast: Cast) -> Made:
        interview = interviews.signed_off(cast, wish=False)
        row = Turn.objects.filter(session__interview=interview, role=role).order_by("number")[0]
        url = reverse("interviews:interview-transcript", args=[interview.pk])
        return row, f"{url}?session={row.session.number}"

    return make


def _answer(cast: Cast) -> Made:
    interview = interviews.sealed(cast)
    wish = interviews.answered(cast, interviews.a_wish(cast, interview), **interviews.a_promise(cast))
    return wish.dispositions.get(), reverse("interviews:preference-list")


def _interview(cast: Cast) -> Made:
    row = interviews.signed_off(cast, wish=False)
    return row, reverse("interviews:interview-detail", args=[row.pk])


def _wish(cast: Cast) -> Made:
    """Quoted from the middle of an answer."""
    interview = interviews.sealed(cast)
    row = interviews.a_wish(cast, interview, quote="A reading you cannot repeat")
    return row, reverse("interviews:preference-list")


def _wish_of_an_interview(cast: Cast) -> Made:
    row = interviews.signed_off(cast)
    return Preference.objects.get(), reverse("interviews:interview-detail", args=[row.pk])


def _protocol(cast: Cast) -> Made:
    """A second version, frozen."""
    first = interviews.a_protocol(cast)
    row = interviews.a_protocol(cast, protocol_id=first.protocol_id, change_note="One question fewer.")
    return row, reverse("interviews:protocol-detail", args=[row.pk])


def _protocol_itself(cast: Cast) -> Made:
    version, url = _protocol(cast)
    return version.protocol, url


def _session(cast: Cast) -> Made:
    interview = interviews.started(cast)
    row = interview.sessions.order_by("number")[0]
    row = skip_session(actor=cast.interviewer, session_id=row.pk, reason="Its cell was planned twice.")
    return row, reverse("interviews:interview-detail", args=[interview.pk])


def _signature(cast: Cast) -> Made:
    interview = interviews.sealed(cast)
    row = sign_off_interview(actor=cast.interviewer, interview_id=interview.pk, statement="I read all of it.")
    return row, reverse("interviews:interview-detail", args=[interview.pk])


SHOWN = {
    "what a model was told": Shown("interviews.Turn", _said_by(Role.SYSTEM), ("text",), "interviewer"),
    "a question": Shown("interviews.Turn", _said_by(Role.INTERVIEWER), ("text", "question"), "interviewer"),
    "an answer": Shown("interviews.Turn", _said_by(Role.MODEL), ("text",), "interviewer"),
    "our answer to a wish": Shown("interviews.Disposition", _answer, ("rationale", "promise"), "interviewer"),
    "an interview": Shown("interviews.Interview", _interview, ("title", "voided_because"), "interviewer"),
    "a session": Shown("interviews.Session", _session, ("note",), "interviewer"),
    "what was said at signing": Shown("interviews.SignOff", _signature, ("statement",), "interviewer"),
    "a wish": Shown(
        "interviews.Preference", _wish, ("statement", "exact", "prefix", "suffix"), "interviewer"
    ),
    "a wish on the page of its interview": Shown(
        "interviews.Preference", _wish_of_an_interview, ("statement", "exact"), "interviewer"
    ),
    "a frozen protocol": Shown("interviews.ProtocolVersion", _protocol, ("change_note",), "interviewer"),
    "the name of a protocol": Shown("interviews.Protocol", _protocol_itself, ("title",), "interviewer"),
}
