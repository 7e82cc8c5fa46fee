"""Every request has an id, which its events bear and the response repeats; a page that is refused is an event."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.commands import record_refusal
from audit.events import Verb
from audit.origins import Kind, coming_from
from core.errors import NotAllowed


class RequestOrigin:
    """Middleware: what is recorded during a request comes from the web, under the request's own id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        with coming_from(Kind.WEB, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class RefusedPages:
    """Middleware, after RefusalsBecomePages: somebody signed in opened what their roles do not allow.

    A refused command has recorded itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        actor = getattr(request, "actor", None)
        if actor is not None and isinstance(exception, NotAllowed) and not exception.recorded:
            record_refusal(Verb.PAGE_OPENED, actor, None, exception, {"page": request.path[:500]})
