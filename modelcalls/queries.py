"""Reading calls: what waits and why, what is to be woken, how the queue is, and the lists people see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import current_app
from django.core.cache import cache
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import clock
from core.listing import listed
from core.policies import Actor
from core.prepared import written_once
from modelcalls.models import Attempt, Call, Endpoint
from modelcalls.policies import purposes_seen_by
from modelcalls.registry import purpose_of, purposes
from modelcalls.states import AttemptOutcome, CallState

#: Seconds for which broker and worker, having answered, are not asked again; and where that is noted.
BELIEVED = 5
ANSWERED = "modelcalls.queue_answered"
UNFINISHED = (CallState.QUEUED, CallState.RUNNING)


def calls_seen_by(actor: Actor | None) -> QuerySet[Call]:
    """The calls an actor may see."""
    return _calls_for(purposes_seen_by(actor))


@listed("-number")
def calls_to_list(_actor: Actor, seen: frozenset[str] | None) -> QuerySet[Call]:
    """The calls for the purposes that are seen. What was asked can be long, and the list does not show it."""
    return _calls_for(seen).defer("request")


def _calls_for(seen: frozenset[str] | None) -> QuerySet[Call]:
    calls = Call.objects.select_related("endpoint")
    return calls if seen is None else calls.filter(purpose__in=seen)


def endpoint_named(name: str) -> Endpoint | None:
    return Endpoint.objects.filter(name=name).first()


# Those that may be asked first.
BY_USE = ("-active", "name")


def endpoints_to_list() -> QuerySet[Endpoint]:
    """Endpoints with what a list shows of each: tokens used, calls, and when the last attempt ended."""
    spent = (
        Attempt.objects.filter(endpoint=OuterRef("pk"))
        .order_by()
        .values("endpoint")
        .annotate(tokens=Sum("input_tokens") + Sum("output_tokens"), tries=Count("pk"), last=Max("ended_at"))
    )
    return Endpoint.objects.annotate(
        tokens=Coalesce(Subquery(spent.values("tokens")), 0),
        tries=Coalesce(Subquery(spent.values("tries")), 0),
        last_tried=Subquery(spent.values("last")),
    )


def tokens_used(endpoint: Endpoint) -> int:
    """Tokens read and written at an endpoint, by every attempt, accepted or not: all of them are paid for."""
    spent = Attempt.objects.filter(endpoint=endpoint).aggregate(
        read=Sum("input_tokens"), written=Sum("output_tokens")
    )
    return (spent["read"] or 0) + (spent["written"] or 0)


def why_held(call: Call, endpoint: Endpoint) -> str:
    """Why a due call may not be made now, as a sentence; "" when it may."""
    pause = purpose_of(call.purpose).pause
    if pause is not None and (reason := pause.why(call.subject)):
        return reason
    if not endpoint.active:
        return f"“{endpoint.name}” is switched off. A steward can switch it on again."
    running = Call.objects.filter(endpoint=endpoint, state=CallState.RUNNING).exclude(pk=call.pk)
    if running.count() >= endpoint.max_concurrency:
        return (
            f"“{endpoint.name}” takes {endpoint.max_concurrency} at once and is busy; this call is made next."
        )
    if endpoint.budget_tokens is None:
        return ""
    # A request that was redacted promises nothing any more.
    promised = sum(other.request.get("max_tokens", 0) for other in (*running, call))
    left = endpoint.budget_tokens - tokens_used(endpoint)
    if promised > left:
        return (
            f"The budget of “{endpoint.name}” has {max(left, 0)} of {endpoint.budget_tokens} tokens left, "
            "too few for this call. A steward can raise it."
        )
    return ""


def why_waiting(call: Call, now: datetime) -> str:
    """What a queued or running call waits for, as a sentence; "" for one that has ended."""
    if call.state == CallState.RUNNING:
        assert call.lease_until is not None
        if call.lease_until <= now:
            return "The worker that made this call disappeared. Another takes it over within seconds."
        return "The model is being asked."
    if call.state != CallState.QUEUED:
        return ""
    if call.not_before > now:
        seconds = round((call.not_before - now).total_seconds()) or 1
        return f"The last try got no answer. It is tried again in {seconds} s."
    return why_held(call, call.endpoint) or "It waits for a worker."


def calls_due(now: datetime) -> QuerySet[Call]:
    """Queued calls whose time has come, oldest first, without those whose purpose makes them wait."""
    rows = Call.objects.filter(state=CallState.QUEUED, not_before__lte=now)
    for name, item in purposes.items():
        if item.pause is not None:
            rows = rows.exclude(purpose=name, subject__in=item.pause.subjects())
    return rows.order_by("number")


def calls_to_wake() -> list[UUID]:
    """Calls a worker should look at: those whose worker was lost, and as many waiting ones as fit."""
    now = clock.now()
    running = Q(state=CallState.RUNNING)
    lost = list(
        Call.objects.filter(running, lease_until__lte=now).order_by("number").values_list("pk", flat=True)
    )
    busy = dict(
        Call.objects.filter(running, lease_until__gt=now)
        .values_list("endpoint")
        .annotate(Count("pk"))
        .values_list("endpoint", "pk__count")
    )
    woken = list(lost)
    for endpoint in Endpoint.objects.filter(active=True):
        free = max(0, endpoint.max_concurrency - busy.get(endpoint.pk, 0))
        woken += calls_due(now).filter(endpoint=endpoint).values_list("pk", flat=True)[:free]
    return woken


@dataclass(frozen=True)
class QueueHealth:
    """How the queue is. `waiting` counts calls that are due, `later` those between two tries."""

    waiting: int
    later: int
    running: int
    lost: int
    oldest: datetime | None
    broker_answers: bool
    worker_answers: bool
    silent: list[str]

    @property
    def pending(self) -> int:
        return self.waiting + self.later + self.running + self.lost

    @property
    def well(self) -> bool:
        return self.broker_answers and self.worker_answers and not self.silent


def queue_health() -> QueueHealth:
    """Counts from the database; the broker and the workers are asked only when something waits for them."""
    counts = {state: tuple(rest) for state, *rest in _unfinished(None)}
    waiting, queued, oldest = counts.get(CallState.QUEUED, (0, 0, None))
    lost, running, _ = counts.get(CallState.RUNNING, (0, 0, None))
    broker, worker = _asked_lately() if waiting or lost else (True, True)
    return QueueHealth(
        waiting=waiting,
        later=queued - waiting,
        running=running - lost,
        lost=lost,
        oldest=oldest,
        broker_answers=broker,
        worker_answers=worker,
        silent=_silent_endpoints(None),
    )


@written_once
def _unfinished(_actor: Actor | None) -> QuerySet[Any, Any]:
    """Of each state: calls whose time has come or whose worker's time is up, all of them, since when the oldest."""
    now = clock.now()
    over = Q(state=CallState.QUEUED, not_before__lte=now) | Q(state=CallState.RUNNING, lease_until__lte=now)
    rows = Call.objects.filter(state__in=UNFINISHED).order_by().values("state")
    told = rows.annotate(over=Count("pk", filter=over), number=Count("pk"), oldest=Min("queued_at"))
    return told.values_list("state", "over", "number", "oldest")


def _asked_lately() -> tuple[bool, bool]:
    """Whether broker and worker answer. That both did is believed for some seconds: pages ask every three."""
    if cache.get(ANSWERED):
        return True, True
    broker = broker_answers()
    worker = broker and worker_answers()
    if worker:
        cache.set(ANSWERED, True, BELIEVED)
    return broker, worker


@written_once
def _silent_endpoints(_actor: Actor | None) -> QuerySet[Any, str]:
    """Names of endpoints with unfinished calls whose last attempt got no answer."""
    last = Attempt.objects.filter(endpoint=OuterRef("pk")).order_by("-ended_at").values("outcome")[:1]
    pending = Call.objects.filter(state__in=UNFINISHED).values("endpoint")
    silent = Endpoint.objects.annotate(last=Subquery(last)).filter(last=AttemptOutcome.UNANSWERED)
    return silent.filter(pk__in=pending).order_by("name").values_list("name", flat=True)


def broker_answers() -> bool:
    """Whether the broker can be reached within two seconds."""
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # noqa: BLE001  each transport has exceptions of its own, and all mean the same here
        return False
    return True


def worker_answers() -> bool:
    """Whether any worker answers within a second; a busy one does."""
    try:
        return bool(current_app.control.ping(timeout=1.0, limit=1))
    except Exception:  # noqa: BLE001  as above
        return False
