"""Pages of redaction: what must not stay readable is named by one person and blanked by another."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import policies, redactions
from audit.forms import ConfirmForm, DropForm, FindForm, RedactionForm
from audit.models import Redaction, TrackedModel
from audit.outlasting import outlasting_of
from audit.registry import describe
from audit.states import RedactionState
from audit.wording import model_in_words
from core.door import DeskRequest, desk_page, fresh_factor, show_and_do
from core.paging import page_by_key
from core.policies import Verdict, require
from core.web import submit

PAGE = 50


@desk_page
@require_safe
def listed(request: DeskRequest) -> HttpResponse:
    """Every redaction, newest first, whatever became of it."""
    require(policies.may_see_redactions(request.actor))
    page = page_by_key(Redaction.objects.all(), request.GET, by=("-proposed_at", "-pk"), size=PAGE)
    context = {"page": page, "may": policies.may_propose_redaction(request.actor), "place": "records"}
    return render(request, "audit/redaction_list.html", context)


@desk_page
@require_safe
def record(request: DeskRequest, redaction_id: UUID) -> HttpResponse:
    """What is or was to be blanked, by whom and why. Never what it said."""
    row = _redaction(request, redaction_id)
    context = {
        **_about(request, row),
        "may_confirm": _may_confirm(request, row),
        "may_drop": policies.may_drop_redaction(request.actor, row),
        "open": row.state == RedactionState.PROPOSED,
    }
    return render(request, "audit/redaction_record.html", context)


@desk_page
@show_and_do
def new(request: DeskRequest) -> HttpResponse:
    """First which record (its address, in the query string), then which fields and why."""
    require(policies.may_propose_redaction(request.actor))
    finding = FindForm(request.GET if "record" in request.GET else None)
    model = finding.model() if finding.is_bound and finding.is_valid() else None
    if model is None:
        status = 422 if finding.errors else 200
        context = {"form": finding, "place": "records"}
        return render(request, "audit/redaction_find.html", context, status=status)
    row_id, fields = finding.cleaned_data["record"], redactions.fields_of(model)
    return submit(
        request,
        form=RedactionForm(request.POST or None, choices=fields),
        run=lambda said: redactions.propose_redaction(
            actor=request.actor, record_type=model._meta.label, row_id=row_id, **said
        ),
        done=lambda row: reverse("audit:redaction", args=[row.pk]),
        template="audit/redaction_new.html",
        context={
            "kind": model_in_words(model._meta.label),
            "label": _label(request, model, row_id),
            "outlasting": _outlasting(request, model, row_id, [name for name, _words in fields]),
            "place": "records",
        },
        once=True,
    )


@desk_page
@show_and_do
@fresh_factor
def confirm(request: DeskRequest, redaction_id: UUID) -> HttpResponse:
    """The second person blanks it, for good."""
    row = _redaction(request, redaction_id)
    require(_may_confirm(request, row))
    model = redactions.tracked(row.record_type)
    return submit(
        request,
        form=ConfirmForm(request.POST or None),
        run=lambda said: redactions.carry_out_redaction(actor=request.actor, redaction_id=row.pk),
        done=lambda row: reverse("audit:redaction", args=[row.pk]),
        template="audit/redaction_act.html",
        context={
            **_about(request, row),
            "verb": "Redact",
            "said": redactions.said_now(row),
            "outlasting": _outlasting(request, model, row.row_id, row.fields),
        },
    )


@desk_page
@show_and_do
def drop(request: DeskRequest, redaction_id: UUID) -> HttpResponse:
    """It is taken back or turned down, with a reason."""
    row = _redaction(request, redaction_id)
    require(policies.may_drop_redaction(request.actor, row))
    return submit(
        request,
        form=DropForm(request.POST or None),
        run=lambda said: redactions.drop_redaction(actor=request.actor, redaction_id=row.pk, **said),
        done=lambda row: reverse("audit:redaction", args=[row.pk]),
        template="audit/redaction_act.html",
        context={**_about(request, row), "verb": "Turn down"},
    )


def _redaction(request: DeskRequest, redaction_id: UUID) -> Redaction:
    require(policies.may_see_redactions(request.actor))
    row = Redaction.objects.filter(pk=redaction_id).first()
    if row is None:
        raise Http404
    return row


def _may_confirm(request: DeskRequest, row: Redaction) -> Verdict:
    return policies.may_confirm_redaction(request.actor, row) and redactions.sees(request.actor, row)


def _about(request: DeskRequest, row: Redaction) -> dict[str, object]:
    model = redactions.tracked(row.record_type)
    words = dict(redactions.fields_of(model))
    return {
        "redaction": row,
        "kind": model_in_words(row.record_type),
        "label": _label(request, model, row.row_id),
        "named": [words.get(field, field) for field in row.fields],
        "place": "records",
    }


def _outlasting(
    request: DeskRequest, model: type[TrackedModel], row_id: UUID, columns: list[str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What goes on saying these fields, by their names in words."""
    words = dict(redactions.fields_of(model))
    found = outlasting_of(request.actor, model, row_id, columns)
    return [(words.get(column, column), found[column]) for column in columns if column in found]


def _label(request: DeskRequest, model: type[TrackedModel], row_id: UUID) -> tuple[str, str]:
    """How the record is called and where it is, for those who may know that it exists; else its number."""
    row = model._default_manager.filter(pk=row_id).first()
    if row is not None and model._meta.label in describe:
        description = describe.get(model._meta.label)
        if description.visible(request.actor, row):
            return description.label(row), description.url(row)
    return str(row_id), ""
