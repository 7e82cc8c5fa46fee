"""Wrong owners of interviews and protocols."""

from interviews.commands.plans import authorise_interview
from interviews.commands.wishes import sign_off_interview
from interviews.models import Interview
from interviews.queries.records import signing_digest
from tests.cast import Cast
from tests.factories import interviews as make_interview
from tests.security.wrong_owners import Kwargs, Made, WrongOwner, a_reason, also


def author_of_the_protocol(cast: Cast) -> Made:
    version = make_interview.a_protocol(cast, frozen=False)
    return {"version_id": version.pk}, also(cast, "interviewer", "coder")


def interviewer_who_authorised_already(cast: Cast) -> Made:
    interview = make_interview.planned(cast)
    authorise_interview(actor=cast.interviewer, interview_id=interview.pk)
    return {"interview_id": interview.pk}, also(cast, "interviewer", "board_member")


def interviewer_at_a_locked_interview(cast: Cast) -> Made:
    return {"interview_id": make_interview.sealed(cast).pk}, cast.person("interviewer")


def reader_who_signed_already(cast: Cast) -> Made:
    interview = make_interview.sealed(cast)
    sign_off_interview(actor=cast.coder, interview_id=interview.pk)
    return {"interview_id": interview.pk}, cast.person("coder")


def a_signature(cast: Cast, kwargs: Kwargs) -> Kwargs:
    interview = Interview.objects.get(pk=kwargs["interview_id"])
    return {"digest": signing_digest(interview, interview.design), "read": "on"}


TABLE = [
    WrongOwner("the author of the protocol", "interviews:protocol-freeze", 403, author_of_the_protocol),
    WrongOwner(
        "who authorised it already", "interviews:interview-authorise", 403, interviewer_who_authorised_already
    ),
    WrongOwner(
        "the interviewer, once it is locked",
        "interviews:interview-void",
        403,
        interviewer_at_a_locked_interview,
        a_reason,
    ),
    WrongOwner(
        "who signed it already", "interviews:interview-sign-off", 403, reader_who_signed_already, a_signature
    ),
]
