"""What essays tells the apps below it; imported once, when Django is ready."""

from uuid import UUID

from django.urls import reverse

from accounts.states import Role
from essays.asking import PURPOSE
from essays.steps import receive_draft
from modelcalls.registry import Purpose, purposes, receivers


def _essay_page(essay_id: UUID) -> str:
    return reverse("essays:essay", args=[essay_id])


receivers.register(PURPOSE, receive_draft)
purposes.register(PURPOSE, Purpose("An essay", frozenset({Role.STEWARD, Role.EDITOR}), _essay_page))
