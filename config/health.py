"""Is this installation alive, and is it ready for work?"""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from modelcalls.queries import broker_answers, worker_answers


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The web server answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker and a worker, each "ok" or "does not answer"; 503 unless all are ok."""
    database, broker = _database_answers(), broker_answers()
    found = {"database": database, "broker": broker, "worker": broker and worker_answers()}
    words = {name: "ok" if answers else "does not answer" for name, answers in found.items()}
    return JsonResponse(words, status=200 if all(found.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return False
    return True
