"""The first-run setup: the founding as it is written, as it waits for its second person, and as it was done."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import Organisation, Person
from accounts.queries import organisation
from accounts.steps import mail_stays_here, password_link
from board import queries
from board.commands import founding as commands
from board.forms import FoundingForm, ReasonForm
from board.founding import CARDS, Founder, Proposal, from_data, obstacles
from board.models import Founding, FoundingDraft
from board.policies import id_of, may_confirm_founding, may_propose_founding, may_return_founding
from board.views.ballots import posted
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import IllegalMove, NotFound
from core.policies import require
from core.web import submit

# Lines for people on an empty form, and how many more a click gives.
LINES, MORE = 5, 3
SHOWN_ONCE = "invitation"


@desk_page
@show_and_do
def setup(request: DeskRequest) -> HttpResponse:
    """Whichever of the three it is now."""
    if organisation().founded:
        if request.method == "POST":
            raise IllegalMove("This installation is founded already.")
        return _founded(request)
    if (waits := queries.founding_proposed()) is not None:
        if request.method == "POST":
            raise IllegalMove("A founding is proposed and waits for its answer. Take it back to change it.")
        return _proposed(request, waits)
    require(may_propose_founding(request.actor))
    return _written(request)


@desk_page
@show_and_do
def confirm(request: DeskRequest) -> HttpResponse:
    waits = _waiting()
    require(may_confirm_founding(request.actor, waits))
    if request.method != "POST":
        return _proposed(request, waits)
    commands.confirm_founding(actor=request.actor, founding_id=waits.pk)
    return _to_setup()


@desk_page
@show_and_do
def send_back(request: DeskRequest) -> HttpResponse:
    waits = _waiting()
    require(may_return_founding(request.actor, waits))
    return submit(
        request,
        form=ReasonForm(posted(request)),
        run=lambda said: commands.return_founding(actor=request.actor, founding_id=waits.pk, **said),
        done=lambda row: reverse("board:setup"),
        template="board/setup_return.html",
        context={"founding": waits, "own": request.actor.id == waits.proposer_id, "place": "settings"},
    )


def _written(request: DeskRequest) -> HttpResponse:
    """The form; it is saved as it stands, asked for more lines, or proposed."""
    draft = FoundingDraft.objects.first()
    proposal = from_data(draft.typed) if draft is not None and draft.typed else _first_lines(request)
    act = request.POST.get("act", "")
    asked = request.POST.get("lines", "")
    lines = int(asked) if asked.isdigit() else LINES
    form = FoundingForm(posted(request), proposal=proposal, lines=lines)
    todo = obstacles(proposal, clock.today()) if draft is not None else []

    def run(said: dict[str, Any]) -> Founding | FoundingDraft:
        proposal: Proposal = said["proposal"]
        if act == "propose":
            founding = commands.propose_founding(actor=request.actor, proposal=proposal)
            if mail_stays_here():
                request.session[SHOWN_ONCE] = password_link(founding.confirmer)
            return founding
        if act == "more":
            proposal = replace(proposal, people=(*proposal.people, *[Founder("", "")] * MORE))
        return commands.save_founding_draft(actor=request.actor, proposal=proposal)

    return submit(
        request,
        form=form,
        run=run,
        done=lambda row: reverse("board:setup") + ("#more" if act == "more" else ""),
        template="board/setup.html",
        context={
            "cards": CARDS,
            "draft": draft,
            "todo": todo,
            "sent_back": queries.founding_sent_back(),
            "steps": _steps(proposal, todo if draft else None),
            "place": "settings",
        },
    )


def _first_lines(request: DeskRequest) -> Proposal:
    """An empty proposal, in which the first line is the one who writes it, with the roles they hold."""
    own = Person.objects.select_related("user").get(pk=id_of(request.actor))
    address = own.user.email if own.user is not None else ""
    first = Founder(own.name, address, own.affiliation, roles=tuple(sorted(request.actor.roles)))
    return Proposal(organisation=organisation().name, people=(first,))


def _steps(proposal: Proposal, todo: list[str] | None) -> list[dict[str, str]]:
    """The rail: what is filled in, what comes next."""
    done = [
        ("Organisation", bool(proposal.organisation) and todo is not None, "its name"),
        ("Profile", bool(proposal.profile), "what it is for"),
        ("Visibility", todo is not None, "who reads along"),
        ("Board and people", todo == [], "who decides"),
        ("Second person", False, "confirms it"),
    ]
    now = next(place for place, (_, ready, _) in enumerate(done) if not ready)
    return [
        {"label": label, "when": when, "state": "done" if ready else "now" if place == now else "next"}
        for place, (label, ready, when) in enumerate(done)
    ]


def _proposed(request: DeskRequest, waits: Founding) -> HttpResponse:
    draft = FoundingDraft.objects.first()
    if not may_return_founding(request.actor, waits):
        require(may_propose_founding(request.actor))
    return render(
        request,
        "board/setup_proposed.html",
        {
            "founding": waits,
            "proposal": from_data(draft.typed) if draft is not None else None,
            "card": next(card for card in CARDS if card.key == waits.proposal["profile"]),
            "may_confirm": may_confirm_founding(request.actor, waits),
            "own": request.actor.id == waits.proposer_id,
            "link": request.build_absolute_uri(link) if (link := request.session.pop(SHOWN_ONCE, "")) else "",
            "place": "settings",
        },
    )


def _founded(request: DeskRequest) -> HttpResponse:
    row = Organisation.objects.select_related("founded_by", "confirmed_by").get()
    return render(
        request,
        "board/setup_done.html",
        {
            "organisation": row,
            "card": next(card for card in CARDS if card.key == row.profile),
            "place": "settings",
        },
    )


def _waiting() -> Founding:
    waits = queries.founding_proposed()
    if waits is None:
        raise NotFound("No founding waits for an answer.")
    return waits


def _to_setup() -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = reverse("board:setup")
    return response
