"""Taking back a motion whose vote is open: asked by the mover, agreed by whoever presides, objected to by electors."""

from uuid import UUID

from django.http import HttpResponse

from board import policies
from board.commands import withdrawals
from board.forms import ConfirmForm, ReasonForm
from board.forms.acts import (
    ObjectForm,
)
from board.queries import electors_of
from board.views.acts import act, page_for
from board.views.ballots import posted
from core.door import DeskRequest, desk_page, show_and_do


@desk_page
@show_and_do
def withdraw(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    return act(
        request,
        page,
        policies.may_change_motion(request.actor, page.ballot.motion),
        ReasonForm(posted(request)),
        lambda said: withdrawals.ask_withdrawal(actor=request.actor, ballot_id=ballot_id, **said),
        title="Ask to take the proposal back",
        sentence=("A vote on it is open" if page.secret else "Members have voted")
        + ", so it belongs to the board: the chair must agree, and one objection of an "
        "elector within 72 hours is enough for the vote to go on.",
        button="Ask to withdraw",
    )


@desk_page
@show_and_do
def agree(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    pending = page.acts.withdrawal_pending
    return act(
        request,
        page,
        policies.may_agree_to_withdrawal(request.actor, page.ballot, list(electors_of(page.ballot))),
        ConfirmForm(posted(request)),
        lambda said: withdrawals.agree_to_withdrawal(actor=request.actor, ballot_id=ballot_id),
        title="Agree to the withdrawal",
        sentence=f"{page.ballot.motion.mover_name} wants to take the proposal back. If you agree, that happens after"
        " 72 hours, unless an elector objects.",
        button="Agree to withdrawal",
        quoted=pending.reason if pending else "",
    )


@desk_page
@show_and_do
def object_to(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    pending = page.acts.withdrawal_pending
    return act(
        request,
        page,
        policies.may_object_to_withdrawal(request.actor, page.ballot, list(electors_of(page.ballot))),
        ObjectForm(posted(request)),
        lambda said: withdrawals.object_to_withdrawal(actor=request.actor, ballot_id=ballot_id, **said),
        title="Object to the withdrawal",
        sentence=f"{page.ballot.motion.mover_name} wants to take the proposal back. If you object, the vote goes on"
        " as if nobody had asked.",
        button="Object",
        quoted=pending.reason if pending else "",
    )
