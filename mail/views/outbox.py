"""The outbox: what was sent to whom, what waits, what is unsure; and the templates with their previews."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.queries import organisation
from core.door import DeskRequest, desk_page, show_and_do
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from mail import commands, policies, queries, wording
from mail.forms import FilterForm, ReasonForm
from mail.models import Message
from mail.registry import kinds
from mail.rendering import enveloped, written
from mail.states import MailState
from mail.wording import tabs

PAGE = 25


@desk_page
@require_safe
def message_list(request: DeskRequest) -> HttpResponse:
    """Mails, newest first, and how the outbox is."""
    require(policies.may_see_outbox(request.actor))
    form = FilterForm(request.GET)
    rows = queries.outbox().filter(**form.chosen())
    page = page_by_key(rows, request.GET, size=PAGE)
    counts = queries.counts()
    context = {
        "form": form,
        "filtered": bool(form.chosen()),
        "page": page,
        "rows": [(row, wording.kind_label(row.kind), wording.sign_of(row.state)) for row in page.rows],
        "headline": wording.outbox_sentence(counts),
        "trouble": wording.outbox_trouble(counts),
        "tabs": tabs("outbox"),
    }
    return render(request, "mail/message_list.html", context)


@desk_page
@require_safe
def message_record(request: DeskRequest, number: int) -> HttpResponse:
    """One mail: to whom, why, what became of it; and its text, for those who may read it."""
    require(policies.may_see_outbox(request.actor))
    message = _found(number)
    kind = kinds.get(message.kind) if message.kind in kinds else None
    readable = bool(policies.may_read_texts(request.actor)) and not message.blanked and kind is not None
    context = {
        "message": message,
        "kind": wording.kind_label(message.kind),
        "sign": wording.sign_of(message.state),
        "headline": wording.message_sentence(message),
        "text": enveloped(
            kind,
            name=message.recipient.name,
            text=message.text,
            url=message.url,
            organisation=organisation().name,
        )
        if readable and kind
        else "",
        "hidden": wording.why_no_text(message, bool(policies.may_read_texts(request.actor))),
        "about": wording.about_of(request.actor, message),
        "again": bool(policies.may_requeue_message(request.actor))
        and message.state in (MailState.FAILED, MailState.UNSURE)
        and not message.blanked,
        "may_see_event": "auditor" in request.actor.roles,
    }
    return render(request, "mail/message_record.html", context)


@desk_page
@show_and_do
def message_requeue(request: DeskRequest, number: int) -> HttpResponse:
    """Send a mail again."""
    require(policies.may_requeue_message(request.actor))
    message = _found(number)
    return submit(
        request,
        form=ReasonForm(request.POST if request.method == "POST" else None),
        run=lambda data: commands.requeue_message(
            actor=request.actor, number=message.number, reason=data["reason"]
        ),
        done=lambda changed: reverse("mail:message-record", args=[changed.number]),
        template="mail/message_requeue.html",
        context={"message": message, "kind": wording.kind_label(message.kind)},
    )


@desk_page
@require_safe
def template_list(request: DeskRequest) -> HttpResponse:
    """Every kind of mail, by the part of the product it comes from."""
    require(policies.may_see_outbox(request.actor))
    found = sorted(kinds.items(), key=lambda pair: (wording.app_label(pair[0]), pair[1].label))
    grouped = [(app, list(rows)) for app, rows in groupby(found, key=lambda pair: wording.app_label(pair[0]))]
    return render(request, "mail/template_list.html", {"groups": grouped, "tabs": tabs("templates")})


@desk_page
@require_safe
def template_preview(request: DeskRequest, key: str) -> HttpResponse:
    """One kind of mail with example data, written exactly as it is sent."""
    require(policies.may_see_outbox(request.actor))
    if key not in kinds:
        raise Http404
    kind = kinds.get(key)
    subject, text = written(kind, kind.example)
    whole = enveloped(
        kind, name=request.actor.name, text=text, url="/desk/", organisation=organisation().name
    )
    context = {"key": key, "kind": kind, "subject": subject, "text": whole}
    return render(request, "mail/template_preview.html", context)


def _found(number: int) -> Message:
    message = queries.outbox().filter(pk=number).first()
    if message is None:
        raise Http404
    return message
