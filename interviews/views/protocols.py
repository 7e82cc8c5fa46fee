"""Protocols: which are there, what one says, write one, freeze one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from interviews import protocol as protocols
from interviews.commands.protocols import draft_protocol, freeze_protocol
from interviews.forms import Nothing, ProtocolForm
from interviews.models import ProtocolVersion
from interviews.policies import may_draft_protocol, may_freeze_protocol, may_read_interviews
from interviews.queries.pages import BY_PROTOCOL, protocols_listed


def _page_of(version: ProtocolVersion) -> str:
    return reverse("interviews:protocol-detail", args=[version.pk])


@desk_page
@require_safe
def protocol_list(request: DeskRequest) -> HttpResponse:
    """Every protocol with its versions."""
    require(may_read_interviews(request.actor))
    page = page_by_key(protocols_listed(), request.GET, by=BY_PROTOCOL)
    context = {"page": page, "may_draft": may_draft_protocol(request.actor)}
    return render(request, "interviews/protocol_list.html", context)


@desk_page
@require_safe
def detail(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """What one version says, word for word as the model hears it."""
    require(may_read_interviews(request.actor))
    related = ("protocol", "author", "frozen_by")
    version = get_object_or_404(ProtocolVersion.objects.select_related(*related), pk=version_id)
    read = protocols.read(version.document)
    context = {
        "version": version,
        "read": read,
        "prompts": [(framing, read.system_prompt(framing)) for framing in read.framings],
        "asked": [
            (question, [read.asked(question, number + 1) for number in range(len(question.wordings))])
            for question in read.questions
        ],
        "others": version.protocol.versions.exclude(pk=version.pk).order_by("-number"),
        "may_freeze": may_freeze_protocol(request.actor, version),
        "may_draft": may_draft_protocol(request.actor),
    }
    return render(request, "interviews/protocol_detail.html", context)


@desk_page
@show_and_do
def draft(request: DeskRequest) -> HttpResponse:
    """Write a protocol, or with ?from= the next version of one."""
    require(may_draft_protocol(request.actor))
    earlier = _earlier(request.GET.get("from", ""))
    form = ProtocolForm(request.POST if request.method == "POST" else None, version=earlier)
    return submit(
        request,
        form=form,
        run=lambda data: draft_protocol(
            actor=request.actor,
            title=data["title"],
            purpose=data["purpose"],
            told=data["told"],
            ending_phrase=data["ending_phrase"],
            sections=data["questions"],
            framings=data["framings"],
            protocol_id=earlier.protocol_id if earlier else None,
            change_note=data.get("change_note", ""),
        ),
        done=_page_of,
        template="interviews/protocol_draft.html",
        context={"earlier": earlier},
        once=True,
    )


@desk_page
@show_and_do
def freeze(request: DeskRequest, version_id: UUID) -> HttpResponse:
    """Fix a version for good."""
    version = get_object_or_404(ProtocolVersion.objects.select_related("protocol", "author"), pk=version_id)
    require(may_freeze_protocol(request.actor, version))
    return submit(
        request,
        form=Nothing(request.POST if request.method == "POST" else None),
        run=lambda data: freeze_protocol(actor=request.actor, version_id=version.pk),
        done=_page_of,
        template="interviews/protocol_freeze.html",
        context={"version": version, "digest": protocols.digest(version.document)},
    )


def _earlier(key: str) -> ProtocolVersion | None:
    if not key:
        return None
    try:
        return ProtocolVersion.objects.select_related("protocol").get(pk=UUID(key))
    except (ValueError, ProtocolVersion.DoesNotExist):
        raise Http404 from None
