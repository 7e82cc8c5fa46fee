"""Putting the words of a motion right while its vote is open: proposed by one person, decided by another."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from board import policies
from board.commands import fixes
from board.forms.acts import (
    DecideFixForm,
    FixForm,
)
from board.queries import electors_of
from board.views.acts import act, page_for
from board.views.ballots import posted
from core.door import DeskRequest, desk_page, show_and_do


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
