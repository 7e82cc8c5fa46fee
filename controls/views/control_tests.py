"""Control tests: the list, one test from its definition to its conclusion, and what an auditor does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.registry import populations
from controls import files, policies, queries
from controls.commands import control_tests as commands
from controls.commands.results import export_results
from controls.forms import ConclusionForm, ConfirmForm, DefineForm, DropForm
from controls.models import ControlTest
from controls.pages import standing, steps_of, tabs
from controls.states import CONTROL, ControlState
from core.door import DeskRequest, desk_page, fresh_factor, show_and_do
from core.errors import NotFound
from core.paging import page_by_key, page_of
from core.policies import require
from core.web import submit

MEMBERS = 50


@desk_page
@require_safe
def listed(request: DeskRequest) -> HttpResponse:
    require(policies.may_see_controls(request.actor))
    page = page_by_key(queries.tests_to_list(), request.GET)
    context = {
        "page": page,
        "rows": [(test, standing(test)) for test in page.rows],
        "may_test": policies.may_test(request.actor),
        "tabs": tabs("tests"),
        "place": "records",
    }
    return render(request, "controls/test_list.html", context)


@desk_page
@show_and_do
def new(request: DeskRequest) -> HttpResponse:
    require(policies.may_test(request.actor))
    return submit(
        request,
        form=DefineForm(request.POST or None, initial={"population": request.GET.get("population", "")}),
        run=lambda said: commands.define_test(actor=request.actor, **said),
        done=url_of,
        template="controls/test_new.html",
        context={
            "populations": sorted(populations.values(), key=lambda each: each.label),
            "place": "records",
        },
        once=True,
    )


@desk_page
@require_safe
def record(request: DeskRequest, test_id: UUID) -> HttpResponse:
    """The test on its rail: population, sample, results, findings."""
    test = _test(request, test_id)
    items = list(test.items.select_related("finding"))
    population = populations.get(test.population) if test.population in populations else None
    context = {
        "test": test,
        "about": population.about if population else "",
        "frozen": getattr(test, "frozen", None),
        "rail": steps_of(test),
        "standing": standing(test),
        "sampled": queries.sampled(request.actor, test, items) if items else [],
        "findings": list(test.findings.select_related("owner")),
        "next": queries.next_to_judge(test.pk) if test.state == ControlState.DRAWN else None,
        "may_test": policies.may_test(request.actor),
        "droppable": CONTROL.allows(test.state, ControlState.DROPPED),
        "place": "records",
    }
    return render(request, "controls/test_record.html", context)


@desk_page
@require_safe
def population(request: DeskRequest, test_id: UUID) -> HttpResponse:
    """Every record of the frozen population, as it was called then."""
    test = _test(request, test_id)
    frozen = getattr(test, "frozen", None)
    if frozen is None:
        raise NotFound("The population of this test is not frozen yet.")
    members = [(key, label) for key, label in frozen.members]
    page = page_of(members, request.GET, key=lambda member: (member[0],), size=MEMBERS)
    places = dict(test.items.values_list("record_id", "rank"))
    ranks = {str(key): rank for key, rank in places.items()}
    context = {
        "test": test,
        "frozen": frozen,
        "page": page,
        "rows": [(key, label, ranks.get(key)) for key, label in page.rows],
        "place": "records",
    }
    return render(request, "controls/test_population.html", context)


@desk_page
@show_and_do
def freeze(request: DeskRequest, test_id: UUID) -> HttpResponse:
    return _act(
        request,
        test_id,
        ConfirmForm(request.POST if request.method == "POST" else None),
        commands.freeze_population,
        "Freeze population",
        "Which records the test is about is written down as they are now, with their number and digest."
        " Nobody can change it afterwards.",
    )


@desk_page
@show_and_do
def draw(request: DeskRequest, test_id: UUID) -> HttpResponse:
    return _act(
        request,
        test_id,
        ConfirmForm(request.POST if request.method == "POST" else None),
        commands.draw_sample,
        "Draw sample",
        "The seed puts every record of the population in its place; the first of them are the sample."
        " It is drawn once.",
    )


@desk_page
@show_and_do
def conclude(request: DeskRequest, test_id: UUID) -> HttpResponse:
    return _act(
        request,
        test_id,
        ConclusionForm(request.POST or None),
        commands.conclude_test,
        "Conclude test",
        "What was judged stays as it is from then on.",
    )


@desk_page
@show_and_do
def drop(request: DeskRequest, test_id: UUID) -> HttpResponse:
    return _act(
        request,
        test_id,
        DropForm(request.POST or None),
        commands.drop_test,
        "Drop test",
        "It is not carried on. What was frozen, drawn and judged so far stays on record.",
    )


@desk_page
@fresh_factor
@show_and_do
def export(request: DeskRequest, test_id: UUID) -> HttpResponseBase:
    """Population, sample and results as CSV; taking them away is itself an entry."""
    test = _test(request, test_id)
    require(policies.may_test(request.actor))
    if request.method == "POST":
        noted = export_results(actor=request.actor, test_id=test.pk)
        response = HttpResponse(files.as_csv(test), content_type="text/csv; charset=utf-8")
        name = f"control-test-{test.number}-{noted.number}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    context = _about(
        test, "Take results away", "A line per record of the population: id, digest, place, judgement."
    )
    return render(request, "controls/act.html", {**context, "form": ConfirmForm()})


def url_of(test: ControlTest) -> str:
    return reverse("controls:test", args=[test.pk])


def _test(request: DeskRequest, test_id: UUID) -> ControlTest:
    require(policies.may_see_controls(request.actor))
    found = queries.tests_to_list().filter(pk=test_id).first()
    if found is None:
        raise NotFound("There is no such control test.")
    test: ControlTest = found
    return test


def _about(test: ControlTest, verb: str, sentence: str) -> dict[str, Any]:
    return {"back": url_of(test), "title": test.title, "verb": verb, "sentence": sentence, "place": "records"}


def _act(
    request: DeskRequest, test_id: UUID, form: Form, run: Callable[..., ControlTest], verb: str, sentence: str
) -> HttpResponse:
    test = _test(request, test_id)
    require(policies.may_test(request.actor))
    return submit(
        request,
        form=form,
        run=lambda said: run(actor=request.actor, test_id=test.pk, **said),
        done=url_of,
        template="controls/act.html",
        context=_about(test, verb, sentence),
    )
