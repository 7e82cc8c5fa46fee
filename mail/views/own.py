"""What concerns one person: which mails they get; and, in local mode, what everybody got."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.paging import page_by_key
from core.web import submit
from mail import commands, queries
from mail.forms import ChoiceForm, MailboxForm
from mail.models import MailboxCopy
from mail.registry import kinds


@desk_page
@show_and_do
def preferences(request: DeskRequest) -> HttpResponse:
    """Which mails somebody gets, and how often a summary."""
    assert request.actor.id is not None
    form = ChoiceForm(
        request.POST if request.method == "POST" else None, choice=queries.choice_of(request.actor.id)
    )
    return submit(
        request,
        form=form,
        run=lambda data: commands.choose_mail(actor=request.actor, off=form.off(data), digest=data["digest"]),
        done=lambda choice: reverse("mail:preferences") + "?saved=1",
        template="mail/preferences.html",
        context={
            "always": sorted(kind.label for kind in kinds.values() if not kind.optional),
            "saved": "saved" in request.GET,
        },
    )


@desk_page
@require_safe
def mailbox(request: DeskRequest) -> HttpResponse:
    """Everything that was sent, as its recipients see it. In local mode only."""
    if not settings.LOCAL_MODE:
        raise Http404
    form = MailboxForm(request.GET)
    address = form.chosen()
    rows = MailboxCopy.objects.filter(address__iexact=address) if address else MailboxCopy.objects.all()
    page = page_by_key(rows, request.GET, size=20)
    return render(request, "mail/mailbox.html", {"form": form, "page": page, "filtered": bool(address)})
