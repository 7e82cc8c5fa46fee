"""Webhooks: whose servers are told of public facts, what was delivered, and what came back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.door import DeskRequest, desk_page, show_and_do
from core.paging import page_by_key
from core.policies import require
from core.web import submit
from mail import commands, policies, queries, wording
from mail.forms import ConfirmForm, EditWebhookForm, WebhookForm
from mail.models import Delivery, Webhook
from mail.wording import tabs


@desk_page
@require_safe
def webhook_list(request: DeskRequest) -> HttpResponse:
    """Every webhook with its newest delivery."""
    require(policies.may_see_webhooks(request.actor))
    page = page_by_key(Webhook.objects.all(), request.GET, by="name")
    rows = [
        (webhook, newest, wording.sign_of(newest.state) if newest else "", wording.groups_of(webhook))
        for webhook, newest in queries.with_newest(page.rows)
    ]
    keeps = bool(policies.may_keep_webhooks(request.actor))
    context = {"page": page, "rows": rows, "keeps": keeps, "tabs": tabs("webhooks")}
    return render(request, "mail/webhook_list.html", context)


@desk_page
@show_and_do
def webhook_new(request: DeskRequest) -> HttpResponse:
    """Register a webhook."""
    require(policies.may_keep_webhooks(request.actor))
    return submit(
        request,
        form=WebhookForm(request.POST if request.method == "POST" else None),
        run=lambda data: commands.register_webhook(actor=request.actor, **data),
        done=_page,
        template="mail/webhook_new.html",
    )


@desk_page
@require_safe
def webhook_record(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """One webhook: where it is, what it is told of, and every delivery with what came back."""
    require(policies.may_see_webhooks(request.actor))
    webhook = _found(webhook_id)
    rows = Delivery.objects.filter(webhook=webhook)
    page = page_by_key(rows, request.GET, size=20)
    context = {
        "webhook": webhook,
        "groups": wording.groups_of(webhook),
        "secret": wording.secret_sentence(webhook),
        "page": page,
        "rows": [(row, wording.delivery_title(row)) for row in page.rows],
        "keeps": bool(policies.may_keep_webhooks(request.actor)),
        "tested": "tested" in request.GET,
    }
    return render(request, "mail/webhook_record.html", context)


@desk_page
@show_and_do
def webhook_edit(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Change a webhook, or switch it off."""
    require(policies.may_keep_webhooks(request.actor))
    webhook = _found(webhook_id)
    fields = ("name", "url", "groups", "secret_variable", "active")
    form = EditWebhookForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(webhook, name) for name in fields},
    )
    return submit(
        request,
        form=form,
        run=lambda data: commands.change_webhook(actor=request.actor, webhook_id=webhook.pk, **data),
        done=_page,
        template="mail/webhook_edit.html",
        context={"webhook": webhook},
    )


@desk_page
@show_and_do
def webhook_test(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Send it a delivery that tells of nothing."""
    require(policies.may_keep_webhooks(request.actor))
    webhook = _found(webhook_id)
    return submit(
        request,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda data: commands.try_webhook(actor=request.actor, webhook_id=webhook.pk),
        done=lambda delivery: _page(delivery.webhook) + "?tested=1",
        template="mail/webhook_test.html",
        context={"webhook": webhook},
    )


@desk_page
@show_and_do
def delivery_requeue(request: DeskRequest, number: int) -> HttpResponse:
    """Send one delivery again."""
    require(policies.may_keep_webhooks(request.actor))
    delivery = Delivery.objects.filter(pk=number).select_related("webhook").first()
    if delivery is None:
        raise Http404
    return submit(
        request,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda data: commands.requeue_delivery(actor=request.actor, number=number),
        done=lambda sent: _page(sent.webhook),
        template="mail/delivery_requeue.html",
        context={"delivery": delivery, "title": wording.delivery_title(delivery)},
    )


def _page(webhook: Any) -> str:
    return reverse("mail:webhook-record", args=[webhook.pk])


def _found(webhook_id: UUID) -> Webhook:
    webhook = Webhook.objects.filter(pk=webhook_id).first()
    if webhook is None:
        raise Http404
    return webhook
