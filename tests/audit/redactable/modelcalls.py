"""Pages that show text of model calls that can be redacted."""

from django.urls import reverse

from tests.audit.redactable import Made, Shown
from tests.cast import Cast
from tests.factories import essays
from tests.provider import fails


def _call(cast: Cast) -> Made:
    row = essays.written(cast).call
    return row, reverse("modelcalls:call-record", args=[row.pk])


def _attempt(cast: Cast) -> Made:
    row = essays.written(cast).call.attempts.get()
    return row, reverse("modelcalls:call-record", args=[row.call_id])


def _attempt_that_failed(cast: Cast) -> Made:
    row = essays.written(cast, fails(400)).call.attempts.order_by("pk")[0]
    return row, reverse("modelcalls:call-record", args=[row.call_id])


SHOWN = {
    "what a model was asked": Shown(
        "modelcalls.Call", _call, ("request", "undelivered"), "editor", confirmer="steward"
    ),
    "what a model answered": Shown(
        "modelcalls.Attempt",
        _attempt,
        ("text", "response", "request"),
        "editor",
        confirmer="steward",
    ),
    "why a model did not answer": Shown(
        "modelcalls.Attempt", _attempt_that_failed, ("error",), "editor", confirmer="steward"
    ),
}
