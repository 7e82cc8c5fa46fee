"""The Celery application. Correctness never depends on it: a lost message is found again by the sweeps."""

import os

from celery import Celery
from celery.signals import task_postrun, task_prerun, worker_init
from django.conf import settings
from kombu.entity import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("emeritus")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_publish_retry=False,
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    # Redis hands a message out again after this long; a lease makes the second copy harmless.
    broker_transport_options={"visibility_timeout": 3600, "socket_connect_timeout": 2, "socket_timeout": 10},
    worker_enable_remote_control=True,
    # The seal has a queue of its own, for a worker of its own that alone can read the key (docs/audit.md).
    # A worker that is not told otherwise serves both.
    task_queues=[Queue(name, routing_key=name) for name in ("celery", "seal")],
    task_routes={"audit.seal": {"queue": "seal"}},
    beat_schedule={
        "seal": {"task": "audit.seal", "schedule": 5.0},
        "catalogue": {"task": "audit.catalogue", "schedule": 5.0},
        "pass over numbers": {"task": "audit.pass_over_numbers", "schedule": 5.0},
        "close due ballots": {"task": "board.close_due_ballots", "schedule": 15.0},
        "remind before the close": {"task": "board.remind_before_close", "schedule": 60.0},
        "keep the time of open votes": {"task": "board.keep_time", "schedule": 60.0},
        "carry out due effects": {"task": "lifecycle.carry_out_due_effects", "schedule": 30.0},
        "expire suspensions": {"task": "lifecycle.expire_suspensions", "schedule": 30.0},
        "make digests": {"task": "mail.make_digests", "schedule": 1800.0},
        "tell auditors": {"task": "mail.tell_auditors", "schedule": 1800.0},
        "tell of roles that end": {"task": "mail.tell_of_endings", "schedule": 3600.0},
        "remind of promises": {"task": "lifecycle.remind_of_promises", "schedule": 3600.0},
        "tell webhooks": {"task": "mail.tell_webhooks", "schedule": 10.0},
        "sweep the outbox": {"task": "mail.sweep_outbox", "schedule": 15.0},
        "sweep model calls": {"task": "modelcalls.sweep_calls", "schedule": 10.0},
    },
    timezone="UTC",
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def _sweep_as_often_as_set(sender: Celery, **kwargs: object) -> None:
    sender.conf.beat_schedule["sweep model calls"]["schedule"] = float(settings.MODEL_CALL_SWEEP)
    sender.conf.beat_schedule["sweep the outbox"]["schedule"] = float(settings.MAIL_SWEEP)


@worker_init.connect
def _refuse_unsafe_start(**kwargs: object) -> None:
    from config.checks import refuse_unsafe_start  # noqa: PLC0415  needs settings, which are loaded by now

    refuse_unsafe_start()


_origins: dict[str, object] = {}


@task_prerun.connect
def _comes_from_a_task(task_id: str, **kwargs: object) -> None:
    from audit.origins import Kind, coming_from  # noqa: PLC0415  the apps are not loaded when Celery starts

    origin = coming_from(Kind.TASK, task_id)
    origin.__enter__()
    _origins[task_id] = origin


@task_postrun.connect
def _task_is_over(task_id: str, **kwargs: object) -> None:
    origin = _origins.pop(task_id, None)
    if origin is not None:
        origin.__exit__(None, None, None)  # type: ignore[attr-defined]
