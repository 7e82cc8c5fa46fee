"""What is said after the close: statements printed with the certificate, and what a decision means."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from board import policies
from board.commands import statements
from board.forms.acts import (
    OutcomeForm,
    StatementForm,
)
from board.queries import electors_of
from board.views.acts import act, page_for
from board.views.ballots import posted
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound


@desk_page
@show_and_do
def statement(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    elector = electors_of(page.ballot).filter(person_id=policies.id_of(request.actor)).first()
    return act(
        request,
        page,
        policies.may_make_statement(request.actor, elector),
        StatementForm(posted(request), initial={"kind": request.GET.get("kind", "late")}),
        lambda said: statements.make_statement(actor=request.actor, ballot_id=ballot_id, **said),
        title="Make a statement for the record",
        sentence="It is never counted. It can be made until the result is certified, and is printed with it.",
        button="File statement",
    )


@desk_page
@show_and_do
def outcome(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    certificate = getattr(page.ballot, "certificate", None)
    if certificate is None:
        raise NotFound("This round has no certified result yet.")
    last = certificate.outcome_statements.order_by("-version").first()
    return act(
        request,
        page,
        policies.may_state_outcome(request.actor, certificate),
        OutcomeForm(
            posted(request),
            initial={"text": last.text, "review_on": last.review_on} if last else {},
        ),
        lambda said: statements.state_outcome(
            actor=request.actor, certificate_id=certificate.pk, seen=request.POST.get("seen", ""), **said
        ),
        title=f"What decision {certificate.number} means",
        sentence="In words for readers who were not there. It stands beside the certificate, which never changes.",
        button="Save statement",
        seen=last.version if last else 0,
        done=lambda done: reverse("board_public:decision", args=[certificate.number]),
    )
