"""Cases on the desk: the list, one case, and the steps it takes to the board and after."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from board.policies import may_read_board
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from lifecycle import policies
from lifecycle.commands import cases as commands
from lifecycle.commands import dossiers
from lifecycle.forms import CaseFilterForm, CaseForm, CaseNewForm, NothingForm, ProposeForm, ReasonForm
from lifecycle.models import Case
from lifecycle.queries.dossiers import findings, latest_dossier, missing
from lifecycle.queries.files import (
    CaseFile,
    case_file,
    case_to_show,
    cases_to_list,
    recused_from,
    words_digest,
)
from lifecycle.queries.suspensions import suspension_in_force
from lifecycle.registry import Panel, case_panels
from lifecycle.views import shown
from lifecycle.visibility import seen_as


def case_for(request: DeskRequest, case_id: UUID) -> Case:
    """The case, for somebody who may know of it."""
    require(policies.may_see_desk(request.actor))
    found = case_to_show(case_id)
    if found is None:
        raise NotFound("There is no such case.")
    require(policies.may_read_case(request.actor, found, recused=recused_from(request.actor, found)))
    return found


def url_of(case: Case) -> str:
    return reverse("lifecycle:case", args=[case.pk])


@desk_page
@require_safe
def case_list(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_desk(request.actor))
    form = CaseFilterForm(request.GET or {"state": "live"})
    form.is_valid()
    rows = cases_to_list(state=form.cleaned_data.get("state", ""), kind=form.cleaned_data.get("kind", ""))
    context = {
        "form": form,
        "page": page_by_key(rows, request.GET),
        "any": Case.objects.exists(),
        "may_open": policies.may_open_case(request.actor),
        "place": "cases",
    }
    return render(request, "lifecycle/case_list.html", context)


@desk_page
@require_safe
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    file, reads_board = case_file(found), may_read_board(request.actor)
    panels = [panel for make in case_panels.values() if (panel := make(request.actor, found))]
    context = {
        "case": found,
        "file": file,
        "parts": _parts(found, file, panels, votes=file.voting and bool(reads_board)),
        "may_edit": policies.may_edit_case(request.actor, found),
        "may_waive": file.waivable and policies.may_propose_waiver(request.actor, found, recused=False),
        "seen": seen_as(found, clock.now()),
        "suspension": suspension_in_force(found.ai_model_id),
        "may_read_board": reads_board,
        "panels": shown(request, panels),
        "place": "cases",
    }
    return render(request, "lifecycle/case.html", context)


def _parts(found: Case, file: CaseFile, panels: list[Panel], *, votes: bool) -> list[tuple[str, str]]:
    """The parts of a case's page that are there, as id and name, in their order."""
    parts = [
        ("vote", "Vote") if votes else None,
        ("brief", "Brief"),
        ("requirements", "Requirements"),
        *((panel.anchor, panel.title) for panel in panels if panel.anchor),
        ("carry-out", "Carry out") if file.effects else None,
        ("promises", "Promises") if file.promises or found.promise else None,
        ("plan", "Plan and people"),
    ]
    return [part for part in parts if part]


@desk_page
@show_and_do
def open_new(request: DeskRequest) -> HttpResponse:
    require(policies.may_open_case(request.actor))
    chosen = {"ai_model_id": request.GET.get("model"), "kind": request.GET.get("kind", "retire")}
    return submit(
        request,
        form=CaseNewForm(request.POST or None, initial=chosen),
        run=lambda cleaned: commands.open_case(actor=request.actor, **cleaned),
        done=lambda opened: reverse("lifecycle:case-edit", args=[opened.pk]),
        template="lifecycle/case_new.html",
        context={"place": "cases"},
        once=True,
    )


@desk_page
@show_and_do
def edit(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_edit_case(request.actor, found))
    return submit(
        request,
        form=CaseForm(request.POST or None, case=found),
        run=lambda cleaned: commands.edit_case(
            actor=request.actor, case_id=case_id, seen=request.POST.get("seen", ""), **cleaned
        ),
        done=url_of,
        template="lifecycle/case_edit.html",
        context={"case": found, "seen": words_digest(found), "place": "cases"},
    )


@desk_page
@show_and_do
def freeze(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_freeze_dossier(request.actor, found))
    return _act(
        request,
        found,
        NothingForm(request.POST if request.method == "POST" else None),
        lambda cleaned: dossiers.freeze_dossier(actor=request.actor, case_id=case_id),
        template="lifecycle/case_freeze.html",
        lacking=missing(found),
        requirements=findings(found),
    )


@desk_page
@show_and_do
def propose(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_propose_case(request.actor, found))
    dossier = latest_dossier(found)
    return _act(
        request,
        found,
        ProposeForm(request.POST or None, initial={"digest": dossier.digest if dossier else ""}),
        lambda cleaned: dossiers.propose_case(actor=request.actor, case_id=case_id, digest=cleaned["digest"]),
        template="lifecycle/case_propose.html",
        dossier=dossier,
        unmet=[each for each in findings(found) if each.finding.forbids],
    )


@desk_page
@show_and_do
def withdraw(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_withdraw_case(request.actor, found))
    return _act(
        request,
        found,
        ReasonForm(request.POST or None),
        lambda cleaned: commands.withdraw_case(actor=request.actor, case_id=case_id, **cleaned),
        template="lifecycle/case_withdraw.html",
    )


@desk_page
@show_and_do
def close(request: DeskRequest, case_id: UUID) -> HttpResponse:
    found = case_for(request, case_id)
    require(policies.may_close_case(request.actor, found))
    return _act(
        request,
        found,
        NothingForm(request.POST if request.method == "POST" else None),
        lambda cleaned: commands.close_case(actor=request.actor, case_id=case_id),
        template="lifecycle/case_close.html",
    )


def _act(
    request: DeskRequest, found: Case, form: Form, run: Any, *, template: str, **context: Any
) -> HttpResponse:
    """One step of a case, asked for and done; back to the case."""
    page = {"case": found, "place": "cases", **context}
    return submit(
        request, form=form, run=run, done=lambda done: url_of(found), template=template, context=page
    )
