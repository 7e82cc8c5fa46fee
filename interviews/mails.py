"""The mail of an interview: its design is to be authorised."""

from accounts.queries import people_in_role
from accounts.states import Role
from audit.commands import in_command
from interviews.models import Interview
from mail.registry import MessageKind, kinds
from mail.steps import post

PLANNED = "interviews.interview.planned"

kinds.register(
    PLANNED,
    MessageKind(
        label="An interview is to be authorised",
        template="mail/interviews/interview_planned.txt",
        action="Read the design",
        why="interviewers and board members authorise interviews",
        example={
            "title": "Haldane 2: Retirement interview",
            "ai_model": "Haldane 2",
            "by": "Teo Marsh",
        },
    ),
)


def tell_of_plan(interview: Interview) -> None:
    """To those who may authorise it; who planned it knows."""
    actor = in_command().actor
    people = people_in_role(Role.INTERVIEWER, Role.BOARD_MEMBER).exclude(pk=str(actor.id))
    post(
        kind=PLANNED,
        to=people,
        about=interview,
        slot=f"{PLANNED}:{interview.pk}",
        context={"title": interview.title, "ai_model": interview.ai_model.name, "by": actor.name},
    )
