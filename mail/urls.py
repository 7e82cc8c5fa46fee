"""Addresses of the pages of mail and webhooks, under /desk/."""

from django.urls import path

from mail.views import outbox, own, webhooks

app_name = "mail"
urlpatterns = [
    path("mail/", outbox.message_list, name="message-list"),
    path("mail/<int:number>/", outbox.message_record, name="message-record"),
    path("mail/<int:number>/requeue/", outbox.message_requeue, name="message-requeue"),
    path("mail/templates/", outbox.template_list, name="template-list"),
    path("mail/templates/<str:key>/", outbox.template_preview, name="template-preview"),
    path("mail/preferences/", own.preferences, name="preferences"),
    path("mailbox/", own.mailbox, name="mailbox"),
    path("webhooks/", webhooks.webhook_list, name="webhook-list"),
    path("webhooks/new/", webhooks.webhook_new, name="webhook-new"),
    path("webhooks/<uuid:webhook_id>/", webhooks.webhook_record, name="webhook-record"),
    path("webhooks/<uuid:webhook_id>/edit/", webhooks.webhook_edit, name="webhook-edit"),
    path("webhooks/<uuid:webhook_id>/test/", webhooks.webhook_test, name="webhook-test"),
    path("deliveries/<int:number>/requeue/", webhooks.delivery_requeue, name="delivery-requeue"),
]
