"""Votes on the desk: the list, the ten-minute vote, and what is done to a ballot."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.second_factor import fresh_factor
from board import certificates, policies, queries
from board.commands import ballots as commands
from board.commands import reminders
from board.forms import CloseForm, ConfirmForm, EnterForm, PositionForm, ReasonForm, RecuseForm
from board.models import Ballot
from board.pages import (
    BallotPage,
    ballot_page,
    history_of,
    in_order,
    kind_of,
    papers_for,
    roll_call,
    subject_of,
)
from board.policies import may_read_board
from board.states import BallotState
from board.steps.positions import require_nothing_secret
from board.vote_list import vote_list
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import IllegalMove, NotFound
from core.policies import denied, require
from core.web import submit


def ballot_for(request: DeskRequest, ballot_id: UUID) -> Ballot:
    """The ballot, for somebody who may know of it. NotFound otherwise."""
    ballot = queries.ballots_to_show().filter(pk=ballot_id).first()
    if ballot is None or not may_read_board(request.actor):
        raise NotFound("There is no such vote.")
    return ballot


def posted(request: DeskRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None on GET, so that a form stays unbound."""
    return request.POST if request.method == "POST" else None


def url_of(ballot: Ballot) -> str:
    return reverse("board:ballot", args=[ballot.pk])


@desk_page
@require_safe
def ballot_list(request: DeskRequest) -> HttpResponse:
    require(may_read_board(request.actor))
    context = {"votes": vote_list(request.actor, request.GET), "place": "board"}
    return render(request, "board/ballot_list.html", context)


@desk_page
@require_safe
def ballot(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    form = PositionForm(initial=_as_it_stands(page))
    return render(request, "board/ballot_page.html", _context(request, page) | {"form": form})


@desk_page
@require_safe
def ballot_tally(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    """The live part of an open vote."""
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    return render(request, "board/_ballot_tally.html", {"page": page})


@desk_page
@fresh_factor
@show_and_do
def take_position(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    ballot = ballot_for(request, ballot_id)
    page = ballot_page(request.actor, ballot) if request.method != "POST" else None
    if page is not None:
        require(page.may_vote)
    return submit(
        request,
        form=PositionForm(posted(request), initial=_as_it_stands(page) if page else None),
        run=lambda said: commands.take_position(
            actor=request.actor, ballot_id=ballot_id, seen=request.POST.get("seen", ""), **said
        ),
        done=lambda taken: f"{url_of(ballot)}#your-vote",
        template="board/ballot_page.html",
        # Of hundreds of electors the page reads every line; whose position is recorded does not wait for that.
        context=lambda: _context(request, page or ballot_page(request.actor, ballot)),
    )


@desk_page
@fresh_factor
@show_and_do
def enter_position(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    """A position that the secretary enters for a member."""
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    if not page.secretary:
        require(denied("Only the secretary of this board may enter a position for a member."))
    if request.method != "POST":
        require_nothing_secret(page.ballot)
    members = [
        (str(line.person_id), line.name)
        for line in page.roll.lines
        if line.status not in ("recused", "departed")
    ]
    named = [(key, name) for key, name in members if key == request.GET.get("member")]
    whose = named[0][1] if named else ""
    form = EnterForm(posted(request), members=named or members, named=bool(named))
    return submit(
        request,
        form=form,
        run=lambda said: commands.take_position(
            actor=request.actor, ballot_id=ballot_id, entered_for=UUID(said.pop("member")), **said
        ),
        done=lambda taken: url_of(page.ballot),
        template="board/ballot_enter.html",
        context={"page": page, "whose": whose, "title": f"Enter a position for {whose or 'a member'}"},
    )


@desk_page
@fresh_factor
@show_and_do
def recuse(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    if page.mine is None:
        require(denied("Only an elector of this vote can recuse themselves, and only themselves."))
    return submit(
        request,
        form=RecuseForm(posted(request)),
        run=lambda said: commands.recuse(actor=request.actor, ballot_id=ballot_id, **said),
        done=lambda recusal: url_of(page.ballot),
        template="board/ballot_recuse.html",
        context={"page": page},
    )


@desk_page
@show_and_do
def close(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    require(page.may_close)
    return _act(
        request,
        page,
        CloseForm(posted(request)),
        lambda said: commands.close_ballot(actor=request.actor, ballot_id=ballot_id, **said),
        "board/ballot_close.html",
    )


@desk_page
@show_and_do
def remind(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    require(policies.may_remind_electors(request.actor, page.ballot, secretary=page.secretary))
    return submit(
        request,
        form=ConfirmForm(posted(request)),
        run=lambda said: reminders.remind_electors(actor=request.actor, ballot_id=ballot_id),
        done=lambda reminded: f"{reverse('board:ballots')}#secretary",
        template="board/ballot_remind.html",
        context={"page": page},
    )


@desk_page
@show_and_do
def supersede(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    if not page.secretary:
        require(denied("Only the secretary of this board ends a round for a new one."))
    return _act(
        request,
        page,
        ReasonForm(posted(request)),
        lambda said: commands.supersede_ballot(actor=request.actor, ballot_id=ballot_id, **said),
        "board/ballot_supersede.html",
    )


@desk_page
@fresh_factor
@show_and_do
def certify(request: DeskRequest, ballot_id: UUID) -> HttpResponse:
    """The certificate as it would be, first; then the act."""
    page = ballot_page(request.actor, ballot_for(request, ballot_id))
    require(page.may_certify)
    if page.secret or (request.method != "POST" and page.ballot.state != BallotState.CLOSED):
        raise IllegalMove(
            "There is nothing to certify: the vote is not closed, or its result is certified already."
        )
    motion, preview = page.ballot.motion, certificates.preview(page.ballot, page.roll, page.acts)
    return submit(
        request,
        form=ConfirmForm(posted(request)),
        run=lambda said: commands.certify_result(actor=request.actor, ballot_id=ballot_id),
        done=lambda certificate: reverse("board_public:decision", args=[certificate.number]),
        template="board/ballot_certify.html",
        context={
            "page": page,
            "preview": preview,
            "foreseen": kind_of(motion.kind).foresees(
                motion, carried=preview["outcome"]["result"] == "carried"
            ),
            "roll_call": roll_call(page, request.GET),
        },
    )


def _act(request: DeskRequest, page: BallotPage, form: Form, run: Any, template: str) -> HttpResponse:
    """A form about a ballot that leads back to it."""
    return submit(
        request,
        form=form,
        run=run,
        done=lambda done: url_of(page.ballot),
        template=template,
        context={"page": page},
    )


def _context(request: DeskRequest, page: BallotPage) -> dict[str, Any]:
    return {
        "page": page,
        "papers": papers_for(page, request.actor),
        "subject": subject_of(page),
        "roll_call": roll_call(page, request.GET),
        "silent": in_order(page.silent, request.GET, name="silent"),
        "history": history_of(page, request.GET),
        "place": "board",
    }


def _as_it_stands(page: BallotPage) -> dict[str, str]:
    """The form as the member left it: their present position is chosen, its reason is not repeated."""
    counted = page.mine.counted if page.mine else None
    return {"position": counted.position, "lifts_when": counted.lifts_when} if counted else {}
