"""What is done to a vote besides voting, each on a page of its own with one form and one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from accounts.second_factor import fresh_factor
from board import policies
from board.commands import chair, entered, fixes, holds, statements, withdrawals
from board.forms import ConfirmForm, ReasonForm
from board.forms_of_acts import (
    AnswerForm,
    AnswerRecusalForm,
    CastingVoteForm,
    DecideFixForm,
    EnterRecusalForm,
    ExtendForm,
    FixForm,
    ObjectForm,
    OutcomeForm,
    RenewForm,
    StatementForm,
)
from board.models import Position
from board.pages import BallotPage, ballot_page
from board.queries import electors_of
from board.views.ballots import ballot_for, posted, url_of
from board.wording import counted, moment
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.policies import Verdict, require
from core.web import submit


def act(
    request: DeskRequest,
    page: BallotPage,
    may: Verdict,
    form: Form,
    run: Callable[[dict[str, Any]], object],
    *,
    title: str,
    sentence: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """One act on a ballot: its form for whoever may, its one command, then back to the vote."""
    require(may)
    return submit(
        request,
        form=form,
        run=run,
        done=more.pop("done", lambda done: url_of(page.ballot)),
        template="board/ballot_act.html",
        context={
            "page": page,
            "title": title,
            "sentence": sentence,
            "button": button,
            "place": "board",
            **more,
        },
    )


def page_for(request: DeskRequest, ballot_id: UUID) -> BallotPage:
    return ballot_page(request.actor, ballot_for(request, ballot_id))


@desk_page
@fresh_factor
@show_and_do
def answer(request: DeskRequest, ballot_id: UUID, number: int) -> HttpResponse:
    page = page_for(request, ballot_id)
    taken = Position.objects.filter(ballot_id=ballot_id, number=number).select_related("elector").first()
    return act(
        request,
        page,
        policies.may_answer_position(request.actor, taken),
        AnswerForm(posted(request)),
        lambda said: entered.answer_position(actor=request.actor, ballot_id=ballot_id, number=number, **said),
        title="Is this your position?",
        sentence=f"{taken.entered_by_name} entered it for you: {taken.position}." if taken else "",
        button="Answer",
        quoted=taken.reason if taken else "",
    )


@desk_page
@fresh_factor
@show_and_do
def renew(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    span = counted(page.ballot.terms["hold_lapse_days"], "day")
    return act(
        request,
        page,
        policies.may_renew_hold(request.actor, page.ballot),
        RenewForm(posted(request)),
        lambda said: holds.renew_hold(actor=request.actor, ballot_id=ballot_id, **said),
        title="Renew your hold",
        sentence=f"It then stands for {span} from now. A hold is renewed once.",
        button="Renew hold",
    )


@desk_page
@show_and_do
def enter_recusal(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    electors = [row for row in electors_of(page.ballot) if row.departed_at is None]
    anybody = next((row for row in electors if row.person_id != request.actor.id), None)
    able = [(str(row.person_id), row.name) for row in electors if getattr(row, "recusal", None) is None]
    return act(
        request,
        page,
        policies.may_enter_recusal(request.actor, page.ballot, anybody, secretary=page.secretary),
        EnterRecusalForm(posted(request), members=able),
        lambda said: entered.enter_recusal(
            actor=request.actor, ballot_id=ballot_id, member_id=UUID(said.pop("member_id")), **said
        ),
        title="Enter a recusal for a member",
        sentence="It waits for the member, who confirms or declines it, and has no effect before.",
        button="Enter recusal",
    )


@desk_page
@fresh_factor
@show_and_do
def answer_recusal(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    entry = page.acts.entry_for(request.actor.id)

    def run(said: dict[str, Any]) -> object:
        if said["answer"] == "confirm":
            return entered.confirm_recusal(actor=request.actor, ballot_id=ballot_id)
        return entered.decline_recusal(actor=request.actor, ballot_id=ballot_id, reason=said["reason"])

    return act(
        request,
        page,
        policies.may_answer_recusal(request.actor, entry),
        AnswerRecusalForm(posted(request)),
        run,
        title="Do you recuse yourself from this vote?",
        sentence=f"{entry.entered_by_name} entered it for you. Confirmed, it stands for the round."
        if entry
        else "",
        button="Answer",
        quoted=entry.text if entry else "",
    )


@desk_page
@show_and_do
def extend(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    days = page.ballot.terms["extension_days"]
    latest = page.ballot.closes_at + timedelta(days=days)
    return act(
        request,
        page,
        policies.may_extend_ballot(request.actor, page.ballot, list(electors_of(page.ballot))),
        ExtendForm(posted(request), initial={"closes_at": latest}),
        lambda said: chair.extend_ballot(actor=request.actor, ballot_id=ballot_id, **said),
        title="Extend the vote",
        sentence=f"Once, until {moment(latest)} at the latest. Positions stand and can be changed until then.",
        button="Extend vote",
    )


@desk_page
@fresh_factor
@show_and_do
def casting_vote(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    elector = electors_of(page.ballot).filter(person_id=policies.id_of(request.actor)).first()
    return act(
        request,
        page,
        policies.may_cast_casting_vote(request.actor, page.ballot, elector),
        CastingVoteForm(posted(request)),
        lambda said: chair.cast_casting_vote(actor=request.actor, ballot_id=ballot_id, **said),
        title="Cast the casting vote",
        sentence="It breaks a tie, once, and cannot be changed. Without it a tie is lost.",
        button="Cast casting vote",
    )


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
        title="Ask to take the motion back",
        sentence="Members have voted, so it belongs to the board: the chair must agree, and one objection of an "
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
        sentence="The motion is then taken back after 72 hours, unless an elector objects.",
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
        sentence="The vote then goes on as if nobody had asked.",
        button="Object",
        quoted=pending.reason if pending else "",
    )


@desk_page
@show_and_do
def fix(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    asked = {name: getattr(page.ballot.motion, name) for name in fixes.WORDS}
    return act(
        request,
        page,
        policies.may_propose_fix(request.actor, page.ballot, secretary=page.secretary),
        FixForm(posted(request), initial=asked),
        lambda said: fixes.propose_fix(actor=request.actor, ballot_id=ballot_id, **said),
        title="Put words right",
        sentence="For slips that change nothing asked. A second person confirms it; anything else is a new round.",
        button="Propose fix",
    )


@desk_page
@show_and_do
def decide_fix(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = page_for(request, ballot_id)
    proposed = page.acts.fix_proposed

    def run(said: dict[str, Any]) -> object:
        if said["answer"] == "confirm":
            return fixes.confirm_fix(actor=request.actor, ballot_id=ballot_id)
        return fixes.refuse_fix(actor=request.actor, ballot_id=ballot_id, reason=said["reason"])

    return act(
        request,
        page,
        policies.may_decide_fix(
            request.actor, page.ballot, proposed, list(electors_of(page.ballot)), secretary=page.secretary
        ),
        DecideFixForm(posted(request)),
        run,
        title="Does this fix change what is asked?",
        sentence=f"{proposed.proposed_by_name} proposes it: {proposed.reason}"
        if proposed
        else "No fix waits to be confirmed.",
        button="Answer",
        fix=proposed,
    )


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
