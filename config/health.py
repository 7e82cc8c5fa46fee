"""Is this installation alive, and is it ready for work?"""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.policies import may_see_people
from accounts.queries import auditors_without_end, organisation
from audit.hardening import connected
from board.policies import may_propose_founding
from config.context import exists
from core import clock
from core.door import DeskRequest, desk_page
from core.policies import require
from modelcalls.models import Endpoint
from modelcalls.policies import may_see_endpoints
from modelcalls.queries import broker_answers, worker_answers

# Seconds between the web server's clock and the database's that are still nothing to do about.
SKEW = 2.0


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The web server answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker and a worker, each "ok" or "does not answer"; 503 unless all are ok."""
    found = answers_now()
    words = {name: "ok" if answers else "does not answer" for name, answers in found.items()}
    return JsonResponse(words, status=200 if all(found.values()) else 503)


def answers_now() -> dict[str, bool]:
    """Whether database, broker and a worker answer; a worker is asked only through a broker that does."""
    broker = broker_answers()
    return {"database": _database_answers(), "broker": broker, "worker": broker and worker_answers()}


@dataclass(frozen=True)
class Line:
    """One thing that must be sound: whether it is, what was found, and what to do where it is not."""

    name: str
    sound: bool
    found: str
    do: str = ""


def lines() -> list[Line]:
    """What an installation stands on, what is not sound first."""
    # First, since a page is of one instant and asking the worker takes a second.
    shift = abs(clock.now().timestamp() - time.time())
    answers = answers_now()
    unapplied = len(_unapplied())
    endpoints = list(Endpoint.objects.filter(active=True).values_list("name", flat=True))
    console = settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
    found = [
        Line("Database", answers["database"], "PostgreSQL answers", "Start PostgreSQL; see DATABASE_URL."),
        _database_role(),
        Line(
            "Migrations",
            not unapplied,
            "All applied" if not unapplied else f"{unapplied} not applied",
            "Run manage.py migrate.",
        ),
        Line(
            "Broker",
            answers["broker"],
            "Answers" if answers["broker"] else "Does not answer",
            "Start it; see CELERY_BROKER_URL. Nothing is lost meanwhile: what is to be done stands in the database.",
        ),
        Line(
            "Worker",
            answers["worker"],
            "Answers" if answers["worker"] else "None answers",
            "Start one: celery -A config worker. Calls and mails wait until then.",
        ),
        Line(
            "Clock",
            shift < SKEW,
            f"Web server and database are {shift:.1f} s apart",
            "Set the clocks of both by NTP: the database’s decides when a vote closes.",
        ),
        Line(
            "Model endpoints",
            bool(endpoints),
            ", ".join(endpoints) or "None is registered",
            "Register one, so that a model can be heard.",
        ),
        Line(
            "Mail",
            not console,
            "Written to the console only" if console else f"Handed to {settings.EMAIL_BACKEND}",
            "Set EMAIL_URL. Until then invitations are handed over by whoever makes them.",
        ),
        _auditors(),
    ]
    return sorted(found, key=lambda line: line.sound)


def _auditors() -> Line:
    """Who audits does so for a term; a role without an end is older than that rule."""
    names = ", ".join(grant.person.name for grant in auditors_without_end())
    return Line(
        "Auditors’ terms",
        not names,
        f"No last day: {names}" if names else "Every auditor’s role has a last day",
        "Grant the role anew with a last day, on the page of the person: that ends the older grant.",
    )


def _database_role() -> Line:
    """Outside local mode the product must not own the tables it writes."""
    us = connected()
    if settings.LOCAL_MODE:
        return Line("Database role", True, "Local mode: one role, which owns the tables")
    return Line(
        "Database role",
        not us.unsafe,
        f"{us.role}, which can{'' if us.unsafe else 'not'} change what is recorded",
        "Run manage.py audit harden, and let DATABASE_URL name the application’s role.",
    )


@desk_page
@require_safe
def health(request: DeskRequest) -> HttpResponse:
    """The same for people: what is not sound stands first, with what to do."""
    require(may_see_people(request.actor))
    found = lines()
    context = {"lines": found, "faulty": [line for line in found if not line.sound], "place": "settings"}
    return render(request, "config/health.html", context)


@desk_page
@require_safe
def hub(request: DeskRequest) -> HttpResponse:
    """Settings: what stands behind the gear."""
    require(may_see_people(request.actor))
    context = {
        "organisation": organisation(),
        "mail": exists("/desk/mail/"),
        "endpoints": may_see_endpoints(request.actor),
        "may_found": may_propose_founding(request.actor),
    }
    return render(
        request,
        "config/settings.html",
        {**context, "webhooks": exists("/desk/webhooks/"), "place": "settings"},
    )


def _unapplied() -> list[Any]:
    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return False
    return True
