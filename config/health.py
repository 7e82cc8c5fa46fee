"""Is this installation alive, and is it ready for work?"""

from celery import current_app
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def alive(request: HttpRequest) -> HttpResponse:
    """The web server answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker and a worker, each "ok" or what is wrong; 503 unless all are ok."""
    found = {"database": _database(), "broker": _broker()}
    found["worker"] = _worker() if found["broker"] == "ok" else "not asked: the broker does not answer"
    well = all(word == "ok" for word in found.values())
    return JsonResponse(found, status=200 if well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return "does not answer"
    return "ok"


def _broker() -> str:
    try:
        with current_app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception:  # noqa: BLE001  each transport has exceptions of its own, and all mean the same here
        return "does not answer"
    return "ok"


def _worker() -> str:
    answers = current_app.control.inspect(timeout=1.0).ping()
    return "ok" if answers else "no worker answers"
