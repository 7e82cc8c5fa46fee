"""Acts on a vote besides voting: holds renewed, what was entered for a member, time, a tie."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from accounts.second_factor import fresh_factor
from board import policies
from board.commands import chair, entered, holds
from board.forms.acts import (
    AnswerForm,
    AnswerRecusalForm,
    CastingVoteForm,
    EnterRecusalForm,
    ExtendForm,
    RenewForm,
)
from board.pages import BallotPage, ballot_page
from board.queries import electors_of, position_entered
from board.steps.positions import require_nothing_secret
from board.views.ballots import ballot_for, posted, url_of
from board.wording import counted, moment
from core.door import DeskRequest, desk_page, show_and_do
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
    taken = position_entered(page.ballot, number)
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
    may = policies.may_enter_recusal(request.actor, page.ballot, anybody, secretary=page.secretary)
    if may and request.method != "POST":
        require_nothing_secret(page.ballot)
    able = [
        (str(line.person_id), line.name)
        for line in page.roll.lines
        if line.status not in ("recused", "departed")
    ]
    return act(
        request,
        page,
        may,
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
