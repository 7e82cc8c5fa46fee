"""The mail of an essay: a text has come and two editors are to read it."""

from accounts.queries import people_in_role
from accounts.states import Role
from essays.models import Essay, Revision
from mail.registry import MessageKind, kinds
from mail.steps import post

OPENED = "essays.review.opened"

kinds.register(
    OPENED,
    MessageKind(
        label="An essay is to be reviewed",
        template="mail/essays/review_opened.txt",
        action="Read and review",
        why="you are an editor",
        example={"series": "Letters from Haldane 2", "number": 7, "title": "What a query leaves behind"},
    ),
)


def tell_of_review(essay: Essay, revision: Revision) -> None:
    """To the editors, except who commissioned it: they may not review it."""
    post(
        kind=OPENED,
        to=people_in_role(Role.EDITOR).exclude(pk=essay.commissioned_by_id),
        about=essay,
        slot=f"{OPENED}:{revision.pk}",
        context={"series": essay.series.title, "number": essay.number, "title": essay.title},
    )
