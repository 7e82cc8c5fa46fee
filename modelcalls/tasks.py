"""What workers are woken for. The message is only a hint: what is to be done stands in the database."""

from uuid import UUID

from celery import shared_task
from django.conf import settings

from modelcalls import queries, runner


@shared_task(name="modelcalls.run_call")
def run_call(call_id: str) -> None:
    """Make one call, if it is there to be made. Delivered twice or late, it does nothing."""
    runner.run(UUID(call_id))


@shared_task(name="modelcalls.sweep_calls")
def sweep_calls() -> None:
    """Wake workers for calls whose message or worker was lost. Several schedulers at once do no harm.

    Wake-ups expire with the next sweep, so that a queue without workers does not fill up with them.
    """
    for call_id in queries.calls_to_wake():
        run_call.apply_async(args=[str(call_id)], expires=max(5.0, settings.MODEL_CALL_SWEEP * 2.0))
