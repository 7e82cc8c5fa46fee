"""Findings: the list, one with what was said to it, and what an auditor and the management do with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from controls import policies, queries
from controls.commands import findings as commands
from controls.forms import AnswerForm, CloseForm, FindingFilterForm, RaiseForm, SendBackForm
from controls.models import ControlTest, Finding, SampleItem
from controls.pages import tabs
from core import clock
from core.door import DeskRequest, desk_page, show_and_do
from core.errors import NotFound
from core.paging import page_by_key
from core.policies import require
from core.web import submit


@desk_page
@require_safe
def listed(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_controls(request.actor))
    form = FindingFilterForm(request.GET)
    state = form.cleaned_data.get("state", "") if form.is_valid() else ""
    context = {
        "form": form,
        "page": page_by_key(queries.findings_to_list(state), request.GET),
        "filtered": bool(state),
        "today": clock.today(),
        "may_raise": policies.may_test(request.actor),
        "tabs": tabs("findings"),
        "place": "records",
    }
    return render(request, "controls/finding_list.html", context)


@desk_page
@show_and_do
def new(request: DeskRequest) -> HttpResponse:
    """From an exception (`item` in the address), from a test (`test`), or by itself."""
    require(policies.may_test(request.actor))
    item = _named(SampleItem, request.GET.get("item"))
    test = item.test if item is not None else _named(ControlTest, request.GET.get("test"))
    return submit(
        request,
        form=RaiseForm(
            request.POST or None,
            initial={"title": item.record_label[:200], "detail": item.note} if item else None,
        ),
        run=lambda said: commands.raise_finding(
            actor=request.actor,
            test_id=test.pk if test is not None else None,
            item_id=item.pk if item is not None else None,
            **said,
        ),
        done=url_of,
        template="controls/finding_new.html",
        context={"item": item, "test": test, "place": "records"},
        once=True,
    )


@desk_page
@require_safe
def record(request: DeskRequest, finding_id: UUID) -> HttpResponse:
    """What was found, what was said to it, and whose turn it is."""
    finding = _finding(request, finding_id)
    context = {
        "finding": finding,
        "notes": list(finding.notes.all()),
        "today": clock.today(),
        "may_answer": policies.may_answer_finding(request.actor, finding),
        "may_follow_up": policies.may_follow_up_finding(request.actor, finding),
        "reads_tests": policies.may_see_controls(request.actor),
        "tests": policies.may_test(request.actor),
        "place": "records",
    }
    return render(request, "controls/finding_record.html", context)


@desk_page
@show_and_do
def answer(request: DeskRequest, finding_id: UUID) -> HttpResponse:
    finding = _finding(request, finding_id)
    require(policies.may_answer_finding(request.actor, finding))
    form = AnswerForm(request.POST or None, initial={"owner_id": finding.owner_id, "due_on": finding.due_on})
    return _act(
        request,
        finding,
        form,
        commands.answer_finding,
        "Answer finding",
        "The auditor reads it, and follows up when the day has come.",
    )


@desk_page
@show_and_do
def send_back(request: DeskRequest, finding_id: UUID) -> HttpResponse:
    finding = _finding(request, finding_id)
    require(policies.may_follow_up_finding(request.actor, finding))
    return _act(
        request,
        finding,
        SendBackForm(request.POST or None),
        commands.send_back_finding,
        "Send back",
        "It waits for another answer.",
    )


@desk_page
@show_and_do
def close(request: DeskRequest, finding_id: UUID) -> HttpResponse:
    finding = _finding(request, finding_id)
    require(policies.may_follow_up_finding(request.actor, finding))
    return _act(
        request,
        finding,
        CloseForm(request.POST or None),
        commands.close_finding,
        "Close finding",
        "It is settled, and nothing is added to it any more.",
    )


def url_of(finding: Finding) -> str:
    return reverse("controls:finding", args=[finding.pk])


def _finding(request: DeskRequest, finding_id: UUID) -> Finding:
    found = Finding.objects.select_related("test", "item", "owner").filter(pk=finding_id).first()
    if found is None:
        require(policies.may_see_controls(request.actor))
        raise NotFound("There is no such finding.")
    require(policies.may_see_finding(request.actor, found))
    return found


def _named(model: type[Any], given: str | None) -> Any:
    """The row an address names, None where it names none. NotFound: what it names is not there."""
    if not given:
        return None
    try:
        found = model.objects.filter(pk=UUID(given)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("There is no such record.")
    return found


def _act(
    request: DeskRequest, finding: Finding, form: Form, run: Callable[..., Finding], verb: str, sentence: str
) -> HttpResponse:
    return submit(
        request,
        form=form,
        run=lambda said: run(actor=request.actor, finding_id=finding.pk, **said),
        done=url_of,
        template="controls/act.html",
        context={
            "back": url_of(finding),
            "title": str(finding),
            "verb": verb,
            "sentence": sentence,
            "place": "records",
        },
    )
