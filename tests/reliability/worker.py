"""The product's own Celery application, with one more purpose whose receiver leaves a countable trace.

Started as a process of its own: `celery -A tests.reliability.worker worker`. Not imported by tests.
"""

import django

from config.celery import app

django.setup()

from audit.commands import record  # noqa: E402  the apps are loaded now
from modelcalls.models import Attempt, Call  # noqa: E402
from modelcalls.registry import receivers  # noqa: E402
from tests.reliability.processes import EFFECT, PURPOSE  # noqa: E402


def _leave_a_trace(call: Call, attempt: Attempt) -> None:
    record(call, verb=EFFECT, data={"outcome": attempt.outcome, "text": attempt.text})


receivers.register(PURPOSE, _leave_a_trace)

__all__ = ["app"]
